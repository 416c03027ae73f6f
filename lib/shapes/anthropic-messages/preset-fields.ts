import { isObject, type JsonObject, objectsOf } from '../../platform/json-value'
import { objectSchema } from '../flat-tools'

/** Parameters of the chat shape that Anthropic's does not know. */
const UNKNOWN_HERE: ReadonlySet<string> = new Set([
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'seed',
  'verbosity',
  'response_format',
  'max_completion_tokens',
  'stop',
  'parallel_tool_calls',
])

/**
 * A preset's parameters in Anthropic's words: function tools and their choice, the token limit, stop sequences. What
 * the shape does not know is left out; a request that sets its `thinking` wants no other `reasoning`.
 */
export function writeDefaults(parameters: JsonObject, request: JsonObject): JsonObject {
  const fields = Object.fromEntries(Object.entries(parameters).filter(([name]) => !UNKNOWN_HERE.has(name)))
  if (request.thinking !== undefined) delete fields.reasoning
  const { stop, tools } = parameters
  const limit = parameters.max_completion_tokens ?? parameters.max_tokens
  if (limit !== undefined) fields.max_tokens = limit
  if (stop !== undefined) fields.stop_sequences = typeof stop === 'string' ? [stop] : stop
  if (tools !== undefined) fields.tools = objectsOf(tools).map(writeTool)
  const choice = writeChoice(parameters)
  if (choice === undefined) delete fields.tool_choice
  else fields.tool_choice = choice
  return fields
}

/** The body with another text at the beginning of `system`, unless that is there already. */
export function withSystemPrompt(body: JsonObject, text: string): JsonObject {
  const { system } = body
  const block = { type: 'text', text }
  if (typeof system === 'string') {
    return { ...body, system: system === '' ? [block] : [block, { type: 'text', text: system }] }
  }
  if (!Array.isArray(system)) return { ...body, system: [block] }
  const first: unknown = system[0]
  const isThere = isObject(first) && first.type === 'text' && first.text === text
  return isThere ? body : { ...body, system: [block, ...system] }
}

function writeTool(tool: JsonObject): JsonObject {
  const definition = tool.function
  if (tool.type !== 'function' || !isObject(definition)) return tool
  const { name, description, parameters } = definition
  return {
    type: 'custom',
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: parameters ?? objectSchema(null),
  }
}

function writeChoice({
  tool_choice: choice,
  parallel_tool_calls: parallel,
}: JsonObject): JsonObject | undefined {
  const single = parallel === false ? { disable_parallel_tool_use: true } : {}
  if (choice === undefined) return parallel === false ? { type: 'auto', ...single } : undefined
  if (choice === 'none') return { type: 'none' }
  if (choice === 'auto') return { type: 'auto', ...single }
  if (choice === 'required') return { type: 'any', ...single }
  if (!isObject(choice)) return undefined
  return isObject(choice.function) ? { type: 'tool', name: choice.function.name, ...single } : choice
}
