import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mapAt, placeOf, valuesAt } from './wire-paths'

const BODY = {
  model: 'm',
  messages: [
    { role: 'user', content: 'hi' },
    { role: 'assistant', tool_calls: [{ id: 'a' }, { id: 'b' }] },
    'no message',
  ],
  tools: [{ function: { name: 'x' } }],
  maxTokens: 3,
}

test('values are found through lists and fields', () => {
  expect(valuesAt(BODY, 'messages[].tool_calls[].id')).toEqual(['a', 'b'])
  expect(valuesAt(BODY, 'tools[].function.name')).toEqual(['x'])
  expect(valuesAt(BODY, 'model[].x')).toEqual([])
  expect(valuesAt(BODY, 'nothing.there')).toEqual([])
})

test('mapping copies what it changes and keeps the rest', () => {
  const mapped = mapAt(BODY, 'messages[].tool_calls[].id', (id) => `${id}!`)
  expect(valuesAt(mapped, 'messages[].tool_calls[].id')).toEqual(['a!', 'b!'])
  expect(mapped.tools).toBe(BODY.tools)
  expect(valuesAt(BODY, 'messages[].tool_calls[].id')).toEqual(['a', 'b'])
  expect(mapAt(BODY, 'tools[].function.name', (name) => name)).toBe(BODY)
  expect(mapAt(BODY, 'tools.function', () => 1)).toBe(BODY)
})

test('undefined takes a field out', () => {
  expect(mapAt(BODY, 'tools[].function.name', () => undefined).tools).toEqual([{ function: {} }])
  expect(mapAt(BODY, 'maxTokens', () => undefined)).not.toHaveProperty('maxTokens')
})

test('mapping finds exactly the values, in any body', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.jsonValue()), (body) => {
      for (const path of ['a', 'a[].b', 'b.a', '__proto__.a']) {
        const seen: unknown[] = []
        const mapped = mapAt(body, path, (value) => {
          seen.push(value)
          return value
        })
        expect(mapped).toBe(body)
        expect(seen).toEqual(valuesAt(body, path))
      }
    }),
  )
})

describe('the place that a provider means', () => {
  const rows: [string, string | null][] = [
    ['model', 'model'],
    ['messages.1.tool_calls.0.id', 'messages[].tool_calls[].id'],
    ['messages[1].tool_calls[0].id', 'messages[].tool_calls[].id'],
    ['#/messages/1/role', 'messages[].role'],
    ['body.messages.1.assistant.role', 'messages[].role'],
    ["'body', 'messages', 1, 'role'", 'messages[].role'],
    ['tools.0.custom.function.name', 'tools[].function.name'],
    ['messages.tool_calls.id', 'messages[].tool_calls[].id'],
    ['max_tokens', 'maxTokens'],
    ['GenerateContentRequest.tools[0].function', 'tools[].function'],
    ['messages.1.nothing', null],
    ['seed', null],
    ['', null],
    ['7', null],
  ]
  test.each(rows)('%s', (said, expected) => {
    expect(placeOf(BODY, said)).toBe(expected)
  })
})
