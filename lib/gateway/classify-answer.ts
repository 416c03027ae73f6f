import { errorClassFromStatus } from '../records/error-class'
import type { AnswerFacts } from '../shapes/answer-facts'
import { codeOfWords, providerWords } from '../shapes/provider-words'
import type { AttemptFailure } from './exchange'
import { failedGenerationKind, failedGenerationText } from './failed-generation'
import { readRetryAfter } from './retry-after'

/** Refusals of what was asked, whatever status they come with. */
const CONTENT_POLICY = /content[_ ]?(policy|filter|management)|safety system|moderation/i

/** An answer other than 2xx: its class, what the provider says in its body, and how long it wants to be left alone. */
export function failureOfStatus({
  status,
  text,
  header,
  nowMs,
}: {
  status: number
  /** The beginning of the body. */
  text: string
  header: (name: string) => string | null
  nowMs: number
}): AttemptFailure {
  const { message: said, code } = providerWords(text)
  const byStatus = errorClassFromStatus(status) ?? 'bad_response'
  // A refusal of what the provider's own model made is no fault of the client's.
  const madeBadly = byStatus === 'invalid_request' ? failedGenerationKind(code, said) : null
  const isPolicy = (status === 400 || status === 403) && said !== null && CONTENT_POLICY.test(said)
  return {
    errorClass: madeBadly ? 'bad_response' : isPolicy ? 'content_policy' : byStatus,
    message: said === null ? `answered ${status}` : `answered ${status}: ${said}`,
    code,
    retryAfterMs: readRetryAfter(header, nowMs),
    failedGeneration: madeBadly && { of: madeBadly, text: failedGenerationText(text) },
  }
}

/** What is wrong with an answer that came with a 200; null when nothing is. */
export function failureOfFacts({ problem, problemStatus, problemCode }: AnswerFacts): AttemptFailure | null {
  if (problem === null) return null
  const madeBadly = failedGenerationKind(problemCode, problem)
  const byStatus = problemStatus === null || madeBadly ? null : errorClassFromStatus(problemStatus)
  // The provider said 200 and meant an error: that is its bad answer, except where it names the client's mistake.
  const errorClass = byStatus === 'invalid_request' || byStatus === 'rate_limited' ? byStatus : 'bad_response'
  return {
    errorClass,
    message: problem,
    code: problemCode ?? codeOfWords(problem),
    ...(madeBadly ? { failedGeneration: { of: madeBadly, text: null } } : {}),
  }
}

/**
 * A 200 that says nothing at all: no content, no calls, no tokens. Overloaded providers answer so; an answer that was
 * filtered away is none of these. Null = it says something.
 */
export function failureOfEmptiness({ hasOutput, usage, finishReason }: AnswerFacts): AttemptFailure | null {
  const isEmpty = !hasOutput && (usage?.completionTokens ?? 0) === 0 && finishReason !== 'content_filter'
  return isEmpty ? { errorClass: 'bad_response', message: 'answered 200 with nothing in it' } : null
}

/** An answer that is no JSON, in words: empty, a web page, or broken off. */
export function failureOfText(text: string, contentType: string | null): AttemptFailure {
  const kind = contentType?.split(';', 1)[0]?.trim() || 'no content type'
  const what =
    text.trim() === ''
      ? 'an empty body'
      : /^\s*<(!doctype|html)/i.test(text)
        ? 'a web page'
        : `what is no JSON (${kind}, ${text.length} characters)`
  return { errorClass: 'bad_response', message: `answered 200 with ${what}` }
}
