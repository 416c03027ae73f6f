import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { readOfferedTools } from '../../records/check-tool-calls'
import type { RequestFacts } from '../shape'
import { readResponseFormat } from './read-request'

/** Fields by which an endpoint may be left out, each by its name in OpenRouter's `supported_parameters`. */
const PARAMETER_OF_FIELD: Readonly<Record<string, string>> = {
  tools: 'tools',
  tool_choice: 'tool_choice',
  thinking: 'reasoning',
  reasoning: 'reasoning',
  temperature: 'temperature',
  top_p: 'top_p',
  top_k: 'top_k',
  max_tokens: 'max_tokens',
  stop_sequences: 'stop',
}

/** What the gateway decides by, read from a messages request. */
export function inspectRequest(body: JsonObject): RequestFacts {
  const responseFormat = readResponseFormat(body)
  const names = Object.keys(body).flatMap((field) => PARAMETER_OF_FIELD[field] ?? [])
  if (responseFormat !== null) names.push('response_format')
  return {
    isStream: body.stream === true,
    offeredTools: readOfferedTools(body.tools ?? []),
    parameters: [...new Set(names)],
    maxTokens: numberOf(body.max_tokens),
    endUser: isObject(body.metadata) ? textOf(body.metadata.user_id) || null : null,
    promptCacheKey: null,
    responseFormat,
    hasToolResults: objectsOf(body.messages).some(({ content }) =>
      objectsOf(content).some((block) => objectOf(block).type === 'tool_result'),
    ),
    system: body.system,
    messages: body.messages,
  }
}
