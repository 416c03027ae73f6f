import { isObject, type JsonObject } from '../../platform/json-value'
import { type Run, spend, Uncompilable } from './check'

/** What a reference in `from` points at; undefined when it points nowhere in this schema. Charges `run`. */
export type ResolveReference = (reference: string, from: JsonObject, run: Run) => unknown

export const MAX_SCHEMA_DEPTH = 100

/** The address of a schema that gives itself no `$id`. */
const DEFAULT_BASE = 'schema://root/'
/** Addresses are resolved again and again, so long ones are not resolved at all. */
const MAX_URI_LENGTH = 500
const URI_STEPS = 100
const VISIT_STEPS = 5
/** Keywords below which schemas stand by name. Below the others of these, one stands or a list of them. */
const MAPS = new Set([
  '$defs',
  'definitions',
  'dependencies',
  'dependentSchemas',
  'patternProperties',
  'properties',
])
const SCHEMAS = new Set([
  ...['additionalItems', 'additionalProperties', 'allOf', 'anyOf', 'contains', 'else', 'if', 'items', 'not'],
  ...['oneOf', 'prefixItems', 'propertyNames', 'then'],
])

/**
 * Finds the names that references within a schema may use: pointers, and `$id` (an address, or `#name`) and `$anchor`
 * wherever a schema can stand. Charges `payer`. Throws `Uncompilable` when it is nested more than 100 deep, and
 * `TooExpensive`.
 * Sources: JSON Schema draft 7, core §8 (base URI, references); RFC 6901 (pointers).
 */
export function indexReferences(root: unknown, payer: Run): ResolveReference {
  const byUri = new Map<string, unknown>([[DEFAULT_BASE, root]])
  const bases = new Map<JsonObject, string>()

  function visit(schema: unknown, outerBase: string, depth: number): void {
    if (depth > MAX_SCHEMA_DEPTH) throw new Uncompilable()
    if (!isObject(schema)) return
    spend(payer, VISIT_STEPS)
    // Draft 7 has a reference ignore everything beside it.
    const base = schema.$ref === undefined ? noteNames(schema, outerBase) : outerBase
    bases.set(schema, base)
    for (const keyword of Object.keys(schema)) {
      for (const part of partsOf(keyword, schema[keyword])) visit(part, base, depth + 1)
    }
  }

  function noteNames(schema: JsonObject, base: string): string {
    if (typeof schema.$anchor === 'string') byUri.set(`${base}#${schema.$anchor}`, schema)
    const uri = typeof schema.$id === 'string' ? resolveUri(schema.$id, base, payer) : null
    if (uri === null) return base
    byUri.set(uri, schema)
    return uri.includes('#') ? base : uri
  }

  visit(root, DEFAULT_BASE, 0)
  return (reference, from, run) => {
    const base = bases.get(from) ?? DEFAULT_BASE
    if (reference === '#') return byUri.get(base)
    if (reference.startsWith('#/')) return follow(byUri.get(base), reference.slice(1))
    const uri = resolveUri(reference, base, run)
    if (uri === null) return undefined
    if (byUri.has(uri)) return byUri.get(uri)
    const [document = '', pointer = ''] = uri.split('#')
    return follow(byUri.get(document), pointer)
  }
}

function partsOf(keyword: string, value: unknown): readonly unknown[] {
  if (MAPS.has(keyword)) return isObject(value) ? Object.values(value) : []
  if (!SCHEMAS.has(keyword)) return []
  return Array.isArray(value) ? value : [value]
}

/** Without the `#` of an empty fragment; null when it cannot be resolved, or is too long to be. */
function resolveUri(reference: string, base: string, payer: Run): string | null {
  if (reference.length > MAX_URI_LENGTH) return null
  spend(payer, URI_STEPS)
  try {
    const uri = new URL(reference, base).href.replace(/#$/, '')
    return uri.length > MAX_URI_LENGTH ? null : uri
  } catch {
    return null
  }
}

function follow(document: unknown, pointer: string): unknown {
  if (!pointer.startsWith('/')) return undefined
  let found = document
  for (const step of pointer.slice(1).split('/')) {
    const key = decode(step).replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    // An own property, of a list by its index.
    found = (found as JsonObject)[key]
  }
  return found
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
