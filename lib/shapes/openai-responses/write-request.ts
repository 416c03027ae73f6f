import { type JsonObject, withoutUndefined } from '../../platform/json-value'
import type { Request } from '../hub'
import { writeReasoning, writeText } from './map-settings'
import { writeToolChoice, writeTools } from './map-tools'
import { inputFromMessages } from './write-items'

/**
 * A request for a provider of this shape. Nothing is stored there, so the reasoning comes back encrypted. What the
 * shape has no field for (`stop`, `seed`, penalties, `top_k`, `logit_bias`, `n`) is left out.
 */
export function writeResponsesRequest(request: Request, upstreamModel: string): JsonObject {
  const { instructions, input } = inputFromMessages(request.messages)
  const tools = writeTools(request.tools)
  const reasoning = writeReasoning(request.reasoning)
  const include = [
    ...(reasoning === undefined ? [] : ['reasoning.encrypted_content']),
    ...(request.logprobs === true ? ['message.output_text.logprobs'] : []),
  ]
  return withoutUndefined({
    model: upstreamModel,
    instructions,
    input,
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: tools.length === 0 ? undefined : writeToolChoice(request.toolChoice, request.tools),
    parallel_tool_calls: tools.length === 0 ? undefined : (request.parallelToolCalls ?? undefined),
    max_output_tokens: request.maxTokens ?? undefined,
    temperature: request.temperature ?? undefined,
    top_p: request.topP ?? undefined,
    top_logprobs: request.topLogprobs ?? undefined,
    reasoning,
    text: writeText(request),
    include: include.length === 0 ? undefined : include,
    user: request.user ?? undefined,
    metadata: request.metadata ?? undefined,
    prompt_cache_key: request.promptCacheKey ?? undefined,
    service_tier: request.serviceTier ?? undefined,
    store: false,
    stream: request.isStream ? true : undefined,
  })
}
