import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { branchingSchema } from '../testing/branching-schema'
import { createCheckBudget } from './check-budget'
import { checkStructuredOutput, type OutputFormat } from './check-structured-output'
import { OUTPUT_VERDICTS } from './vocabulary'

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
  required: ['name', 'age'],
  additionalProperties: false,
}
const asPerson: OutputFormat = { type: 'json_schema', schema: person }
const asObject: OutputFormat = { type: 'json_object' }

const check = (text: string | null, format: OutputFormat = asPerson, finishReason: string | null = 'stop') =>
  checkStructuredOutput({ text, format, finishReason })

test('has nothing to say where any text would do', () => {
  expect(check('Hello.', { type: 'text' })).toBeNull()
})

describe('against a schema', () => {
  test.each<[string, string, string | null]>([
    ['{"name":"Ida","age":7}', 'valid', null],
    [' \n{"name":"Ida","age":7}\n', 'valid', null],
    ['{"name":"Ida"}', 'schema_mismatch', '#: The required property "age" is missing.'],
    ['{"name":"Ida","age":-1}', 'schema_mismatch', '#/age: Expected at least 0, got -1.'],
    [
      '{"name":"Ida","age":7,"town":"Oslo"}',
      'schema_mismatch',
      '#/town: No property of this name is allowed.',
    ],
    ['[]', 'schema_mismatch', '#: Expected object, got array.'],
    ['"Ida"', 'schema_mismatch', '#: Expected object, got string.'],
    ['', 'invalid_json', 'The answer is empty.'],
    [' \n', 'invalid_json', 'The answer is empty.'],
    ['Ida is seven.', 'invalid_json', 'The answer is text, not JSON.'],
    ['Sure! {"name":"Ida","age":7}', 'invalid_json', 'The answer is text, not JSON.'],
    ['{"name":"Ida","age":7', 'invalid_json', 'The answer begins as JSON and does not end as JSON.'],
    [
      '{"name":"Ida","age":7} Anything else?',
      'invalid_json',
      'The answer begins as JSON and does not end as JSON.',
    ],
    ["{'name':'Ida','age':7}", 'invalid_json', 'The answer is not valid JSON.'],
    ['{"name":"Ida","age":7,}', 'invalid_json', 'The answer is not valid JSON.'],
    ['{"name":"Ida","age":7}{"name":"Bo","age":8}', 'invalid_json', 'The answer is not valid JSON.'],
  ])('%j is %s', (text, verdict, detail) => {
    expect(check(text)).toEqual({ verdict, detail })
  })

  test.each([
    '```json\n{"name":"Ida","age":7}\n```',
    '```\n{"name":"Ida","age":7}```',
    '~~~json\n{"name":"Ida","age":7}\n~~~',
  ])('%j is JSON inside a fence, not JSON', (text) => {
    const detail = 'The answer is JSON inside a Markdown code fence, not JSON alone.'
    expect(check(text)).toEqual({ verdict: 'invalid_json', detail })
  })

  test('a fence around something else is said to be one', () => {
    const detail = 'The answer is a Markdown code fence, not JSON.'
    expect(check('```python\nprint(7)\n```')).toEqual({ verdict: 'invalid_json', detail })
    expect(check('```')).toEqual({ verdict: 'invalid_json', detail })
  })

  test.each([undefined, null, { type: 'banana' }, { $ref: '#/nowhere' }])(
    'a schema that is missing or cannot be compiled, %j, finds nothing wrong with JSON',
    (schema) => {
      expect(check('{}', { type: 'json_schema', schema })?.verdict).toBe('valid')
      expect(check('{', { type: 'json_schema', schema })?.verdict).toBe('invalid_json')
    },
  )
})

describe('JSON mode takes any object', () => {
  test.each([
    ['{}', 'valid'],
    ['{"any":[1]}', 'valid'],
    ['[{}]', 'schema_mismatch'],
    ['7', 'schema_mismatch'],
    ['null', 'schema_mismatch'],
    ['', 'invalid_json'],
    ['```json\n{}\n```', 'invalid_json'],
  ])('%j is %s', (text, verdict) => {
    expect(check(text, asObject)?.verdict).toBe(verdict)
  })
})

describe('cannot be judged', () => {
  test.each(['length', 'content_filter', 'tool_calls', 'error'])(
    'an answer that ended by %s',
    (finishReason) => {
      for (const text of ['', '{"name":', '{"name":"Ida","age":7}', null]) {
        expect(check(text, asPerson, finishReason)?.verdict).toBe('unknown')
        expect(check(text, asObject, finishReason)?.detail).not.toBeNull()
      }
    },
  )

  test.each([null, 'stop', 'eos_reached', 'constructor'])(
    'is not what the finish reason %s says',
    (finishReason) => {
      expect(check('{', asPerson, finishReason)?.verdict).toBe('invalid_json')
    },
  )

  test('a text that is not known, or too long', () => {
    expect(check(null)?.verdict).toBe('unknown')
    expect(check(`"${'x'.repeat(2_000_000)}"`)?.verdict).toBe('unknown')
  })

  test('a schema that takes more steps than the answer has', () => {
    const budget = createCheckBudget()
    const format: OutputFormat = { type: 'json_schema', schema: branchingSchema(40) }
    const verdicts = Array.from(
      { length: 100 },
      () => checkStructuredOutput({ text: '{}', format, finishReason: 'stop', budget })?.verdict,
    )
    expect(new Set(verdicts)).toEqual(new Set(['unknown']))
    expect(budget.stepsLeft).toBe(0)
  })
})

test('never throws, and repeats nothing of the answer when it is no JSON', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(asPerson, asObject), (text, format) => {
      const answer = check(`secret ${text}`, format)
      expect(OUTPUT_VERDICTS).toContain(answer?.verdict)
      expect(answer?.detail).not.toContain('secret')
    }),
  )
})
