import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../platform/random'
import { checkAgainstSchema } from '../../records/json-schema/check-against-schema'
import { drawJson } from './draw-json'
import { drawArguments } from './draw-tool-calls'

const seed = fc.integer({ min: 0, max: 1_000_000 })

/** Schemas that agents really send, and every keyword the drawing knows. */
const SCHEMAS: Record<string, unknown> = {
  'nested objects and lists': {
    type: 'object',
    required: ['order', 'items'],
    additionalProperties: false,
    properties: {
      order: {
        type: 'object',
        required: ['id', 'placed_at'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid' },
          placed_at: { type: 'string', format: 'date-time' },
        },
      },
      items: {
        type: 'array',
        minItems: 2,
        maxItems: 3,
        items: {
          type: 'object',
          required: ['sku', 'quantity'],
          properties: {
            sku: { type: 'string', pattern: '^[A-Z]{3}-\\d{4,6}$' },
            quantity: { type: 'integer', minimum: 1, maximum: 99 },
            tags: { type: 'array', items: { type: 'string', maxLength: 8 }, uniqueItems: true },
          },
        },
      },
    },
  },
  'enums and constants': {
    type: 'object',
    required: ['unit', 'version', 'mode'],
    properties: {
      unit: { enum: ['C', 'F', null] },
      version: { const: 3 },
      mode: { type: 'string', enum: ['fast'] },
    },
  },
  'one of several forms': {
    type: 'object',
    required: ['target'],
    properties: {
      target: {
        oneOf: [
          {
            type: 'object',
            required: ['kind', 'path'],
            properties: { kind: { const: 'file' }, path: { type: 'string' } },
          },
          {
            type: 'object',
            required: ['kind', 'url'],
            properties: { kind: { const: 'page' }, url: { type: 'string', format: 'uri' } },
          },
          { type: 'null' },
        ],
      },
    },
  },
  'any of, with common properties': {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string', minLength: 20 } },
    anyOf: [
      { required: ['email'], properties: { email: { type: 'string', format: 'email' } } },
      { required: ['phone'], properties: { phone: { type: 'string', pattern: '^\\+?[0-9]{7,12}$' } } },
    ],
  },
  'all of': {
    allOf: [
      { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 3 } } },
      { required: ['b'], properties: { b: { type: 'boolean' } } },
    ],
  },
  'references that recurse': {
    type: 'object',
    required: ['root'],
    properties: { root: { $ref: '#/definitions/node' } },
    definitions: {
      node: {
        type: 'object',
        required: ['value', 'children'],
        properties: {
          value: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
          children: { type: 'array', items: { $ref: '#/definitions/node' } },
        },
      },
    },
  },
  'a filter that nests without end unless it is stopped': {
    type: 'object',
    required: ['filter'],
    properties: { filter: { $ref: '#/$defs/filter' } },
    $defs: {
      filter: {
        anyOf: [
          {
            type: 'object',
            required: ['and'],
            properties: { and: { type: 'array', minItems: 2, items: { $ref: '#/$defs/filter' } } },
          },
          {
            type: 'object',
            required: ['field', 'equals'],
            properties: { field: { type: 'string' }, equals: { type: ['string', 'number', 'null'] } },
          },
        ],
      },
    },
  },
  'bounds of numbers': {
    type: 'object',
    required: ['half', 'price', 'negative', 'tight'],
    properties: {
      half: { type: 'number', multipleOf: 0.5, minimum: -2, exclusiveMaximum: 2 },
      price: { type: 'number', minimum: 0.01, maximum: 0.02 },
      negative: { type: 'integer', maximum: -10 },
      tight: { type: 'integer', minimum: 7, maximum: 7 },
    },
  },
  maps: {
    type: 'object',
    required: ['env'],
    properties: {
      env: { type: 'object', minProperties: 3, additionalProperties: { type: 'integer' } },
      labels: {
        type: 'object',
        patternProperties: { '^x_': { type: 'string' } },
        additionalProperties: false,
      },
    },
  },
  'tuples and contained items': {
    type: 'object',
    required: ['pair', 'list'],
    properties: {
      pair: { type: 'array', items: [{ type: 'number' }, { type: 'string' }], minItems: 2, maxItems: 2 },
      list: { type: 'array', contains: { const: 'urgent' }, minItems: 1 },
    },
  },
  'what only trying again finds': {
    type: 'object',
    required: ['size', 'note'],
    properties: {
      size: { type: 'integer', minimum: 1, maximum: 6, not: { const: 3 } },
      note: { type: 'string' },
    },
    if: { properties: { size: { const: 1 } } },
    else: { properties: { note: { minLength: 4 } } },
  },
  'no type said': {
    properties: { path: { minLength: 3 }, depth: { minimum: 2 } },
    required: ['path', 'depth'],
  },
  'names that objects have anyway': {
    type: 'object',
    required: ['__proto__', 'constructor'],
    properties: JSON.parse('{"__proto__":{"type":"string"},"constructor":{"type":"integer"}}'),
  },
  'every format': {
    type: 'object',
    required: ['date', 'time', 'ipv4', 'ipv6', 'hostname'],
    properties: Object.fromEntries(
      ['date', 'time', 'ipv4', 'ipv6', 'hostname'].map((format) => [format, { type: 'string', format }]),
    ),
  },
}

test.each(Object.entries(SCHEMAS))('satisfies a schema with %s', (_, schema) => {
  fc.assert(
    fc.property(seed, (drawn) => {
      const value = drawArguments(schema, createRandom(drawn))
      const sent: unknown = JSON.parse(JSON.stringify(value))
      expect(checkAgainstSchema({ schema, value: sent })).toEqual({
        result: 'valid',
        detail: null,
      })
    }),
    { numRuns: 60 },
  )
})

test('draws the same value from the same seed and different ones from others', () => {
  const schema = SCHEMAS['nested objects and lists']
  const drawn = (value: number) => JSON.stringify(drawJson({ schema, random: createRandom(value) }))
  expect(drawn(5)).toBe(drawn(5))
  expect(new Set(Array.from({ length: 20 }, (_, value) => drawn(value))).size).toBeGreaterThan(15)
})

test('fills in optional properties now and then', () => {
  const schema = { type: 'object', properties: { limit: { type: 'integer' } } }
  const values = Array.from({ length: 50 }, (_, value) => drawJson({ schema, random: createRandom(value) }))
  const filled = values.filter((value) => Object.hasOwn(Object(value), 'limit')).length
  expect(filled).toBeGreaterThan(10)
  expect(filled).toBeLessThan(45)
})

test.each([
  ['no object', 'nonsense'],
  ['a reference into nothing', { $ref: '#/definitions/missing' }],
  ['a reference to itself', { $ref: '#' }],
  ['an impossible range', { type: 'integer', minimum: 5, maximum: 2 }],
  ['an unknown type', { type: 'colour' }],
  ['a pattern that cannot be compiled', { type: 'string', pattern: '(' }],
  ['a list of a million items', { type: 'array', minItems: 1_000_000, items: { type: 'string' } }],
  ['all of itself', { allOf: [{ $ref: '#' }] }],
  ['an object that must hold itself', { type: 'object', required: ['a'], properties: { a: { $ref: '#' } } }],
])('gives the simplest value for %s, at once', (_, schema) => {
  const startedAtMs = performance.now()
  expect(JSON.stringify(drawJson({ schema, random: createRandom(1) }))).toBeDefined()
  expect(performance.now() - startedAtMs).toBeLessThan(500)
})
