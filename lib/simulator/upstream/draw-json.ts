import { pick, type Random } from '../../platform/random'
import { drawNumber, drawString } from './draw-scalar'
import { drawPhrase } from './draw-text'
import {
  asCount,
  asNames,
  asSchema,
  type JsonSchema,
  MOST_DEPTH,
  resolveSchema,
  type SchemaContext,
  SHALLOW_DEPTH,
} from './resolve-schema'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const OPTIONAL_RATE = 0.55
const MOST_ITEMS = 200

/**
 * A value for a draft 7 schema, drawn with `random`: objects with what they require and some of the rest, enums,
 * formats, patterns, bounds, lists with their least length, one branch of `oneOf` and `anyOf`, all of `allOf`, `$ref`
 * within the schema. What it cannot satisfy (`not`, `if`, look-around in patterns, contradictions) gets the simplest
 * value of its type, so check the answer where it must hold. Never throws.
 */
export function drawJson({ schema, random }: { schema: unknown; random: Random }): Json {
  return draw(schema, { root: schema, random, depth: 0 })
}

function draw(given: unknown, context: SchemaContext): Json {
  const schema = resolveSchema(given, context)
  if (schema === null || context.depth > MOST_DEPTH) return drawAnything(context)
  if ('const' in schema) return asJson(schema.const)
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return asJson(pick(context.random, schema.enum))
  const type = chooseType(schema, context)
  switch (type) {
    case 'object':
      return drawObject(schema, context)
    case 'array':
      return drawArray(schema, context)
    case 'string':
      return drawString(schema, context.random)
    case 'integer':
    case 'number':
      return drawNumber({ schema, random: context.random, isWhole: type === 'integer' })
    case 'boolean':
      return context.random() < 0.5
    case 'null':
      return null
    default:
      return drawAnything(context)
  }
}

function chooseType(schema: JsonSchema, { random }: SchemaContext): unknown {
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== 'null')
    return types.length === 0
      ? 'null'
      : random() < 0.15 && types.length < schema.type.length
        ? 'null'
        : pick(random, types)
  }
  if (schema.type !== undefined) return schema.type
  if (schema.properties !== undefined || schema.required !== undefined) return 'object'
  if (schema.items !== undefined || schema.minItems !== undefined) return 'array'
  const texts = ['pattern', 'format', 'minLength', 'maxLength']
  if (texts.some((key) => key in schema)) return 'string'
  const numbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']
  return numbers.some((key) => key in schema) ? 'number' : undefined
}

function drawObject(schema: JsonSchema, context: SchemaContext): Json {
  const properties = asSchema(schema.properties) ?? {}
  const required = new Set(asNames(schema.required))
  const least = asCount(schema.minProperties, 0)
  const most = asCount(schema.maxProperties, Number.POSITIVE_INFINITY)
  const inner = { ...context, depth: context.depth + 1 }
  const value: { [key: string]: Json } = {}
  let count = 0
  const put = (key: string, of: unknown) => {
    // defineProperty, so that a property named __proto__ is one.
    Object.defineProperty(value, key, {
      value: draw(of, inner),
      enumerable: true,
      configurable: true,
      writable: true,
    })
    count += 1
  }
  for (const key of required)
    put(key, Object.hasOwn(properties, key) ? properties[key] : otherProperty(schema, key))
  for (const [key, of] of Object.entries(properties)) {
    if (required.has(key) || of === false || count >= most) continue
    const isWanted = context.depth < SHALLOW_DEPTH && context.random() < OPTIONAL_RATE
    if (isWanted || count < least) put(key, of)
  }
  for (let index = 1; count < least && index <= MOST_ITEMS; index += 1)
    put(`item_${index}`, otherProperty(schema, `item_${index}`))
  return value
}

/** What a property without a definition of its own must satisfy. */
function otherProperty(schema: JsonSchema, key: string): unknown {
  for (const [pattern, of] of Object.entries(asSchema(schema.patternProperties) ?? {})) {
    // Only a pattern without repeats is tried: a caller's expression may take for ever.
    if (/^[\w^$ -]{1,40}$/.test(pattern) && new RegExp(pattern).test(key)) return of
  }
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : { type: 'string' }
}

function drawArray(schema: JsonSchema, context: SchemaContext): Json {
  const least = Math.min(asCount(schema.minItems, 0), MOST_ITEMS)
  const most = Math.min(asCount(schema.maxItems, Math.max(least, 3)), Math.max(least, least + 3))
  const wanted = context.depth < SHALLOW_DEPTH ? Math.max(least, 1) + Math.floor(context.random() * 2) : least
  const length = Math.min(Math.max(wanted, least), most)
  const inner = { ...context, depth: context.depth + 1 }
  const tuple = Array.isArray(schema.items) ? schema.items : schema.prefixItems
  const ofAll = Array.isArray(schema.items) ? schema.additionalItems : schema.items
  const items: Json[] = []
  const seen = new Set<string>()
  for (let tries = 0; items.length < length && tries < length * 8; tries += 1) {
    const contained = items.length === 0 ? schema.contains : undefined
    const own = Array.isArray(tuple) && items.length < tuple.length ? tuple[items.length] : ofAll
    const item = draw(
      contained === undefined ? own : own === undefined ? contained : { allOf: [own, contained] },
      inner,
    )
    const text = schema.uniqueItems === true ? JSON.stringify(item) : null
    if (text !== null && seen.has(text)) continue
    if (text !== null) seen.add(text)
    items.push(item)
  }
  return items
}

function drawAnything({ random }: SchemaContext): Json {
  return drawPhrase({ random, words: 2 })
}

function asJson(value: unknown): Json {
  // Schemas come from JSON.parse, so whatever they hold is JSON.
  return value as Json
}
