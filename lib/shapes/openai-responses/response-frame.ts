import type { JsonObject } from '../../platform/json-value'
import type { WriterOptions } from '../shape'
import type { ResponseStatus } from './answer-status'

/** What a response says of itself beside its status and output; null = nothing. */
export type ResponseEnd = {
  usage: JsonObject | null
  serviceTier: string | null
  error: { code: string; message: string } | null
}

/** Fields of the request that a response repeats, and what they are where the request did not say. */
const ECHOED: Readonly<Record<string, unknown>> = {
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  metadata: {},
  parallel_tool_calls: true,
  prompt_cache_key: null,
  reasoning: { effort: null, summary: null },
  safety_identifier: null,
  temperature: null,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_logprobs: null,
  top_p: null,
  truncation: 'disabled',
  user: null,
  frequency_penalty: null,
  presence_penalty: null,
}

/** The part of a response that stays the same from its first event to its last. */
export function frameOf({ identity, request }: Pick<WriterOptions, 'identity' | 'request'>): JsonObject {
  const { id, model, providerName, createdSeconds } = identity
  const frame: JsonObject = {
    id,
    object: 'response',
    created_at: createdSeconds,
    completed_at: null,
    model,
    provider: providerName,
    background: false,
    previous_response_id: null,
    // Accepted and not kept, whatever the request said.
    store: false,
  }
  for (const [name, otherwise] of Object.entries(ECHOED)) frame[name] = request[name] ?? otherwise
  return frame
}

/** The whole `response` object; before its end the status is `in_progress` and there is nothing in it. */
export function responseOf(
  frame: JsonObject,
  state: { status: ResponseStatus | null; output: readonly JsonObject[]; end: ResponseEnd },
): JsonObject {
  const { status, output, end } = state
  return {
    ...frame,
    status: status?.status ?? 'in_progress',
    error: end.error,
    incomplete_details: status?.incompleteReason ? { reason: status.incompleteReason } : null,
    output,
    service_tier: end.serviceTier,
    usage: end.usage,
  }
}
