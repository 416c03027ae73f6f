import type { AttemptFailure } from './exchange'

/** What may be tried after a failure: another endpoint, an endpoint of another model, nothing. */
export type Following = 'endpoint' | 'model' | 'nothing'

/** Refusals by their number that say nothing of the request: a conflict, too early, no capacity (Groq's flex tier). */
const PASSING_STATUSES: ReadonlySet<number> = new Set([409, 425, 498])

/** A parameter that this endpoint does not take, in the words of providers; another endpoint may take it. */
const PARAMETER =
  /unsupported[_ ](parameter|value|argument)|extra_forbidden|extra (inputs|fields)|extraneous key|unknown (variant|parameter|name|field|argument)|unrecogni[sz]ed (request argument|field|key|parameter)|not supported (with|for|by|on) th(is|e) model|does not support|is unsupported|(is|are) not (supported|permitted|allowed)|cannot both be (specified|set)|additional properties/i

/**
 * What may be tried after a failure, by OpenRouter's published rules: an error of one model may lead to the next model
 * of `models`, context-length and moderation refusals included; between endpoints of one model a refusal of a parameter
 * leads on, a refusal of the request as such does not. Nothing follows when the client has left.
 * Source: openrouter.ai/docs, Model Fallbacks and Provider Routing.
 */
export function whatFollows(
  { errorClass, message, code, refusesParameter }: AttemptFailure,
  httpStatus: number | null,
): Following {
  switch (errorClass) {
    case 'cancelled':
      return 'nothing'
    case 'content_policy':
      return 'model'
    case 'invalid_request': {
      const isPassing = httpStatus !== null && PASSING_STATUSES.has(httpStatus)
      const isTooLong = code === 'context_length_exceeded'
      const isParameter = refusesParameter === true || PARAMETER.test(`${code ?? ''} ${message}`)
      return isPassing || (!isTooLong && isParameter) ? 'endpoint' : 'model'
    }
    default:
      return 'endpoint'
  }
}
