import { shapeNamed } from '../shapes/registry'
import type { AnswerEnd } from '../shapes/shape'
import {
  type AttemptFailure,
  type Exchange,
  endOfAnswer,
  finishExchange,
  type GatewayAttempt,
  upstreamShapeOf,
  writerOptionsOf,
} from './exchange'
import { noteEndpointCall } from './live-health.server'
import { problemOfAttempts } from './problem'
import type { StreamStep } from './read-stream.server'
import type { OpenStream } from './try-endpoint.server'
import { withHeartbeat } from './with-heartbeat.server'

const CLIENT_LEFT: AttemptFailure = { errorClass: 'cancelled', message: 'the client went away' }
const encoder = new TextEncoder()

/** Writes a stream's steps as the client's text. */
type StepWriter = {
  write: (step: StreamStep) => string
  finish: (end: AnswerEnd) => string
  fail: (attempt: GatewayAttempt, end: AnswerEnd) => string
}

/**
 * The bytes for the client of a stream whose first token is there. Nothing can be tried elsewhere any more: a stream
 * that breaks ends in an error event, and a client that leaves ends the call to the provider. However it ends, that is
 * noted once.
 */
export function deliverStream(exchange: Exchange, stream: OpenStream): ReadableStream<Uint8Array> {
  const writer = writerFor(exchange, stream)
  let isSettled = false
  const settle = (failure: AttemptFailure | null): AnswerEnd => {
    // Of a continued stream the one that it goes on at.
    const { attempt } = stream
    if (!isSettled) {
      isSettled = true
      if (!exchange.attempts.includes(attempt)) note(exchange, attempt, failure)
      finishExchange(exchange)
    }
    return endOfAnswer(exchange, attempt)
  }
  const write = (step: StreamStep): string => {
    const text = writer.write(step)
    if (step.state === 'open') return text
    const end = settle(step.failure)
    return text + (step.failure === null ? writer.finish(end) : writer.fail(stream.attempt, end))
  }
  const { heartbeat } = shapeNamed(exchange.request.shape)
  return byteStream({ stream, write, heartbeat, onCancel: () => settle(CLIENT_LEFT) })
}

function note(exchange: Exchange, attempt: GatewayAttempt, failure: AttemptFailure | null): void {
  attempt.failure = failure
  exchange.attempts.push(attempt)
  const errorClass = failure?.errorClass ?? null
  const { endpointId } = attempt.candidate
  noteEndpointCall(endpointId, { errorClass, retryAfterMs: null, nowMs: Date.now() })
}

function writerFor(exchange: Exchange, { attempt, hasPieces }: OpenStream): StepWriter {
  const shape = shapeNamed(exchange.request.shape)
  const options = writerOptionsOf(exchange, attempt.candidate)
  const fail = (made: { fail: ReturnType<typeof shape.createWriter>['fail'] }) => {
    return (broken: GatewayAttempt, end: AnswerEnd) => made.fail(problemOfAttempts([broken]), end)
  }
  if (hasPieces && upstreamShapeOf(exchange, attempt.candidate) === exchange.request.shape) {
    const relay = shape.createRelay(options)
    return { write: ({ pieces }) => relay.pass(pieces), finish: relay.finish, fail: fail(relay) }
  }
  const writer = shape.createWriter(options)
  return { write: ({ events }) => writer.write(events), finish: writer.finish, fail: fail(writer) }
}

function byteStream({
  stream,
  write,
  heartbeat,
  onCancel,
}: {
  stream: OpenStream
  write: (step: StreamStep) => string
  heartbeat: string | null
  onCancel: () => void
}): ReadableStream<Uint8Array> {
  let first: StreamStep | null = stream.first
  return withHeartbeat(heartbeat, (beating) => ({
    async pull(controller) {
      let text = ''
      let state: StreamStep['state'] = 'open'
      // A step may hold nothing for the client, such as a comment; a pull must still bring something.
      while (text === '' && state === 'open') {
        const step = first ?? (await stream.next())
        first = null
        text = write(step)
        state = step.state
      }
      beating.sent()
      if (state !== 'open') beating.stop()
      if (text !== '') controller.enqueue(encoder.encode(text))
      if (state !== 'open') controller.close()
    },
    cancel() {
      beating.stop()
      stream.cancel()
      onCancel()
    },
  }))
}
