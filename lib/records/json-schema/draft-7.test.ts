import { type Schema, Validator } from '@cfworker/json-schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAgainstSchema } from './check-against-schema'

/** Few names, texts and numbers, so that schemas and values meet. */
const name = fc.constantFrom('a', 'b', 'c', 'id', '')
const text = fc.constantFrom('', 'a', 'ab', 'abc', '𝒳𝒳', '2026-12-01', 'ida@kontor.example', '127.0.0.1')
const number = fc.constantFrom(-1, 0, 1, 2, 3, 7, 0.1, 0.3, 1.5, 1e21)
const count = fc.nat(4)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
  ),
}))
const type = fc.constantFrom('array', 'boolean', 'integer', 'null', 'number', 'object', 'string')
const pattern = fc.constantFrom('a', '^a', 'b$', '^[a-c]+$', '^.?$', '\\d', '[^@]+@[^@]+', '^(a|b)$')
const format = fc.constantFrom(
  'date',
  'time',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
  'regex',
  'made-up',
)
const reference = fc.constantFrom(
  '#',
  '#/$defs/x',
  '#/definitions/y',
  'other.json',
  '#here',
  'other.json#/items',
)
const names = fc.uniqueArray(name, { maxLength: 3 })

const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
  const map = (key: fc.Arbitrary<string>) => fc.dictionary(key, tie('schema'), { maxKeys: 3 })
  const list = fc.array(tie('schema'), { minLength: 1, maxLength: 3 })
  const keywords: [string, fc.Arbitrary<unknown>][] = [
    ['type', fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 }))],
    ['enum', fc.array(value, { minLength: 1, maxLength: 4 })],
    ['const', value],
    ['minimum', number],
    ['maximum', number],
    ['exclusiveMinimum', number],
    ['exclusiveMaximum', number],
    ['multipleOf', fc.constantFrom(1, 2, 0.1, 0.5)],
    ['minLength', count],
    ['maxLength', count],
    ['pattern', pattern],
    ['format', format],
    ['minItems', count],
    ['maxItems', count],
    ['uniqueItems', fc.boolean()],
    ['contains', tie('schema')],
    ['items', fc.oneof(tie('schema'), list)],
    ['additionalItems', tie('schema')],
    ['minProperties', count],
    ['maxProperties', count],
    ['required', names],
    ['propertyNames', tie('schema')],
    ['properties', map(name)],
    ['patternProperties', map(pattern)],
    ['additionalProperties', tie('schema')],
    ['dependencies', fc.dictionary(name, fc.oneof(names, tie('schema')), { maxKeys: 2 })],
    ['allOf', list],
    ['anyOf', list],
    ['oneOf', list],
    ['not', tie('schema')],
    ['if', tie('schema')],
    ['then', tie('schema')],
    ['else', tie('schema')],
  ]
  const some = fc
    .subarray(keywords, { minLength: 1, maxLength: 4 })
    .chain((chosen) => fc.record(Object.fromEntries(chosen)))
  const pointing = fc.record({ $ref: reference })
  return { schema: fc.oneof({ maxDepth: 3, depthIdentifier: 'schema' }, fc.boolean(), some, pointing) }
})

const document = fc.tuple(schema, schema, schema, type).map(([root, x, y, other]) => ({
  ...(typeof root === 'object' ? root : { not: !root }),
  $defs: { x },
  definitions: {
    y,
    other: { $id: 'other.json', items: { type: other } },
    here: { $id: '#here', minLength: 2 },
  },
}))

test('agrees with @cfworker/json-schema on any schema and value', () => {
  fc.assert(
    fc.property(document, value, (root, instance) => {
      const expected = libraryVerdict(root, instance)
      if (expected === null) return
      expect(checkAgainstSchema({ schema: root, value: instance }).result).toBe(expected)
    }),
    { numRuns: 1000 },
  )
})

/** Null where the library throws: references that never end. */
function libraryVerdict(root: object, instance: unknown): 'valid' | 'invalid' | null {
  // The library writes into the schema, and keeps an object's prototype.
  const copy: Schema = JSON.parse(JSON.stringify(root))
  try {
    return new Validator(copy, '7').validate(instance).valid ? 'valid' : 'invalid'
  } catch {
    return null
  }
}
