import { type Schema, Validator } from '@cfworker/json-schema'
import { worstPatternSteps } from './pattern-cost'

/** `unchecked`: the check would cost too much, or a part of it that matters was left out. */
export type SchemaAnswer = { result: 'valid' | 'invalid' | 'unchecked'; detail: string | null }

const MAX_SCHEMA_LENGTH = 262_144
const MAX_SCHEMA_DEPTH = 100
/** One unit is about a microsecond. */
const MAX_UNITS = 100_000
const MAX_PATTERN_STEPS = 2_000_000
const STEPS_PER_UNIT = 1000
/** Above this, comparing every item with every other takes too long. */
const MAX_UNIQUE_ITEMS_TEXT = 16_384
const MAX_CACHED_TEXT = 4_000_000

const TYPES = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'])
/** Draft 7's formats less those the validator checks by expressions that backtrack; a format not here is not checked. */
const FORMATS = new Set(['date', 'time', 'date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid', 'regex'])
const MAPS = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependencies',
  'dependentSchemas',
])
const LITERALS = new Set(['enum', 'const', 'required', 'type', 'dependentRequired'])
const LEFT_OUT = new Set(['default', 'examples', 'title', 'description', '$comment', '$schema'])
/** Below these a constraint left out can make the whole stricter instead of looser. */
const NOT_MONOTONE = new Set(['not', 'if', 'oneOf'])

type Run = { textLength: number; unitsLeft: number; hasLeftOutPattern: boolean }
type Context = { run: Run; isMonotone: boolean; hasUniqueItems: boolean }
type Compiled = { validator: Validator; context: Context }

const compiledByText = new Map<string, Compiled | null>()
const compiledByObject = new WeakMap<object, Compiled | null>()
let cachedTextLength = 0

/**
 * Whether `value` satisfies a caller's JSON Schema (draft 7). No schema, or one that cannot be compiled or throws
 * while it is used, is `valid`. The time is bounded whatever the schema: steps are counted, unbounded or too
 * expensive `pattern`s are left out (`worstPatternSteps`), and formats that would backtrack are not checked.
 * `textLength` is the length of the value's JSON text. `detail` says what is wrong, null when valid.
 * Source of the definition: design.md §5, tool-call error rate. @cfworker/json-schema throws on a bad `pattern` or an
 * unresolvable `$ref`, so a throw counts as no schema.
 */
export function checkAgainstSchema(input: {
  schema: unknown
  value: unknown
  textLength: number
}): SchemaAnswer {
  const compiled = compile(input.schema)
  if (compiled === 'too_large') return unchecked('The schema is too large to be checked.')
  if (compiled === null) return { result: 'valid', detail: null }
  const { run, isMonotone, hasUniqueItems } = compiled.context
  if (hasUniqueItems && input.textLength > MAX_UNIQUE_ITEMS_TEXT) {
    return unchecked('The arguments are too large for a schema with uniqueItems.')
  }
  run.textLength = input.textLength
  run.unitsLeft = MAX_UNITS
  run.hasLeftOutPattern = false
  try {
    const { valid, errors } = compiled.validator.validate(input.value)
    if (valid) return { result: 'valid', detail: null }
    if (run.hasLeftOutPattern && !isMonotone)
      return unchecked('A pattern of the schema is too expensive to check.')
    const error = errors.at(-1)
    return { result: 'invalid', detail: error ? `${error.instanceLocation}: ${error.error}` : null }
  } catch (error) {
    if (run.unitsLeft < 0 || error instanceof RangeError)
      return unchecked('The schema is too expensive to check.')
    return { result: 'valid', detail: null }
  }
}

function unchecked(detail: string): SchemaAnswer {
  return { result: 'unchecked', detail }
}

function compile(schema: unknown): Compiled | null | 'too_large' {
  if (!isObject(schema)) return schema === false ? compileText('false') : null
  const byObject = compiledByObject.get(schema)
  if (byObject !== undefined) return byObject
  const text = textOf(schema)
  if (text === null) return null
  if (text.length > MAX_SCHEMA_LENGTH) return 'too_large'
  const compiled = compileText(text)
  compiledByObject.set(schema, compiled)
  return compiled
}

function textOf(schema: object): string | null {
  try {
    return JSON.stringify(schema)
  } catch {
    return null
  }
}

function compileText(text: string): Compiled | null {
  const cached = compiledByText.get(text)
  if (cached !== undefined) return cached
  const compiled = compileFresh(text)
  cachedTextLength += text.length
  if (cachedTextLength > MAX_CACHED_TEXT) {
    compiledByText.clear()
    cachedTextLength = text.length
  }
  compiledByText.set(text, compiled)
  return compiled
}

function compileFresh(text: string): Compiled | null {
  const run: Run = { textLength: 0, unitsLeft: Number.POSITIVE_INFINITY, hasLeftOutPattern: false }
  const context: Context = { run, isMonotone: true, hasUniqueItems: false }
  try {
    const prepared = prepareSchema(JSON.parse(text), context, 0)
    return { validator: new Validator(asSchema(prepared), '7'), context }
  } catch {
    return null
  }
}

/** The validator's own type wants known keywords; it takes any JSON and ignores or throws on the rest. */
function asSchema(prepared: unknown): Schema {
  return prepared as Schema
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A copy of a schema that counts each of the validator's steps. The validator reads `$recursiveAnchor` (no draft 7
 * keyword) of a schema once per step, so a getter there sees them all; a test pins that.
 */
function prepareSchema(node: unknown, context: Context, depth: number): unknown {
  if (depth > MAX_SCHEMA_DEPTH) throw new Error('The schema is nested too deeply.')
  if (Array.isArray(node)) return node.map((item) => prepareSchema(item, context, depth + 1))
  if (!isObject(node)) return node
  const copy: Record<string, unknown> = Object.create(null)
  for (const [keyword, value] of Object.entries(node)) {
    if (LEFT_OUT.has(keyword) || keyword.startsWith('$recursive')) continue
    if (NOT_MONOTONE.has(keyword)) context.isMonotone = false
    if (keyword === 'uniqueItems' && value === true) context.hasUniqueItems = true
    if (keyword === 'type') assertTypes(value)
    if (keyword === 'format' && !FORMATS.has(String(value))) continue
    if (keyword === 'pattern' && typeof value === 'string') definePattern(copy, value, context.run)
    else copy[keyword] = prepareKeyword(keyword, value, context, depth)
  }
  defineStepCounter(copy, node, context.run)
  return copy
}

function prepareKeyword(keyword: string, value: unknown, context: Context, depth: number): unknown {
  if (LITERALS.has(keyword)) return value
  if (!MAPS.has(keyword) || !isObject(value)) return prepareSchema(value, context, depth + 1)
  const map: Record<string, unknown> = Object.create(null)
  for (const [name, schema] of Object.entries(value)) map[name] = prepareSchema(schema, context, depth + 1)
  return map
}

/** The validator would call every value invalid against a type it does not know; we cannot compile such a schema. */
function assertTypes(type: unknown): void {
  const names = Array.isArray(type) ? type : [type]
  for (const name of names) {
    if (typeof name === 'string' && !TYPES.has(name)) throw new Error('The schema names an unknown type.')
  }
}

function definePattern(copy: Record<string, unknown>, pattern: string, run: Run): void {
  Object.defineProperty(copy, 'pattern', {
    get: () => {
      const steps = worstPatternSteps({ pattern, textLength: run.textLength })
      if (steps > MAX_PATTERN_STEPS) {
        run.hasLeftOutPattern = true
        return undefined
      }
      spend(run, steps / STEPS_PER_UNIT)
      return pattern
    },
  })
}

function defineStepCounter(copy: object, node: Record<string, unknown>, run: Run): void {
  const literals = Array.isArray(node.enum) ? node.enum.length : 0
  const measuresText =
    node.minLength !== undefined || node.maxLength !== undefined || node.format !== undefined
  const names = isObject(node.patternProperties) ? Object.keys(node.patternProperties) : []
  Object.defineProperty(copy, '$recursiveAnchor', {
    get: () => {
      spend(run, 1 + literals / 100 + (measuresText ? run.textLength / STEPS_PER_UNIT : 0))
      for (const pattern of names) {
        spend(run, worstPatternSteps({ pattern, textLength: run.textLength }) / STEPS_PER_UNIT)
      }
      return undefined
    },
  })
}

function spend(run: Run, units: number): void {
  run.unitsLeft -= units
  if (run.unitsLeft < 0) throw new Error('The check takes too long.')
}
