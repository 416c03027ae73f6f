import { isObject } from '../../platform/json-value'
import type { Run } from './check'

type Explain = (expected: unknown, value: unknown) => string

const MAX_TEXT_LENGTH = 60
const MAX_NAMED = 10
const MAX_PLACE_LENGTH = 120

/**
 * What each keyword asked for, in a sentence. `expected` is its value in the schema. The texts of the checked value
 * stay out of it: completions are not stored.
 */
const SENTENCES: Readonly<Record<string, Explain>> = {
  type: (expected, value) => `Expected ${asList(expected).join(' or ')}, got ${typeOf(value)}.`,
  enum: (expected) => `Expected one of ${nameSome(asList(expected))}.`,
  const: (expected) => `Expected ${name(expected)}.`,
  minimum: (expected, value) => `Expected at least ${expected}, got ${value}.`,
  maximum: (expected, value) => `Expected at most ${expected}, got ${value}.`,
  exclusiveMinimum: (expected, value) => `Expected more than ${expected}, got ${value}.`,
  exclusiveMaximum: (expected, value) => `Expected less than ${expected}, got ${value}.`,
  multipleOf: (expected, value) => `Expected a multiple of ${expected}, got ${value}.`,
  minLength: (expected, value) => `Expected at least ${expected} characters, got ${lengthOf(value)}.`,
  maxLength: (expected, value) => `Expected at most ${expected} characters, got ${lengthOf(value)}.`,
  pattern: (expected) => `Expected a match of ${name(expected)}.`,
  format: (expected) => `Expected the format ${expected}.`,
  minItems: (expected, value) => `Expected at least ${expected} items, got ${sizeOf(value)}.`,
  maxItems: (expected, value) => `Expected at most ${expected} items, got ${sizeOf(value)}.`,
  uniqueItems: () => 'Expected no item twice.',
  contains: () => 'Expected an item that matches the schema of contains.',
  minContains: (expected) => `Expected at least ${expected} items that match the schema of contains.`,
  maxContains: (expected) => `Expected at most ${expected} items that match the schema of contains.`,
  minProperties: (expected, value) => `Expected at least ${expected} properties, got ${sizeOf(value)}.`,
  maxProperties: (expected, value) => `Expected at most ${expected} properties, got ${sizeOf(value)}.`,
  required: (expected, value) => `The required property ${missingIn(value, expected)} is missing.`,
  dependencies: () => 'A property is there without the others that it asks for.',
  dependentRequired: () => 'A property is there without the others that it asks for.',
  additionalProperties: () => 'No property of this name is allowed.',
  anyOf: (expected) => `Expected a match of one of the ${sizeOf(expected)} schemas of anyOf.`,
  oneOf: (expected) => `Expected a match of exactly one of the ${sizeOf(expected)} schemas of oneOf.`,
  not: () => 'Expected no match of the schema of not.',
}

/** What was wrong in the end, and where: `#/city: Expected string, got number.` Null when nothing was. */
export function explainFailure({ broken, path }: Run): string | null {
  if (broken === null) return null
  const place = ['#', ...path.toReversed()].join('/')
  const shown = place.length > MAX_PLACE_LENGTH ? `#…${place.slice(-MAX_PLACE_LENGTH)}` : place
  const sentence = SENTENCES[broken.keyword]?.(broken.schema[broken.keyword], broken.value)
  return `${shown}: ${sentence ?? 'No value is allowed here.'}`
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** Short values as they are, long texts cut, lists and objects by their kind. */
function name(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value.length > MAX_TEXT_LENGTH ? `${value.slice(0, MAX_TEXT_LENGTH)}…` : value)
}

function nameSome(values: readonly unknown[]): string {
  const named = values.slice(0, MAX_NAMED).map(name).join(', ')
  return values.length > MAX_NAMED ? `${named}, … (${values.length} values)` : named
}

function lengthOf(value: unknown): number {
  return [...String(value)].length
}

function sizeOf(value: unknown): number {
  return Array.isArray(value) ? value.length : Object.keys(Object(value)).length
}

function missingIn(value: unknown, names: unknown): string {
  return name(asList(names).find((key) => isObject(value) && !Object.hasOwn(value, String(key))))
}
