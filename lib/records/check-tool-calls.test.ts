import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { branchingSchema } from '../testing/branching-schema'
import { checkToolCalls, type OfferedTool, readOfferedTools } from './check-tool-calls'

const weather = {
  type: 'object',
  properties: { city: { type: 'string', minLength: 1 }, days: { type: 'integer', maximum: 14 } },
  required: ['city'],
  additionalProperties: false,
}
const offered: OfferedTool[] = [
  { name: 'get_weather', schema: weather },
  { name: 'ping', schema: undefined },
]

const verdictOf = (name: string, text: string | null, tools: OfferedTool[] | null = offered) =>
  checkToolCalls([{ name, arguments: text }], tools)[0]

const against = (schema: unknown, value: unknown) =>
  verdictOf('t', JSON.stringify(value), [{ name: 't', schema }])

describe('readOfferedTools', () => {
  test.each([
    ['OpenAI, nested', { type: 'function', function: { name: 'get_weather', parameters: weather } }],
    ['flat, parameters', { type: 'function', name: 'get_weather', parameters: weather }],
    ['flat, inputSchema', { type: 'function', name: 'get_weather', inputSchema: weather }],
    ['Anthropic', { name: 'get_weather', input_schema: weather }],
    ['Gemini', { functionDeclarations: [{ name: 'get_weather', parameters: weather }] }],
    ['JSON text', JSON.stringify({ type: 'function', name: 'get_weather', parameters: weather })],
  ])('reads %s', (_shape, entry) => {
    expect(readOfferedTools([entry])).toEqual([{ name: 'get_weather', schema: weather }])
  })

  test('names a built-in tool by its type', () => {
    expect(readOfferedTools([{ type: 'web_search' }])).toEqual([{ name: 'web_search', schema: undefined }])
  })

  test('an empty list is known to be empty', () => {
    expect(readOfferedTools([])).toEqual([])
  })

  test.each([null, undefined, 'x', 7, {}, [null], [{}], ['not json'], [{ name: 'a' }, 3], [{ name: '' }]])(
    '%j is unknown, not empty',
    (value) => {
      expect(readOfferedTools(value)).toBeNull()
    },
  )

  test('never throws', () => {
    fc.assert(fc.property(fc.anything(), (value) => void readOfferedTools([value])))
  })
})

describe('checkToolCalls', () => {
  test.each([
    ['get_weather', '{"city":"Oslo"}', 'valid'],
    ['get_weather', '{"city":"Oslo","days":3.0}', 'valid'],
    ['get_weather', '{"city":"Oslo"', 'invalid_json'],
    ['get_weather', 'city=Oslo', 'invalid_json'],
    ['get_wether', '{"city":"Oslo"}', 'unknown_name'],
    ['get_wether', '{', 'invalid_json'],
    ['get_weather', '{}', 'schema_mismatch'],
    ['get_weather', '', 'schema_mismatch'],
    ['get_weather', '{"city":""}', 'schema_mismatch'],
    ['get_weather', '{"city":"Oslo","days":15}', 'schema_mismatch'],
    ['get_weather', '{"city":"Oslo","unit":"C"}', 'schema_mismatch'],
    ['get_weather', '[]', 'schema_mismatch'],
    ['get_weather', null, 'unknown'],
    ['ping', '', 'valid'],
    ['ping', '{"any":1}', 'valid'],
    ['constructor', '{}', 'unknown_name'],
  ])('%s(%s) is %s', (name, text, verdict) => {
    expect(verdictOf(name, text)?.verdict).toBe(verdict)
  })

  test('knows nothing when the log has no tools, not even of broken arguments', () => {
    expect(verdictOf('get_weather', '{', null)).toEqual({
      name: 'get_weather',
      verdict: 'unknown',
      detail: null,
    })
  })

  test('says in a sentence what is wrong, within 300 characters and without NUL', () => {
    expect(verdictOf('get_weather', '{}')?.detail).toContain('city')
    const long = verdictOf(`\0${'x'.repeat(5000)}`, '{}')
    expect(long?.name).toHaveLength(199)
    expect(long?.detail?.length).toBeLessThanOrEqual(300)
    expect(long?.detail).not.toContain('\0')
  })

  test('takes a value that the log has already parsed', () => {
    const check = (argumentsValue: unknown) =>
      checkToolCalls([{ name: 'get_weather', arguments: null, argumentsValue }], offered)[0]?.verdict
    expect(check({ city: 'Oslo' })).toBe('valid')
    expect(check({ city: 7 })).toBe('schema_mismatch')
    expect(check(undefined)).toBe('unknown')
  })

  test.each([
    ['an unknown type', { type: 'banana' }],
    ["Gemini's upper-case types", { type: 'OBJECT', properties: { city: { type: 'STRING' } } }],
    ['a pattern that does not compile', { properties: { city: { pattern: '(' } } }],
    ['a reference to nowhere', { $ref: '#/definitions/none' }],
    ['a list', []],
    ['null', null],
    ['a text', 'object'],
    ['nested too deeply', JSON.parse(`${'{"not":'.repeat(500)}{}${'}'.repeat(500)}`)],
  ])('a schema that cannot be compiled, %s, finds nothing wrong', (_case, schema) => {
    expect(against(schema, { city: 'Oslo' })?.verdict).toBe('valid')
  })

  test.each([
    ['false', false, {}, 'schema_mismatch'],
    ['true', true, {}, 'valid'],
    ['pattern', { properties: { id: { pattern: '^[a-z]+$' } } }, { id: 'A1' }, 'schema_mismatch'],
    [
      'patternProperties',
      { patternProperties: { '^n_': { type: 'number' } } },
      { n_a: 'x' },
      'schema_mismatch',
    ],
    ['enum', { properties: { u: { enum: ['C', 'F'] } } }, { u: 'K' }, 'schema_mismatch'],
    ['format', { properties: { d: { format: 'date' } } }, { d: 'today' }, 'schema_mismatch'],
    ['uniqueItems', { properties: { a: { uniqueItems: true } } }, { a: [1, 1] }, 'schema_mismatch'],
    [
      '$ref',
      { $defs: { n: { type: 'number' } }, properties: { a: { $ref: '#/$defs/n' } } },
      { a: 'x' },
      'schema_mismatch',
    ],
    [
      'a property named pattern',
      { properties: { pattern: { type: 'string' } } },
      { pattern: 1 },
      'schema_mismatch',
    ],
    [
      'a property named title',
      { properties: { title: { type: 'string' } } },
      { title: 1 },
      'schema_mismatch',
    ],
    ['a property named __proto__', JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'), {}, 'valid'],
    ['an unknown format', { properties: { d: { format: 'url' } } }, { d: 'x' }, 'valid'],
  ])('follows draft 7: %s', (_keyword, schema, value, verdict) => {
    expect(against(schema, value)?.verdict).toBe(verdict)
  })

  test('leaves out a pattern it cannot bound, and still checks the rest', () => {
    const schema = { properties: { a: { type: 'string', pattern: '^(a+)+$' } }, required: ['a'] }
    expect(against(schema, { a: `${'a'.repeat(100)}!` })?.verdict).toBe('valid')
    expect(against(schema, { a: 7 })?.verdict).toBe('schema_mismatch')
  })

  test('does not blame a call for what it left out below a not', () => {
    const schema = { properties: { a: { not: { pattern: '^(a+)+$' } } } }
    expect(against(schema, { a: 'b' })?.verdict).toBe('unknown')
  })
})

describe('hostile schemas and arguments end soon', () => {
  const deep = (depth: number): unknown => JSON.parse(`${'{"child":'.repeat(depth)}{}${'}'.repeat(depth)}`)
  test.each<[string, unknown, unknown, string]>([
    ['references that double', branchingSchema(40), {}, 'unknown'],
    ['a reference to itself', { allOf: [{ $ref: '#' }, { $ref: '#' }] }, {}, 'unknown'],
    [
      'recursion that branches',
      { properties: { child: { anyOf: [{ allOf: [{ $ref: '#' }, false] }, { $ref: '#' }] } } },
      deep(60),
      'unknown',
    ],
    [
      'recursion that branches and fails',
      { properties: { child: { allOf: [{ $ref: '#' }, { $ref: '#' }] } } },
      deep(60),
      'unknown',
    ],
    [
      'a catastrophic pattern of names',
      { patternProperties: { '^(a+)+$': {} } },
      { [`${'a'.repeat(50)}!`]: 1 },
      'unknown',
    ],
    [
      'unique items without end',
      { properties: { a: { uniqueItems: true } } },
      { a: Array.from({ length: 30_000 }, (_, index) => index) },
      'unknown',
    ],
    ['a cubic pattern', { properties: { a: { pattern: 'a*a*a*b' } } }, { a: 'a'.repeat(100_000) }, 'valid'],
    [
      'a format that backtracks',
      { properties: { a: { format: 'url' } } },
      { a: `http://${'a'.repeat(200)}!` },
      'valid',
    ],
    ['arguments without end', {}, { a: 'a'.repeat(300_000) }, 'unknown'],
  ])('%s', (_case, schema, value, verdict) => {
    expect(against(schema, value)?.verdict).toBe(verdict)
  })

  test('deep arguments', () => {
    const text = `${'{"child":'.repeat(20_000)}{}${'}'.repeat(20_000)}`
    const tools = [{ name: 't', schema: { properties: { child: { $ref: '#' } } } }]
    expect(verdictOf('t', text, tools)?.verdict).toBe('unknown')
    expect(verdictOf('t', text, [{ name: 't', schema: {} }])?.verdict).toBe('valid')
  })

  test('never throws', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (schema, text) => {
        expect(verdictOf('t', text, [{ name: 't', schema: JSON.parse(schema) }])?.name).toBe('t')
      }),
    )
  })
})
