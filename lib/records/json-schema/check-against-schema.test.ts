import { describe, expect, test } from 'vitest'
import { createCheckBudget } from '../check-budget'
import { checkAgainstSchema } from './check-against-schema'

const resultOf = (schema: unknown, value: unknown) => checkAgainstSchema({ schema, value }).result

describe('says what is wrong and where', () => {
  test.each<[unknown, unknown, string]>([
    [{ type: 'integer' }, 1.5, '#: Expected integer, got number.'],
    [{ type: ['string', 'null'] }, [], '#: Expected string or null, got array.'],
    [{ enum: ['C', 'F', null] }, 'K', '#: Expected one of "C", "F", null.'],
    [{ const: { a: 1 } }, { a: 2 }, '#: Expected an object.'],
    [{ minimum: 0 }, -1, '#: Expected at least 0, got -1.'],
    [{ exclusiveMaximum: 5 }, 5, '#: Expected less than 5, got 5.'],
    [{ multipleOf: 0.1 }, 0.25, '#: Expected a multiple of 0.1, got 0.25.'],
    [{ minLength: 3 }, 'ab', '#: Expected at least 3 characters, got 2.'],
    [{ pattern: '^a' }, 'b', '#: Expected a match of "^a".'],
    [{ format: 'date' }, 'today', '#: Expected the format date.'],
    [{ maxItems: 1 }, [1, 2], '#: Expected at most 1 items, got 2.'],
    [{ uniqueItems: true }, [1, 1], '#: Expected no item twice.'],
    [{ contains: { const: 1 } }, [2], '#: Expected an item that matches the schema of contains.'],
    [{ required: ['a', 'b'] }, { a: 1 }, '#: The required property "b" is missing.'],
    [{ additionalProperties: false }, { a: 1 }, '#/a: No property of this name is allowed.'],
    [{ dependencies: { a: ['b'] } }, { a: 1 }, '#: A property is there without the others that it asks for.'],
    [{ not: {} }, 1, '#: Expected no match of the schema of not.'],
    [{ anyOf: [false, false] }, 1, '#: Expected a match of one of the 2 schemas of anyOf.'],
    [{ oneOf: [true, {}] }, 1, '#: Expected a match of exactly one of the 2 schemas of oneOf.'],
    [false, 1, '#: No value is allowed here.'],
    [
      { properties: { list: { items: { properties: { id: { type: 'string' } } } } } },
      { list: [{ id: 'a' }, { id: 7 }] },
      '#/list/1/id: Expected string, got number.',
    ],
    [
      { anyOf: [{ properties: { a: { type: 'string' } } }, false], type: 'object' },
      { a: 7 },
      '#: Expected a match of one of the 2 schemas of anyOf.',
    ],
  ])('%j against %j', (schema, value, detail) => {
    expect(checkAgainstSchema({ schema, value })).toEqual({ result: 'invalid', detail })
  })

  test('in a short sentence, however long the values are', () => {
    const schema = { enum: Array.from({ length: 5000 }, (_, index) => `${index}${'x'.repeat(10)}`) }
    const { detail } = checkAgainstSchema({ schema, value: 'y'.repeat(10_000) })
    expect(detail?.length).toBeLessThan(300)
    expect(detail).toContain('5000 values')
    const deep = checkAgainstSchema({
      schema: { additionalProperties: false },
      value: { ['k'.repeat(5000)]: 1 },
    })
    expect(deep.detail).toMatch(/^#…k{120}: No property/)
  })

  test('without the texts of the value', () => {
    const schemas = [
      { enum: ['a'] },
      { const: 'a' },
      { pattern: '^a' },
      { format: 'date' },
      { minLength: 10 },
      { type: 'null' },
    ]
    for (const schema of schemas)
      expect(checkAgainstSchema({ schema, value: 'secret' }).detail).not.toContain('secret')
  })
})

describe('follows references', () => {
  const string = { type: 'string' }
  test.each<[string, unknown]>([
    ['to the whole', { properties: { child: { $ref: '#' }, name: string } }],
    ['by a pointer', { properties: { name: { $ref: '#/$defs/a~1b%25' } }, $defs: { 'a/b%': string } }],
    [
      'by a pointer into a list',
      { properties: { name: { $ref: '#/allOf/0/items' } }, allOf: [{ items: string }] },
    ],
    [
      'to a keyword that is none',
      { properties: { name: { $ref: '#/components/name' } }, components: { name: string } },
    ],
    [
      'by a name',
      { properties: { name: { $ref: '#name' } }, definitions: { x: { $id: '#name', ...string } } },
    ],
    [
      'by an anchor',
      { properties: { name: { $ref: '#name' } }, $defs: { x: { $anchor: 'name', ...string } } },
    ],
    [
      'by an address',
      {
        $id: 'https://sightglass.example/schemas/root.json',
        properties: { name: { $ref: 'name.json' } },
        definitions: { x: { $id: 'name.json', ...string } },
      },
    ],
    [
      'from within an address of its own',
      {
        properties: { name: { $ref: 'urn:example:name' } },
        definitions: { x: { $id: 'urn:example:name', $ref: '#/definitions/y' }, y: {} },
        $defs: { z: { $id: 'urn:example:name', allOf: [{ $ref: '#/$defs/n' }], $defs: { n: string } } },
      },
    ],
    [
      'to a reference',
      { properties: { name: { $ref: '#/$defs/a' } }, $defs: { a: { $ref: '#/$defs/b' }, b: string } },
    ],
  ])('%s', (_case, schema) => {
    expect(resultOf(schema, { name: 'Ida' })).toBe('valid')
    expect(resultOf(schema, { name: 7 })).toBe('invalid')
  })

  test('ignores what stands beside one, as draft 7 says', () => {
    expect(
      resultOf({ properties: { a: { $ref: '#/$defs/x', type: 'string' } }, $defs: { x: {} } }, { a: 7 }),
    ).toBe('valid')
  })
})

describe('what draft 7 does not know', () => {
  test.each<[string, unknown, unknown, string]>([
    ['draft 4 and OpenAPI: exclusiveMinimum as a flag', { minimum: 1, exclusiveMinimum: true }, 1, 'valid'],
    [
      'draft 3: required at the property',
      { properties: { a: { required: true, type: 'string' } } },
      { a: 7 },
      'invalid',
    ],
    ['a list for properties', { properties: [], required: ['a'] }, {}, 'invalid'],
    [
      'no schema for a property',
      { properties: { a: 'string' }, additionalProperties: false },
      { a: 7 },
      'valid',
    ],
    ['a text for enum', { enum: 'C' }, 'K', 'valid'],
    ['no schema for items', { items: 'string' }, [7], 'valid'],
    ['no schema below not', { not: 7 }, 7, 'valid'],
    ['a malformed keyword below not', { not: { enum: 'C' } }, 'C', 'unchecked'],
    ['draft 2020-12: prefixItems', { prefixItems: [{ type: 'string' }], items: false }, ['a', 1], 'invalid'],
    ['draft 2019-09: dependentRequired', { dependentRequired: { a: ['b'] } }, { a: 1 }, 'invalid'],
    [
      'draft 2019-09: dependentSchemas',
      { dependentSchemas: { a: { required: ['b'] } } },
      { a: 1 },
      'invalid',
    ],
    ['draft 2019-09: minContains', { contains: { const: 1 }, minContains: 2 }, [1], 'invalid'],
    ['draft 2019-09: maxContains', { contains: { const: 1 }, maxContains: 1 }, [1, 1], 'invalid'],
  ])('%s', (_case, schema, value, result) => {
    expect(resultOf(schema, value)).toBe(result)
  })
})

describe('charges what a check costs', () => {
  const many = Array.from({ length: 1000 }, (_, index) => index)
  const keys = Object.fromEntries(many.map((index) => [`key${index}`, index]))
  const long = 'a'.repeat(10_000)
  test.each<[string, unknown, unknown, number]>([
    ['each item', { items: {} }, many, 1000],
    ['each item that may be contained', { contains: false }, many, 1000],
    ['each unique item', { uniqueItems: true }, many, 1000],
    ['unique texts by their length', { uniqueItems: true }, [long], 1000],
    ['each property', { additionalProperties: true }, keys, 1000],
    ['counting properties', { maxProperties: 1 }, keys, 1000],
    ['each name', { propertyNames: {} }, keys, 1000],
    ['each name against each pattern', { patternProperties: { '^x': {}, '^y': {} } }, keys, 2000],
    ['each required property', { required: Object.keys(keys) }, keys, 1000],
    [
      'each dependency',
      { dependencies: Object.fromEntries(many.map((index) => [`key${index}`, []])) },
      {},
      1000,
    ],
    ['each schema of anyOf', { anyOf: many.map(() => false) }, {}, 1000],
    ['each schema of oneOf', { oneOf: many.map(() => false) }, {}, 1000],
    ['each schema of allOf', { allOf: many.map(() => true) }, {}, 1000],
    ['comparing structures', { const: many }, many, 1000],
    ['comparing long texts', { const: long }, long, 100],
    ['counting characters', { maxLength: 9000 }, long, 1000],
    ['matching a pattern', { pattern: '^[a-z]*$' }, long, 1000],
    ['a format', { format: 'email' }, 'ida@kontor.example', 100],
    ['an expression as a value', { format: 'regex' }, '[\\p{L}]', 10_000],
    ['decimal fractions', { multipleOf: 1e-300 }, 1.5e300, 100],
  ])('%s', (_case, schema, value, atLeast) => {
    const budget = createCheckBudget()
    // The first check compiles the schema.
    checkAgainstSchema({ schema, value, budget })
    const before = budget.stepsLeft
    expect(checkAgainstSchema({ schema, value, budget }).result).not.toBe('unchecked')
    expect(before - budget.stepsLeft).toBeGreaterThanOrEqual(atLeast)
  })

  test('compiling, once for the same schema', () => {
    const schema = { properties: Object.fromEntries(many.map((index) => [`p${index}`, { type: 'string' }])) }
    const budget = createCheckBudget()
    const most = budget.stepsLeft
    checkAgainstSchema({ schema, value: {}, budget })
    const compiled = budget.stepsLeft
    expect(most - compiled).toBeGreaterThan(10_000)
    checkAgainstSchema({ schema, value: {}, budget })
    expect(compiled - budget.stepsLeft).toBeLessThan(10)
  })

  test('addresses, however many and long', () => {
    const here = { allOf: [{ $ref: '#here' }], $defs: { here: { $anchor: 'here' } } }
    const addressed = many.map((index) => ({ $id: `https://sightglass.example/${index}` }))
    expect(resultOf(here, 1)).toBe('valid')
    expect(resultOf({ ...here, anyOf: addressed }, 1)).toBe('unchecked')
    expect(resultOf({ $ref: `https://sightglass.example/${'x'.repeat(5000)}` }, 1)).toBe('valid')
  })

  test('patterns of many characters that Unicode defines, before they are compiled', () => {
    const patterns = many.map((index) => ({ pattern: `^\\p{L}${index}$` }))
    expect(resultOf({ allOf: patterns }, 'a')).toBe('unchecked')
  })
})
