import type { ServerResponse } from 'node:http'
import type { Pace } from './pace-stream.server'
import { paceStream } from './pace-stream.server'
import type { RequestFault } from './schema'
import { send, sendError } from './send-answer.server'
import type { AnswerFrame, UpstreamError, WireShape } from './wire-shape'
import { writeEndlessly } from './write-endlessly.server'

export type FaultScene = {
  response: ServerResponse
  wire: WireShape
  frame: AnswerFrame
  isStream: boolean
  pace: Pace
  retryAfterSeconds: number
  /** Of this request, for choosing among statuses. */
  count: number
  /** Called before we break the connection, so that it does not count as the client's doing. */
  onCut: () => void
}

const SERVER_STATUSES = [503, 500, 502] as const
const PROSE = 'The model is being loaded, come back soon.\n'
const HTML = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>edge</center></body></html>
`

/** Lets a request fail in the given way. Delays are the provider's usual ones; `slow_tokens` is pacing, not here. */
export function showFault(
  fault: Exclude<RequestFault, 'slow_tokens'> | 'refuse_tools',
  scene: FaultScene,
): void {
  const { response, pace } = scene
  switch (fault) {
    case 'hang':
      break
    case 'reset':
      scene.onCut()
      response.socket?.resetAndDestroy()
      break
    case 'cut_stream':
      cutAnswer(scene)
      break
    case 'endless_stream':
      writeEndlessly(scene)
      break
    case 'half_json':
      after(scene, pace.waitMs, () => writeHalf(scene))
      break
    case 'auth':
    case 'not_found':
    case 'rate_limited':
    case 'upstream_5xx':
    case 'refuse_tools':
      after(scene, pace.waitMs / 3, () => refuse(fault, scene))
      break
    case 'html_error':
      after(scene, pace.waitMs / 3, () => send(response, 502, 'text/html; charset=utf-8', HTML))
      break
    case 'empty_body':
      after(scene, pace.waitMs, () => send(response, 200, okType(scene), ''))
      break
    case 'wrong_content_type':
      after(scene, pace.waitMs, () => send(response, 200, 'text/plain; charset=utf-8', PROSE))
      break
    case 'error_in_200':
      after(scene, pace.waitMs, () => writeErrorIn200(scene))
      break
    default:
      fault satisfies never
  }
}

function refuse(
  kind: 'auth' | 'not_found' | 'rate_limited' | 'upstream_5xx' | 'refuse_tools',
  { response, wire, retryAfterSeconds, count }: FaultScene,
): void {
  sendError({
    response,
    wire,
    error: { kind },
    status: kind === 'upstream_5xx' ? SERVER_STATUSES[count % SERVER_STATUSES.length] : undefined,
    headers: kind === 'rate_limited' ? { 'retry-after': String(retryAfterSeconds) } : {},
  })
}

/** Half an answer, then the connection breaks: the stream in its middle, or JSON shorter than its announced length. */
function cutAnswer(scene: FaultScene): void {
  const { response, wire, frame, isStream, pace, onCut } = scene
  const cut = () => {
    onCut()
    response.destroy()
  }
  if (isStream) {
    const pieces = wire.stream(frame)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    paceStream({
      response,
      pieces: pieces.slice(0, Math.ceil(pieces.length / 2)),
      pace,
      // What was written must leave before the connection breaks.
      onEnd: () => response.write(': \n\n', () => setImmediate(cut)),
    })
    return
  }
  after(scene, pace.waitMs, () => {
    const text = JSON.stringify(wire.body(frame))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.write(text.slice(0, Math.floor(text.length / 2)), () => setImmediate(cut))
  })
}

function writeHalf({ response, wire, frame, isStream }: FaultScene): void {
  const text = isStream
    ? wire
        .stream(frame)
        .map((piece) => piece.text)
        .join('')
    : JSON.stringify(wire.body(frame))
  // Inside the last third of the JSON or of an event's data, where a cut is never a clean end.
  const end = text.lastIndexOf('"', Math.floor(text.length * 0.6))
  send(response, 200, isStream ? 'text/event-stream' : 'application/json', text.slice(0, end))
}

function writeErrorIn200({ response, wire, isStream }: FaultScene): void {
  const error: UpstreamError = { kind: 'upstream_5xx' }
  if (isStream) send(response, 200, 'text/event-stream', wire.errorEvent(error))
  else send(response, 200, 'application/json', JSON.stringify(wire.error(error)))
}

function okType({ isStream }: FaultScene): string {
  return isStream ? 'text/event-stream' : 'application/json'
}

function after({ response }: FaultScene, waitMs: number, act: () => void): void {
  if (waitMs <= 0) act()
  else setTimeout(() => response.destroyed || act(), waitMs)
}
