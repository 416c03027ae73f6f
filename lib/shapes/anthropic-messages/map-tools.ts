import {
  isObject,
  type JsonObject,
  objectOf,
  objectsOf,
  textOf,
  withoutUndefined,
} from '../../platform/json-value'

/**
 * Tools of a chat request (`tools`, or the legacy `functions`) as Anthropic's. `strict` is dropped: each provider's
 * subset of JSON Schema is its own, and a schema outside it is refused. A custom tool becomes one with a single text,
 * `input`. Definitions that are Anthropic's already (`input_schema`, or a dated type such as `bash_20250124`) pass;
 * other built-in tools cannot go and are dropped. Undefined when none is left.
 */
export function messagesToolsFromChat(request: JsonObject): JsonObject[] | undefined {
  const legacy = objectsOf(request.functions).map((definition) => ({
    type: 'function',
    function: definition,
  }))
  const tools = [...objectsOf(request.tools), ...legacy].flatMap(messagesTool)
  const allowed = allowedNames(request.tool_choice)
  const offered = allowed === null ? tools : tools.filter((tool) => allowed.has(tool.name))
  return offered.length === 0 ? undefined : offered
}

/** Anthropic's tools as chat functions; its built-in tools have no schema that could go and are dropped. */
export function chatToolsFromMessages(tools: unknown): JsonObject[] | undefined {
  const functions = objectsOf(tools)
    .filter((tool) => isObject(tool.input_schema))
    .map((tool) => ({
      type: 'function',
      function: withoutUndefined({
        name: tool.name,
        description: tool.description,
        parameters: tool.input_schema,
      }),
    }))
  return functions.length === 0 ? undefined : functions
}

/** `tool_choice`, the legacy `function_call` and `parallel_tool_calls` as Anthropic's `tool_choice`. */
export function messagesToolChoiceFromChat(request: JsonObject): JsonObject | undefined {
  const choice = messagesChoice(request.tool_choice ?? request.function_call)
  if (request.parallel_tool_calls !== false || choice?.type === 'none') return choice
  return { ...(choice ?? { type: 'auto' }), disable_parallel_tool_use: true }
}

/** Anthropic's `tool_choice` as `tool_choice` and `parallel_tool_calls`. */
export function chatToolChoiceFromMessages(toolChoice: unknown): JsonObject {
  if (!isObject(toolChoice)) return {}
  return withoutUndefined({
    tool_choice: chatChoice(toolChoice),
    parallel_tool_calls: toolChoice.disable_parallel_tool_use === true ? false : undefined,
  })
}

function messagesTool(tool: JsonObject): JsonObject[] {
  if (isObject(tool.function)) {
    const { name, description, parameters } = tool.function
    const cacheControl = tool.cache_control ?? tool.function.cache_control ?? undefined
    const schema = objectSchema(parameters)
    return [withoutUndefined({ name, description, input_schema: schema, cache_control: cacheControl })]
  }
  if (isObject(tool.custom)) {
    const { name, description } = tool.custom
    return [withoutUndefined({ name, description, input_schema: CUSTOM_TOOL_SCHEMA })]
  }
  const isAnthropic = isObject(tool.input_schema) || /_\d{8}$/.test(textOf(tool.type) ?? '')
  return isAnthropic ? [tool] : []
}

const CUSTOM_TOOL_SCHEMA = { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] }

function objectSchema(parameters: unknown): JsonObject {
  if (!isObject(parameters)) return { type: 'object', properties: {} }
  return parameters.type === undefined ? { type: 'object', ...parameters } : parameters
}

function messagesChoice(choice: unknown): JsonObject | undefined {
  if (choice === 'auto' || choice === 'none') return { type: choice }
  if (choice === 'required') return { type: 'any' }
  if (!isObject(choice)) return undefined
  if (isObject(choice.allowed_tools)) {
    return { type: choice.allowed_tools.mode === 'required' ? 'any' : 'auto' }
  }
  const name = [choice.function, choice.custom, choice].map((named) => objectOf(named).name).find(isText)
  return name === undefined ? undefined : { type: 'tool', name }
}

function chatChoice(choice: JsonObject): unknown {
  if (choice.type === 'auto' || choice.type === 'none') return choice.type
  if (choice.type === 'any') return 'required'
  return choice.type === 'tool' ? { type: 'function', function: { name: choice.name } } : undefined
}

/** The names of OpenAI's `allowed_tools` choice; Anthropic has none, so the others are not offered. */
function allowedNames(choice: unknown): ReadonlySet<unknown> | null {
  const allowed = objectOf(choice).allowed_tools
  if (!isObject(allowed)) return null
  return new Set(
    objectsOf(allowed.tools).map((tool) => objectOf(tool.function ?? tool.custom).name ?? tool.name),
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
