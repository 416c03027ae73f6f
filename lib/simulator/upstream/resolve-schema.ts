import { pick, type Random } from '../../platform/random'

/** A JSON Schema (draft 7) as a caller wrote it: nothing in it can be relied on. */
export type JsonSchema = Record<string, unknown>

/** The whole schema, which `$ref` points into, and how deep in the value we are. */
export type SchemaContext = { root: unknown; random: Random; depth: number }

/** Deeper than this only what is required is filled in, and branches that end are preferred. */
export const SHALLOW_DEPTH = 4
/** Deeper than this a recursive schema is given up. */
export const MOST_DEPTH = 24
const MOST_HOPS = 8

/** Follows `$ref` and folds `allOf` and one branch of `oneOf` or `anyOf` into one schema; null = anything goes. */
export function resolveSchema(given: unknown, context: SchemaContext): JsonSchema | null {
  let schema = asSchema(given)
  for (let hops = 0; schema && typeof schema.$ref === 'string'; hops += 1) {
    if (hops > MOST_HOPS) return null
    schema = asSchema(lookUp(context.root, schema.$ref))
  }
  if (!schema) return null
  const branches = [schema.oneOf, schema.anyOf].flatMap((list) =>
    Array.isArray(list) && list.length > 0 ? [chooseBranch(list, context)] : [],
  )
  const parts = [...(Array.isArray(schema.allOf) ? schema.allOf : []), ...branches]
  if (parts.length === 0) return schema
  const { allOf: _allOf, oneOf: _oneOf, anyOf: _anyOf, ...base } = schema
  if (context.depth > MOST_DEPTH) return base
  const inner = { ...context, depth: context.depth + 1 }
  return parts.reduce<JsonSchema>((merged, part) => merge(merged, resolveSchema(part, inner) ?? {}), base)
}

/** Deep down the shortest branch without a reference is taken: that is how a recursive schema ends. */
function chooseBranch(list: unknown[], { random, depth }: SchemaContext): unknown {
  if (depth <= SHALLOW_DEPTH) return pick(random, list)
  const cost = (branch: unknown) => {
    const text = JSON.stringify(branch) ?? ''
    return text.length + (text.includes('"$ref"') ? 1e6 : 0)
  }
  return list.toSorted((a, b) => cost(a) - cost(b))[0]
}

function merge(a: JsonSchema, b: JsonSchema): JsonSchema {
  const merged: JsonSchema = { ...a, ...b }
  const properties = { ...asSchema(a.properties), ...asSchema(b.properties) }
  if (a.properties !== undefined || b.properties !== undefined) merged.properties = properties
  const required = [...asNames(a.required), ...asNames(b.required)]
  if (required.length > 0) merged.required = [...new Set(required)]
  for (const bound of ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'])
    keepBound({ merged, bound, a, b, choose: Math.max })
  for (const bound of ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'])
    keepBound({ merged, bound, a, b, choose: Math.min })
  return merged
}

function keepBound({
  merged,
  bound,
  a,
  b,
  choose,
}: {
  merged: JsonSchema
  bound: string
  a: JsonSchema
  b: JsonSchema
  choose: (x: number, y: number) => number
}): void {
  const [left, right] = [a[bound], b[bound]]
  if (typeof left === 'number' && typeof right === 'number') merged[bound] = choose(left, right)
}

function lookUp(root: unknown, reference: string): unknown {
  if (reference === '#') return root
  if (!reference.startsWith('#/')) {
    const definitions = { ...asSchema(asSchema(root)?.definitions), ...asSchema(asSchema(root)?.$defs) }
    return Object.values(definitions).find((schema) => asSchema(schema)?.$id === reference)
  }
  let found: unknown = root
  for (const part of reference.slice(2).split('/')) {
    const key = decodeURIComponentSafely(part).replaceAll('~1', '/').replaceAll('~0', '~')
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? Reflect.get(found, key)
        : undefined
  }
  return found
}

function decodeURIComponentSafely(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The value as a schema's object; null for anything else. */
export function asSchema(value: unknown): JsonSchema | null {
  // Parsed JSON: an object that is no array has string keys.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : null
}

/** The texts of a list; empty for anything else. */
export function asNames(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
}

/** A number of zero or more, `otherwise` for anything else. */
export function asCount(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 0 ? value : otherwise
}
