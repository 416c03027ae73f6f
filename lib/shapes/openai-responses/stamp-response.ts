import { isObject, type JsonObject } from '../../platform/json-value'
import type { AnswerEnd, AnswerIdentity } from '../shape'
import { identityFields } from './response-frame'

/**
 * A provider's response under our id, model and provider, with what it cost and the gateway's metadata; the rest stays
 * as the provider said it.
 */
export function stampResponse(response: JsonObject, identity: AnswerIdentity, end: AnswerEnd): JsonObject {
  const { usage } = response
  return {
    ...response,
    ...identityFields(identity),
    ...(isObject(usage) && end.costUsd !== null ? { usage: { ...usage, cost: end.costUsd } } : {}),
    ...(end.metadata === null ? {} : { openrouter_metadata: end.metadata }),
  }
}
