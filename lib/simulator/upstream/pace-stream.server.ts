import type { ServerResponse } from 'node:http'
import type { StreamPiece } from './wire-shape'

const SHORTEST_WAIT_MS = 8
const RAGGED_BYTES = 61

export type Pace = {
  /** Until the first piece. */
  waitMs: number
  /** Null = everything at once. */
  tokensPerSecond: number | null
  /** Writes in pieces that end anywhere, even within a character. */
  isRagged: boolean
}

/**
 * Writes the pieces in the time their tokens take, then calls `onEnd`. Stops without it when the client is gone.
 */
export function paceStream({
  response,
  pieces,
  pace,
  onEnd,
}: {
  response: ServerResponse
  pieces: readonly StreamPiece[]
  pace: Pace
  onEnd: () => void
}): void {
  const msPerToken = pace.tokensPerSecond === null ? 0 : 1000 / pace.tokensPerSecond
  let at = 0
  let dueMs = pace.waitMs
  const startedAtMs = performance.now()
  const writeDue = () => {
    if (response.destroyed) return
    let text = ''
    const nowMs = performance.now() - startedAtMs
    for (let piece = pieces[at]; piece && dueMs <= nowMs + 1; piece = pieces[at]) {
      text += piece.text
      at += 1
      dueMs += (pieces[at]?.tokens ?? 0) * msPerToken
    }
    if (text !== '') write(response, text, pace.isRagged)
    if (at >= pieces.length) onEnd()
    else setTimeout(writeDue, Math.max(SHORTEST_WAIT_MS, dueMs - nowMs))
  }
  if (pace.waitMs <= 0) writeDue()
  else setTimeout(writeDue, pace.waitMs)
}

function write(response: ServerResponse, text: string, isRagged: boolean): void {
  if (!isRagged) {
    response.write(text)
    return
  }
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += RAGGED_BYTES)
    response.write(bytes.subarray(at, at + RAGGED_BYTES))
}
