import {
  isObject,
  type JsonObject,
  objectOf,
  objectsOf,
  textOf,
  withoutUndefined,
} from '../../platform/json-value'

/** The body with another text before its `instructions`; the same body when they begin with it. */
export function withInstructions(body: JsonObject, text: string): JsonObject {
  const own = textOf(body.instructions) ?? ''
  if (own === text || own.startsWith(`${text}\n\n`)) return body
  return { ...body, instructions: own === '' ? text : `${text}\n\n${own}` }
}

/**
 * A preset's parameters, which stand in chat words, as fields of this shape, without those that the request has.
 * `text` comes with what the request's own leaves open. Tools come as they are called here, all of them, because they
 * are united with the request's.
 */
export function writeResponsesDefaults(parameters: JsonObject, request: JsonObject): JsonObject {
  const { max_tokens, max_completion_tokens, response_format, verbosity, tools, tool_choice, ...rest } =
    parameters
  const text = withoutUndefined({
    format: objectOf(request.text).format === undefined ? formatFrom(response_format) : undefined,
    verbosity: objectOf(request.text).verbosity === undefined ? verbosity : undefined,
  })
  const fields = withoutUndefined({
    ...rest,
    max_output_tokens: max_completion_tokens ?? max_tokens,
    tool_choice: flat(tool_choice),
  })
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(request, name))),
    ...(Object.keys(text).length === 0 ? {} : { text }),
    ...(Array.isArray(tools) ? { tools: objectsOf(tools).map(flat) } : {}),
  }
}

/** Chat's `response_format` as `text.format`. */
function formatFrom(format: unknown): JsonObject | undefined {
  if (!isObject(format)) return undefined
  return isObject(format.json_schema) ? { type: format.type, ...format.json_schema } : format
}

/** A tool or choice of the chat shape, whose definition stands below its type, as it stands here: beside it. */
function flat(tool: unknown): unknown {
  if (!isObject(tool) || typeof tool.type !== 'string') return tool
  const { type, [type]: definition } = tool
  return isObject(definition) ? { type, ...definition } : tool
}
