import type { EndpointCandidate } from './candidate'
import { noteEndpointCall } from './live-health.server'
import { problemOfAttempts } from './problem'
import { endOfAnswer, finishRequest, identityOf, type Progress, shapeOf, toFailedAttempt } from './serving'
import { type AnswerEnd, createStreamWriter } from './stream-writer'
import type { OpenStream, StreamPieces, TryFailure } from './upstream-try'

const CLIENT_LEFT: TryFailure = { errorClass: 'cancelled', message: 'the client went away' }
const encoder = new TextEncoder()

/**
 * The bytes for the client of a stream whose first token is there. Nothing can be tried elsewhere any more: a stream
 * that breaks ends in an error event, and a client that leaves ends the call to the provider. However it ends, that is
 * noted once.
 */
export function deliverStream({
  candidate,
  stream,
  ...progress
}: Progress & { candidate: EndpointCandidate; stream: OpenStream }): ReadableStream<Uint8Array> {
  const { serving, attempts } = progress
  const writer = createStreamWriter({
    clientShape: serving.request.shape,
    upstreamShape: shapeOf(serving, candidate),
    identity: identityOf(serving, candidate),
  })
  let isSettled = false
  const settle = (failure: TryFailure | null): AnswerEnd => {
    const errorClass = failure?.errorClass ?? null
    const attempt = { candidate, measures: stream.measures(), errorClass, facts: stream.facts() }
    if (!isSettled) {
      isSettled = true
      attempts.push(attempt)
      noteEndpointCall(candidate.endpointId, { errorClass, retryAfterMs: null, nowMs: Date.now() })
      finishRequest(progress)
    }
    return endOfAnswer({ ...progress, attempt })
  }
  const write = ({ parsed, state, failure }: StreamPieces): string => {
    const text = writer.write(parsed)
    if (state === 'open') return text
    const end = settle(failure)
    if (failure === null) return text + writer.finish(end)
    return text + writer.fail(problemOfAttempts([toFailedAttempt(candidate, 200, failure)]), end)
  }
  return byteStream({ stream, write, onCancel: () => settle(CLIENT_LEFT) })
}

function byteStream({
  stream,
  write,
  onCancel,
}: {
  stream: OpenStream
  write: (pieces: StreamPieces) => string
  onCancel: () => void
}): ReadableStream<Uint8Array> {
  let first: StreamPieces | null = stream.first
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = ''
      let state: StreamPieces['state'] = 'open'
      // A piece may hold nothing for the client, such as a comment; a pull must still bring something.
      while (text === '' && state === 'open') {
        const pieces = first ?? (await stream.next())
        first = null
        text = write(pieces)
        state = pieces.state
      }
      if (text !== '') controller.enqueue(encoder.encode(text))
      if (state !== 'open') controller.close()
    },
    cancel() {
      stream.cancel()
      onCancel()
    },
  })
}
