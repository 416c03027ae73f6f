import { isObject, type JsonObject } from '../../platform/json-value'

/** Fields that hold a client's own JSON, where every name is data. */
const OPAQUE: ReadonlySet<string> = new Set([
  'args',
  'response',
  'parameters',
  'parametersJsonSchema',
  'responseSchema',
  'responseJsonSchema',
  'labels',
  'partMetadata',
])
/** Fields of the request itself that Google writes in two ways; others, such as `session_id`, are the gateway's. */
const REQUEST_FIELDS: ReadonlySet<string> = new Set([
  'system_instruction',
  'generation_config',
  'safety_settings',
  'tool_config',
  'cached_content',
  'service_tier',
  'generate_content_request',
])
/** No message of the API nests deeper than this outside opaque fields. */
const MAX_DEPTH = 12

/**
 * The request with each field in camel case, as Google's SDKs write it: its JSON form of protocol buffers takes
 * `system_instruction` as well as `systemInstruction`. Arguments, results, schemas and labels stay as they are. The
 * same object when there is nothing to rename. Source: ProtoJSON format, protobuf.dev.
 */
export function withFieldNames(request: JsonObject): JsonObject {
  return renamed(request, 0)
}

function renamed(value: JsonObject, depth: number): JsonObject {
  let isChanged = false
  const fields = Object.entries(value).map(([name, field]) => {
    const known = depth > 0 || REQUEST_FIELDS.has(name) ? camelCase(name) : name
    const inner = OPAQUE.has(known) ? field : renamedIn(field, depth + 1)
    if (known !== name || inner !== field) isChanged = true
    return [known, inner] as const
  })
  // Not by assignment: a field may be called __proto__.
  return isChanged ? Object.fromEntries(fields) : value
}

function renamedIn(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return value
  if (isObject(value)) return renamed(value, depth)
  if (!Array.isArray(value)) return value
  const items = value.map((item) => renamedIn(item, depth))
  return items.some((item, index) => item !== value[index]) ? items : value
}

function camelCase(name: string): string {
  return name.includes('_')
    ? name.replaceAll(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    : name
}
