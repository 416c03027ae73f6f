import { isObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'
import { errorClassFromStatus } from '../records/error-class'
import type { AnswerFacts } from '../shapes/answer-facts'
import { readRetryAfterMs } from './retry-after'
import type { TryFailure } from './upstream-try'

const MAX_MESSAGE_LENGTH = 500
/** Refusals of what was asked, whatever status they come with. */
const CONTENT_POLICY = /content[_ ]?(policy|filter|management)|safety system|moderation/i

/** An answer other than 2xx: its class, what the provider says in its body, and how long it wants to be left alone. */
export function failureOfStatus({
  status,
  text,
  retryAfter,
  nowMs,
}: {
  status: number
  /** The beginning of the body. */
  text: string
  retryAfter: string | null
  nowMs: number
}): TryFailure {
  const said = messageIn(text)
  const byStatus = errorClassFromStatus(status) ?? 'bad_response'
  const isPolicy = (status === 400 || status === 403) && said !== null && CONTENT_POLICY.test(said)
  return {
    errorClass: isPolicy ? 'content_policy' : byStatus,
    message: said === null ? `answered ${status}` : `answered ${status}: ${said}`,
    retryAfterMs: readRetryAfterMs(retryAfter, nowMs),
  }
}

/** What is wrong with an answer that came with a 200; null when nothing is. */
export function failureOfFacts({ problem, problemStatus }: AnswerFacts): TryFailure | null {
  if (problem === null) return null
  const byStatus = problemStatus === null ? null : errorClassFromStatus(problemStatus)
  // The provider said 200 and meant an error: that is its bad answer, except where it names the client's mistake.
  const errorClass = byStatus === 'invalid_request' || byStatus === 'rate_limited' ? byStatus : 'bad_response'
  return { errorClass, message: problem }
}

/** An answer that is no JSON, in words: empty, a web page, or broken off. */
export function failureOfText(text: string, contentType: string | null): TryFailure {
  const kind = contentType?.split(';', 1)[0]?.trim() || 'no content type'
  const what =
    text.trim() === ''
      ? 'an empty body'
      : /^\s*<(!doctype|html)/i.test(text)
        ? 'a web page'
        : `what is no JSON (${kind}, ${text.length} characters)`
  return { errorClass: 'bad_response', message: `answered 200 with ${what}` }
}

/** The provider's own words in an error body of any known shape, cut to 500 characters; null when it has none. */
function messageIn(text: string): string | null {
  const body = parseJson(text)
  if (body === undefined) {
    const plain = text.trim()
    return plain === '' || plain.startsWith('<') ? null : shortened(plain)
  }
  if (!isObject(body)) return null
  const error = isObject(body.error) ? body.error : body
  const candidates = [body.error, error.message, error.detail, body.message]
  const said = candidates.find((candidate) => typeof candidate === 'string' && candidate.trim() !== '')
  return typeof said === 'string' ? shortened(said.trim()) : null
}

function shortened(text: string): string {
  return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text
}
