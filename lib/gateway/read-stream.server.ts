import { parseJson } from '../platform/parse-json'
import { createSseParser, type SseEvent } from '../platform/sse/parse-sse'
import type { AnswerObserver } from '../shapes/answer-facts'
import { describeCallError, type Ending, type UpstreamResponse } from './call-upstream.server'
import { failureOfFacts } from './classify-answer'
import { GATEWAY_LIMITS } from './limits'
import type { StreamPieces, TryFailure } from './upstream-try'

/** OpenAI's last event, which is no JSON. */
const DONE = '[DONE]'

/**
 * Reads a provider's stream in steps: each takes what one piece of the network brought, parses it and shows it to the
 * observer. Whatever goes wrong is a `broken` state, never a rejection.
 */
export function createStreamReader({
  response,
  observer,
  ending,
  onToken,
}: {
  response: UpstreamResponse
  observer: AnswerObserver
  ending: Ending
  /** Called at each token, first of all for its time. */
  onToken: () => void
}): () => Promise<StreamPieces> {
  const parser = createSseParser()
  const bytes: AsyncIterator<Buffer> = response.body[Symbol.asyncIterator]()
  let isComplete = false
  let size = 0

  function read(events: readonly SseEvent[]): StreamPieces {
    const pieces: StreamPieces = { parsed: [], hasToken: false, hasText: false, state: 'open', failure: null }
    for (const { data } of events) {
      if (data === DONE) {
        isComplete = true
        break
      }
      const parsed = parseJson(data)
      if (parsed === undefined) return broken(pieces, NOT_JSON)
      const { isToken, hasToolCallDelta, isFinal } = observer.push(parsed)
      if (isToken) onToken()
      pieces.parsed.push(parsed)
      pieces.hasToken ||= isToken
      pieces.hasText ||= isToken && !hasToolCallDelta
      isComplete ||= isFinal
    }
    const failure = failureOfFacts(observer.facts())
    return failure ? broken(pieces, failure) : pieces
  }

  return async () => {
    try {
      const { value, done } = await bytes.next()
      if (!done) {
        size += value.byteLength
        return size > GATEWAY_LIMITS.maxAnswerBytes ? broken(NOTHING, ENDLESS) : read(parser.push(value))
      }
      const rest = read(parser.end())
      if (rest.state === 'broken') return rest
      return isComplete ? { ...rest, state: 'complete' } : broken(rest, ENDED_EARLY)
    } catch (error) {
      const { errorClass, message } = describeCallError(error, { ending, isAnswering: true })
      return broken(NOTHING, { errorClass, message })
    }
  }
}

const NOTHING: StreamPieces = { parsed: [], hasToken: false, hasText: false, state: 'open', failure: null }
const NOT_JSON: TryFailure = { errorClass: 'bad_response', message: 'sent an event that is no JSON' }
const ENDLESS: TryFailure = {
  errorClass: 'bad_response',
  message: `sent more than ${GATEWAY_LIMITS.maxAnswerBytes} bytes`,
}
const ENDED_EARLY: TryFailure = {
  errorClass: 'mid_stream',
  message: 'ended its stream without finishing the answer',
}

function broken(pieces: StreamPieces, failure: TryFailure): StreamPieces {
  return { ...pieces, state: 'broken', failure }
}
