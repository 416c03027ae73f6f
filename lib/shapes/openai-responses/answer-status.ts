import { type JsonObject, objectOf, textOf } from '../../platform/json-value'
import { normalizeFinishReason } from '../../records/finish-reason'

/** How a response ended, in its own words. */
export type ResponseStatus = {
  status: 'completed' | 'incomplete' | 'failed'
  incompleteReason: 'max_output_tokens' | 'content_filter' | null
}

/** A finish reason as a response tells it: running into a limit or a filter is incomplete, everything else complete. */
export function statusOfFinish(finishReason: string | null): ResponseStatus {
  if (finishReason === 'length') return { status: 'incomplete', incompleteReason: 'max_output_tokens' }
  if (finishReason === 'content_filter') return { status: 'incomplete', incompleteReason: 'content_filter' }
  return { status: finishReason === 'error' ? 'failed' : 'completed', incompleteReason: null }
}

/**
 * How a provider's response ended. A complete one with calls for the client to run ended by them; an incomplete one by
 * its reason, in our words where there is one.
 */
export function finishOfResponse(
  response: JsonObject,
  hasToolCalls: boolean,
): { finishReason: string | null; nativeFinishReason: string | null } {
  const status = textOf(response.status)
  const reason = textOf(objectOf(response.incomplete_details).reason)
  const nativeFinishReason = reason ?? status
  if (status === 'incomplete') {
    return { finishReason: normalizeFinishReason(reason ?? 'length'), nativeFinishReason }
  }
  if (status === 'failed' || status === 'cancelled') return { finishReason: 'error', nativeFinishReason }
  return { finishReason: hasToolCalls ? 'tool_calls' : 'stop', nativeFinishReason }
}
