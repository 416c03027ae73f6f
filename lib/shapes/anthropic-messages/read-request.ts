import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { readCallId } from '../call-id'
import type { Message, Request, ResponseFormat, Tool, ToolChoice } from '../hub'
import { readReasoningSettings } from '../reasoning-settings'
import { readInput, readOutput } from './read-blocks'

/** An Anthropic messages request in the hub's words. Source: MessageCreateParams of Anthropic's API reference. */
export function readRequest(body: JsonObject): Request {
  const tools = objectsOf(body.tools).map(readTool)
  return {
    messages: [...readSystem(body.system), ...objectsOf(body.messages).flatMap(readMessage)],
    tools,
    toolChoice: readToolChoice(body.tool_choice, tools),
    parallelToolCalls: objectOf(body.tool_choice).disable_parallel_tool_use === true ? false : null,
    maxTokens: numberOf(body.max_tokens),
    temperature: numberOf(body.temperature),
    topP: numberOf(body.top_p),
    topK: numberOf(body.top_k),
    minP: null,
    topA: null,
    frequencyPenalty: null,
    presencePenalty: null,
    repetitionPenalty: null,
    seed: null,
    stop: Array.isArray(body.stop_sequences) ? body.stop_sequences.filter(isText) : [],
    logitBias: null,
    logprobs: null,
    topLogprobs: null,
    candidateCount: null,
    reasoning: readReasoningSettings(body),
    responseFormat: readResponseFormat(body),
    verbosity: null,
    modalities: [],
    user: textOf(objectOf(body.metadata).user_id),
    serviceTier: SERVICE_TIERS[textOf(body.service_tier) ?? ''] ?? null,
    promptCacheKey: null,
    cacheControl: isObject(body.cache_control) ? body.cache_control : null,
    metadata: null,
    isStream: body.stream === true,
  }
}

/** The format that the answer must have; null = any. */
export function readResponseFormat(body: JsonObject): ResponseFormat | null {
  const format = objectOf(objectOf(body.output_config).format ?? body.output_format)
  const { schema } = format
  return isObject(schema)
    ? { type: 'json_schema', name: null, schema, strict: null, description: null }
    : null
}

const SERVICE_TIERS: Readonly<Record<string, string>> = { auto: 'auto', standard_only: 'default' }

function readSystem(system: unknown): Message[] {
  const parts = readInput(system).filter((part) => part.type !== 'text' || part.text !== '')
  return parts.length === 0 ? [] : [{ role: 'system', parts }]
}

/** Results of tools stand before what the user says with them. */
function readMessage(message: JsonObject): Message[] {
  if (message.role === 'assistant') return [{ role: 'assistant', parts: readOutput(message.content) }]
  if (message.role === 'system') return [{ role: 'system', parts: readInput(message.content) }]
  if (!Array.isArray(message.content))
    return [{ role: 'user', parts: readInput(message.content), name: null }]
  const blocks = objectsOf(message.content)
  const results = blocks.filter((block) => block.type === 'tool_result').map(readResult)
  const said = readInput(blocks.filter((block) => block.type !== 'tool_result'))
  return said.length === 0 ? results : [...results, { role: 'user', parts: said, name: null }]
}

function readResult(block: JsonObject): Message {
  return {
    role: 'tool',
    callId: readCallId(textOf(block.tool_use_id) ?? '').id,
    name: null,
    parts: readInput(block.content),
    isError: block.is_error === true,
    isCustom: false,
    cacheControl: isObject(block.cache_control) ? block.cache_control : null,
  }
}

/** Tools without a schema are Anthropic's own. */
function readTool(tool: JsonObject): Tool {
  if (!isObject(tool.input_schema)) {
    const kind = textOf(tool.type) ?? 'unknown tool'
    return { type: 'built_in', shape: 'anthropic-messages', kind, value: tool }
  }
  return {
    type: 'function',
    name: textOf(tool.name) ?? '',
    description: textOf(tool.description),
    parameters: tool.input_schema,
    strict: typeof tool.strict === 'boolean' ? tool.strict : null,
    namespace: null,
    cacheControl: isObject(tool.cache_control) ? tool.cache_control : null,
  }
}

function readToolChoice(choice: unknown, tools: readonly Tool[]): ToolChoice | null {
  if (!isObject(choice)) return null
  if (choice.type === 'auto' || choice.type === 'none') return { mode: choice.type }
  if (choice.type === 'any') return { mode: 'required' }
  const name = textOf(choice.name)
  if (choice.type !== 'tool' || name === null) return null
  const builtIn = tools.find((tool) => tool.type === 'built_in' && tool.value.name === name)
  return builtIn?.type === 'built_in'
    ? { mode: 'built_in', shape: 'anthropic-messages', kind: builtIn.kind, value: choice }
    : { mode: 'tool', name, isCustom: false }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
