import { createSseParser, type SseEvent } from '../platform/sse/parse-sse'
import type { StreamEvent } from '../shapes/hub'
import type { Observer } from '../shapes/observe'
import type { AnswerRestorer } from '../shapes/rules/restore-answer'
import type { StreamPiece, StreamReader } from '../shapes/shape'
import { createPiece } from '../shapes/stream-piece'
import { describeCallError, type UpstreamResponse } from './call-upstream.server'
import { failureOfFacts } from './classify-answer'
import type { AttemptFailure } from './exchange'
import { GATEWAY_LIMITS } from './limits'
import type { RunningAttempt } from './running-attempt.server'

/** What one piece of the network brought of a stream, and how the stream stands after it. */
export type StreamStep = {
  /** As it came, for clients of the same shape. */
  pieces: StreamPiece[]
  /** What it says. */
  events: StreamEvent[]
  hasToken: boolean
  /** A token that is no part of a tool call. */
  hasText: boolean
  state: 'open' | 'complete' | 'broken'
  /** Why it is broken. */
  failure: AttemptFailure | null
}

/** Reads a stream in steps; not to be called after `complete` or `broken`. Never rejects. */
export type ReadStep = () => Promise<StreamStep>

/**
 * Reads a provider's stream in steps: each takes what one piece of the network brought, and shows it to the observer.
 * The stream is over when its shape says so, whatever the socket does; once a finish reason was there, whatever ends
 * the socket ends the stream well. Anything else that goes wrong is a `broken` state, never a rejection.
 */
export function createStreamSteps({
  response,
  reader,
  observer,
  running,
  restorer,
}: {
  response: UpstreamResponse
  /** Gives pieces what the client wrote otherwise; null = nothing. */
  restorer: AnswerRestorer | null
  reader: StreamReader
  observer: Observer
  running: RunningAttempt
}): ReadStep {
  const parser = createSseParser()
  const bytes: AsyncIterator<Buffer> = response.body[Symbol.asyncIterator]()
  let isFinished = false
  let size = 0

  function take(step: StreamStep, events: readonly StreamEvent[]): void {
    for (const event of events) {
      const { isToken, isToolCall } = observer.push(event)
      if (isToken) running.noteToken()
      step.hasToken ||= isToken
      step.hasText ||= isToken && !isToolCall
      if (event.type === 'finish') isFinished = true
      if (event.type === 'done') step.state = 'complete'
      step.events.push(event)
    }
  }

  function read(events: readonly SseEvent[]): StreamStep {
    const step = emptyStep()
    for (const { event, data: sent } of events) {
      const data = response.mask(sent)
      const received = createPiece({ event, data })
      const piece = restorer === null ? received : restorer.piece(received)
      const said = reader.push(piece)
      if (said.length === 0 && piece.value === undefined) return broken(step, NOT_JSON)
      step.pieces.push(piece)
      take(step, said)
      if (step.state === 'complete') break
    }
    return judged(step)
  }

  function judged(step: StreamStep): StreamStep {
    const failure = observer.hasProblem() ? failureOfFacts(observer.facts()) : null
    if (failure) return broken(step, failure)
    if (step.state === 'complete' && !isFinished) return broken(step, ENDED_EARLY)
    return step
  }

  function readEnd(): StreamStep {
    const step = read(parser.end())
    if (step.state !== 'open') return step
    take(step, reader.end())
    const rest = judged(step)
    if (rest.state !== 'open') return rest
    return isFinished ? { ...rest, state: 'complete' } : broken(rest, ENDED_EARLY)
  }

  return async () => {
    try {
      const { value, done } = await bytes.next()
      if (done) return readEnd()
      size += value.byteLength
      const step =
        size > GATEWAY_LIMITS.maxAnswerBytes ? broken(emptyStep(), ENDLESS) : read(parser.push(value))
      if (step.state !== 'open') leave(bytes)
      else if (isFinished) running.limit(GATEWAY_LIMITS.afterFinishMs, 'nothing came after the finish reason')
      return step
    } catch (error) {
      if (isFinished && running.endedBy?.endedBy !== 'client') return readEnd()
      const failure = describeCallError(error, { endedBy: running.endedBy, isAnswering: true })
      return broken(emptyStep(), failure)
    }
  }
}

/** The socket is not waited for: nothing that it may still bring counts. */
function leave(bytes: AsyncIterator<Buffer>): void {
  bytes.return?.().catch(() => undefined)
}

function emptyStep(): StreamStep {
  return { pieces: [], events: [], hasToken: false, hasText: false, state: 'open', failure: null }
}

const NOT_JSON: AttemptFailure = { errorClass: 'bad_response', message: 'sent an event that is no JSON' }
const ENDLESS: AttemptFailure = {
  errorClass: 'bad_response',
  message: `sent more than ${GATEWAY_LIMITS.maxAnswerBytes} bytes`,
}
const ENDED_EARLY: AttemptFailure = {
  errorClass: 'mid_stream',
  message: 'ended its stream without finishing the answer',
}

function broken(step: StreamStep, failure: AttemptFailure): StreamStep {
  return { ...step, state: 'broken', failure }
}
