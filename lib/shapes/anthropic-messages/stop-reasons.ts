import { normalizeFinishReason } from '../../records/finish-reason'

/** Anthropic's `stop_reason` as a chat finish reason. A paused turn is a stop: the caller may send it on. */
export function finishReasonFromStopReason(reason: string | null, hasToolCalls: boolean): string {
  const normalised = normalizeFinishReason(reason)
  if (normalised === 'length' || normalised === 'content_filter' || normalised === 'tool_calls') {
    return normalised
  }
  return reason === null && hasToolCalls ? 'tool_calls' : 'stop'
}

/**
 * A chat finish reason as Anthropic's `stop_reason`. Providers that end tool calls with "stop" are put right, since
 * Anthropic clients run tools by the stop reason alone.
 */
export function stopReasonFromFinishReason(reason: string | null, hasToolCalls: boolean): string {
  const normalised = normalizeFinishReason(reason)
  if (normalised === 'length') return 'max_tokens'
  if (normalised === 'content_filter') return 'refusal'
  return hasToolCalls || normalised === 'tool_calls' ? 'tool_use' : 'end_turn'
}
