import { type JsonObject, numberOf, objectsOf, textOf } from '../../platform/json-value'
import { readOfferedTools } from '../../records/check-tool-calls'
import type { RequestFacts } from '../shape'
import { readResponseFormat } from './read-request'

/** Fields by which an endpoint may be left out, each by its name in OpenRouter's `supported_parameters`. */
const PARAMETER_OF_FIELD: Readonly<Record<string, string>> = {
  tools: 'tools',
  functions: 'tools',
  tool_choice: 'tool_choice',
  parallel_tool_calls: 'parallel_tool_calls',
  reasoning: 'reasoning',
  reasoning_effort: 'reasoning',
  response_format: 'response_format',
  temperature: 'temperature',
  top_p: 'top_p',
  top_k: 'top_k',
  min_p: 'min_p',
  top_a: 'top_a',
  frequency_penalty: 'frequency_penalty',
  presence_penalty: 'presence_penalty',
  repetition_penalty: 'repetition_penalty',
  max_tokens: 'max_tokens',
  max_completion_tokens: 'max_completion_tokens',
  seed: 'seed',
  stop: 'stop',
  verbosity: 'verbosity',
}

/** What the gateway decides by, read from a chat request. */
export function inspectRequest(body: JsonObject): RequestFacts {
  const names = Object.keys(body).flatMap((field) => PARAMETER_OF_FIELD[field] ?? [])
  return {
    isStream: body.stream === true,
    offeredTools: readOfferedTools(offered(body)),
    parameters: [...new Set(names)],
    maxTokens: numberOf(body.max_completion_tokens) ?? numberOf(body.max_tokens),
    endUser: textOf(body.user) || null,
    promptCacheKey: textOf(body.prompt_cache_key) || null,
    responseFormat: readResponseFormat(body.response_format),
    hasToolResults: objectsOf(body.messages).some(({ role }) => role === 'tool' || role === 'function'),
    system: undefined,
    messages: body.messages,
  }
}

function offered(body: JsonObject): unknown {
  const tools = body.tools ?? []
  return Array.isArray(tools) && Array.isArray(body.functions) ? [...tools, ...body.functions] : tools
}
