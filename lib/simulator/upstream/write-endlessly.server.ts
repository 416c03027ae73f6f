import type { ServerResponse } from 'node:http'
import type { Pace } from './pace-stream.server'
import type { AnswerFrame, StreamPiece, WireShape } from './wire-shape'

const ENDLESS_TICK_MS = 25

/** Content that never ends, about 40 pieces a second, until the client goes away. */
export function writeEndlessly({
  response,
  wire,
  frame,
  isStream,
  pace,
}: {
  response: ServerResponse
  wire: WireShape
  frame: AnswerFrame
  isStream: boolean
  pace: Pace
}): void {
  const { head, loop } = isStream ? endlessEvents(wire, frame) : endlessJson(wire, frame)
  let at = 0
  const begin = () => {
    if (response.destroyed) return
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
    response.write(head)
    const timer = setInterval(() => {
      if (response.destroyed) clearInterval(timer)
      else if (!response.writableNeedDrain) response.write(loop[at++ % loop.length] ?? '')
    }, ENDLESS_TICK_MS)
    response.on('close', () => clearInterval(timer))
  }
  if (pace.waitMs > 0) setTimeout(begin, pace.waitMs)
  else begin()
}

function endlessEvents(wire: WireShape, frame: AnswerFrame): { head: string; loop: string[] } {
  const talkative: AnswerFrame = {
    ...frame,
    answer: { ...frame.answer, toolCalls: [], reasoning: null, text: 'and so on, and on, '.repeat(4) },
  }
  const pieces = wire.stream(talkative)
  const isContent = (piece: StreamPiece) => piece.tokens > 0
  const first = pieces.findIndex(isContent)
  return {
    head: pieces
      .slice(0, first)
      .map((piece) => piece.text)
      .join(''),
    loop: pieces.filter(isContent).map((piece) => piece.text),
  }
}

function endlessJson(wire: WireShape, frame: AnswerFrame): { head: string; loop: string[] } {
  const marker = 'and so on'
  const answer = { ...frame.answer, toolCalls: [], reasoning: null, text: marker }
  const text = JSON.stringify(wire.body({ ...frame, answer }))
  return { head: text.slice(0, text.indexOf(marker)), loop: [`${marker}, `.repeat(20)] }
}
