import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../../platform/json-value'
import type { OfferedTool } from '../../records/check-tool-calls'
import type { PromptPart } from '../../records/vocabulary'
import { flatToolName } from '../flat-tools'
import type { Tool } from '../hub'
import { estimatePromptParts } from '../prompt-parts'
import type { RequestFacts } from '../shape'
import { isMessage } from './check-input'
import { readFormat } from './map-settings'
import { readTools } from './map-tools'

/** Fields by which an endpoint may be left out, each by its name in OpenRouter's `supported_parameters`. */
const PARAMETER_OF_FIELD: Readonly<Record<string, string>> = {
  tools: 'tools',
  tool_choice: 'tool_choice',
  parallel_tool_calls: 'parallel_tool_calls',
  reasoning: 'reasoning',
  temperature: 'temperature',
  top_p: 'top_p',
  top_k: 'top_k',
  min_p: 'min_p',
  top_a: 'top_a',
  frequency_penalty: 'frequency_penalty',
  presence_penalty: 'presence_penalty',
  repetition_penalty: 'repetition_penalty',
  max_output_tokens: 'max_tokens',
  seed: 'seed',
  stop: 'stop',
}

/** What the gateway decides by, read from a request that its schema let pass. */
export function inspectResponsesRequest(body: JsonObject): RequestFacts {
  const items = objectsOf(body.input)
  const format = readFormat(body.text)
  return {
    isStream: body.stream === true,
    offeredTools: readTools(body).map(offeredTool),
    parameters: parametersOf(body),
    maxTokens: numberOf(body.max_output_tokens),
    endUser: textOf(body.safety_identifier) || textOf(body.user) || null,
    promptCacheKey: textOf(body.prompt_cache_key) || null,
    responseFormat: format?.type === 'text' ? null : format,
    hasToolResults: items.some(({ type }) => typeof type === 'string' && type.endsWith('_output')),
    system: body.instructions,
    messages:
      typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : items.filter(isMessage),
  }
}

/** Under the name by which observers know its calls. */
function offeredTool(tool: Tool): OfferedTool {
  if (tool.type === 'built_in') return { name: tool.kind, schema: undefined }
  const schema = tool.type === 'function' ? (tool.parameters ?? undefined) : undefined
  return { name: flatToolName(tool), schema }
}

function parametersOf(body: JsonObject): string[] {
  const text = objectOf(body.text)
  return [
    ...Object.keys(body).flatMap((field) => (body[field] === null ? [] : (PARAMETER_OF_FIELD[field] ?? []))),
    ...(isObject(text.format) && text.format.type !== 'text' ? ['response_format'] : []),
    ...(typeof text.verbosity === 'string' ? ['verbosity'] : []),
  ]
}

/** The weights of a prompt's parts: items as the messages that other shapes would have, namespaces taken apart. */
export function responsesPromptParts(body: JsonObject): Record<PromptPart, number> {
  return estimatePromptParts({
    system: body.instructions,
    messages:
      typeof body.input === 'string'
        ? [{ role: 'user', content: body.input }]
        : objectsOf(body.input).map(messageLike),
    tools: objectsOf(body.tools).flatMap((tool) =>
      tool.type === 'namespace' ? toolsOfNamespace(tool) : [tool],
    ),
  })
}

function messageLike(item: JsonObject): JsonObject {
  if (isMessage(item)) return { role: item.role, content: item.content }
  const isResult = typeof item.type === 'string' && item.type.endsWith('_output')
  return isResult ? { role: 'tool', content: item.output } : { ...item, role: 'assistant' }
}

function toolsOfNamespace(namespace: JsonObject): JsonObject[] {
  return objectsOf(namespace.tools).map((tool) => ({ ...tool, name: `${namespace.name}__${tool.name}` }))
}
