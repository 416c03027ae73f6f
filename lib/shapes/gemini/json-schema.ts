import { isObject, type JsonObject } from '../../platform/json-value'

/** Schemas nest as deep as a client likes; below this nothing is read, and anything fits. */
const MAX_DEPTH = 64
/** Counts that ProtoJSON writes as text, since they are 64-bit integers. */
const COUNTS: ReadonlySet<string> = new Set([
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
])
const SNAKE: ReadonlyMap<string, string> = new Map([
  ['any_of', 'anyOf'],
  ['min_items', 'minItems'],
  ['max_items', 'maxItems'],
  ['min_length', 'minLength'],
  ['max_length', 'maxLength'],
  ['min_properties', 'minProperties'],
  ['max_properties', 'maxProperties'],
  ['prefix_items', 'prefixItems'],
  ['additional_properties', 'additionalProperties'],
  ['property_ordering', 'propertyOrdering'],
])

/**
 * Gemini's own Schema, a part of OpenAPI's with types in capitals, as JSON Schema: `nullable` becomes a type of its own,
 * counts become numbers, `propertyOrdering` and `example` are left out. What is JSON Schema already stays one. Source:
 * Schema of the Gemini API reference.
 */
export function jsonSchemaFromGemini(schema: unknown, depth = 0): unknown {
  if (!isObject(schema)) return schema
  if (depth > MAX_DEPTH) return {}
  const below = (value: unknown) => jsonSchemaFromGemini(value, depth + 1)
  const written = mapFields(schema, (given, value) => {
    const name = SNAKE.get(given) ?? given
    if (name === 'propertyOrdering' || name === 'example' || name === 'nullable') return null
    if (name === 'type') return value === 'TYPE_UNSPECIFIED' ? null : [name, typeOf(value)]
    if (name === 'format' && value === 'enum') return null
    if (COUNTS.has(name) && typeof value === 'string') return [name, Number(value)]
    return [name, mapSubschemas(name, value, below)]
  })
  return schema.nullable === true ? orNull(written) : written
}

/**
 * JSON Schema as Gemini takes it in `responseJsonSchema` and `parametersJsonSchema`: `const`, which it does not know,
 * becomes an `enum` of one. Source: structured outputs, ai.google.dev; the AI SDK does the same.
 */
export function withoutConst(schema: unknown, depth = 0): unknown {
  if (!isObject(schema) || depth > MAX_DEPTH) return schema
  const below = (value: unknown) => withoutConst(value, depth + 1)
  return mapFields(schema, (name, value) =>
    name === 'const' ? ['enum', [value]] : [name, mapSubschemas(name, value, below)],
  )
}

/** Other fields in their place, null = none; not by assignment, since a client may call one __proto__. */
function mapFields(
  schema: JsonObject,
  map: (name: string, value: unknown) => readonly [string, unknown] | null,
): JsonObject {
  const fields = Object.entries(schema).map(([name, value]) => map(name, value))
  return Object.fromEntries(fields.filter((field) => field !== null))
}

/** Keywords whose value is a schema or a list of them, and those whose value names schemas. */
const HOLDERS: ReadonlySet<string> = new Set([
  'items',
  'prefixItems',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'additionalProperties',
])
const NAMED_HOLDERS: ReadonlySet<string> = new Set([
  'properties',
  '$defs',
  'definitions',
  'patternProperties',
])

function mapSubschemas(name: string, value: unknown, map: (schema: unknown) => unknown): unknown {
  if (HOLDERS.has(name)) return Array.isArray(value) ? value.map(map) : map(value)
  if (!NAMED_HOLDERS.has(name) || !isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, schema]) => [key, map(schema)]))
}

function typeOf(type: unknown): unknown {
  return typeof type === 'string' ? type.toLowerCase() : type
}

function orNull(schema: JsonObject): JsonObject {
  if (Array.isArray(schema.enum)) return { ...schema, ...nullType(schema), enum: [...schema.enum, null] }
  if (typeof schema.type === 'string') return { ...schema, ...nullType(schema) }
  return Array.isArray(schema.anyOf) ? { ...schema, anyOf: [...schema.anyOf, { type: 'null' }] } : schema
}

function nullType({ type }: JsonObject): JsonObject {
  return typeof type === 'string' && type !== 'null' ? { type: [type, 'null'] } : {}
}
