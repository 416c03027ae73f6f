import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemPromptOf } from './system-prompt'

test.each<[string, { system?: unknown; messages?: unknown }, string | null]>([
  ['none', {}, null],
  ['no system message', { messages: [{ role: 'user', content: 'hi' }] }, null],
  [
    'chat',
    {
      messages: [
        { role: 'system', content: 'a' },
        { role: 'user', content: 'hi' },
      ],
    },
    'a',
  ],
  ['developer', { messages: [{ role: 'developer', content: [{ type: 'text', text: 'a' }] }] }, 'a'],
  [
    'several',
    {
      messages: [
        { role: 'system', content: 'a' },
        { role: 'system', content: 'b' },
      ],
    },
    'a\nb',
  ],
  ['messages API', { system: 'a', messages: [] }, 'a'],
  [
    'messages API in blocks',
    {
      system: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    },
    'a\nb',
  ],
  ['OpenTelemetry', { system: [{ type: 'text', content: 'a' }] }, 'a'],
  [
    'OpenTelemetry messages',
    { messages: [{ role: 'system', parts: [{ type: 'text', content: 'a' }] }] },
    'a',
  ],
  ['empty', { system: '', messages: [{ role: 'system', content: null }] }, null],
])('%s', (_case, request, expected) => {
  expect(systemPromptOf({ system: request.system, messages: request.messages })).toBe(expected)
})

test('keeps no more than rules look at', () => {
  const long = 'x'.repeat(15_000)
  const messages = [
    { role: 'system', content: long },
    { role: 'system', content: long },
    { role: 'system', content: long },
  ]
  expect(systemPromptOf({ system: null, messages })).toHaveLength(20_000)
})

test('any JSON gives a text or none', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (system, messages) => {
      const prompt = systemPromptOf({ system, messages })
      expect(prompt === null || prompt.length > 0).toBe(true)
    }),
  )
})
