import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conversationOf } from './conversation'
import { AFFINITY_MS, createConversationAffinity } from './conversation-affinity'

const keyOf = (given: Partial<Parameters<typeof conversationOf>[0]>) =>
  conversationOf({ owner: '1', named: null, system: undefined, messages: [], ...given })?.key

const SYSTEM = { role: 'system', content: 'You fly planes.' }
const HELLO = { role: 'user', content: 'Where is gate 4?' }
const TURNS = [
  { role: 'assistant', content: 'Upstairs.' },
  { role: 'user', content: 'Thanks.' },
]

describe('a conversation is known by its beginning', () => {
  test.each<[string, unknown, unknown, unknown]>([
    ['chat', undefined, [SYSTEM, HELLO], [SYSTEM, HELLO, ...TURNS]],
    ['messages', 'You fly planes.', [HELLO], [HELLO, ...TURNS]],
    [
      'Responses, items',
      'You fly planes.',
      [{ type: 'message', ...HELLO }],
      [{ type: 'message', ...HELLO }, ...TURNS],
    ],
    [
      'Gemini',
      { parts: [{ text: 'You fly planes.' }] },
      [{ role: 'user', parts: [{ text: 'Where is gate 4?' }] }],
      [
        { role: 'user', parts: [{ text: 'Where is gate 4?' }] },
        { role: 'model', parts: [{ text: 'Upstairs.' }] },
      ],
    ],
    [
      'a mark for the cache that moves on',
      'You fly planes.',
      [{ role: 'user', content: [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral' } }] }],
      [{ role: 'user', content: [{ type: 'text', text: 'a' }] }, ...TURNS],
    ],
    [
      'a document, and two questions about it',
      undefined,
      [{ role: 'user', content: `${'page '.repeat(2000)} How long is it?` }],
      [{ role: 'user', content: `${'page '.repeat(2000)} Who wrote it?` }],
    ],
  ])('%s', (_, system, messages, later) => {
    expect(keyOf({ system, messages })).toMatch(/^[0-9a-f]{40}$/)
    expect(keyOf({ system, messages: later })).toBe(keyOf({ system, messages }))
  })

  test.each<[string, Partial<Parameters<typeof conversationOf>[0]>]>([
    ['another key', { owner: '2', messages: [SYSTEM, HELLO] }],
    ['another system text', { messages: [{ ...SYSTEM, content: 'You drive.' }, HELLO] }],
    ['another first message', { messages: [SYSTEM, { ...HELLO, content: 'Where is gate 5?' }] }],
    ['a name', { named: 'trip-7', messages: [SYSTEM, HELLO] }],
  ])('%s is another', (_, given) => {
    expect(keyOf(given)).not.toBe(keyOf({ messages: [SYSTEM, HELLO] }))
  })

  test('the name that the client gave goes before its beginning', () => {
    expect(keyOf({ named: 'trip-7', messages: [HELLO] })).toBe(keyOf({ named: 'trip-7', messages: TURNS }))
  })

  test.each<[string, unknown]>([
    ['no messages', undefined],
    ['none', []],
    ['system text alone', [SYSTEM]],
  ])('there is none: %s', (_, messages) => {
    expect(conversationOf({ owner: '1', named: null, system: null, messages })).toBeNull()
  })

  test('whatever the body, it does not throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (system, messages) => {
        conversationOf({ owner: '1', named: null, system, messages })
      }),
    )
  })
})

describe('where a conversation was last served', () => {
  const served = (endpointId: number, nowMs: number) => ({ endpointId, cachedShare: 0.9, nowMs })

  test('is remembered by model for ten minutes after its last answer', () => {
    const affinity = createConversationAffinity({ limit: 10 })
    affinity.note('a', 'acme/atlas', served(1, 0))
    affinity.note('a', 'acme/atlas', served(2, 1000))
    expect(affinity.lastServed('a', 'acme/atlas', AFFINITY_MS + 1000)).toEqual({
      endpointId: 2,
      cachedShare: 0.9,
    })
    expect(affinity.lastServed('a', 'acme/atlas', AFFINITY_MS + 1001)).toBeNull()
    expect(affinity.lastServed('a', 'acme/heron', 1000)).toBeNull()
    expect(affinity.lastServed('b', 'acme/atlas', 1000)).toBeNull()
  })

  test('is forgotten first of the one served longest ago, so that memory stays bounded', () => {
    const affinity = createConversationAffinity({ limit: 3 })
    for (const [index, name] of ['a', 'b', 'c', 'a', 'd'].entries()) {
      affinity.note(name, 'm', served(index, index))
    }
    expect(affinity.size()).toBe(3)
    expect(['a', 'b', 'c', 'd'].map((name) => affinity.lastServed(name, 'm', 5)?.endpointId ?? null)).toEqual(
      [3, null, 2, 4],
    )
  })

  test('those beyond their time leave with the next answer', () => {
    const affinity = createConversationAffinity({ limit: 1000 })
    for (let index = 0; index < 500; index++) affinity.note(`old ${index}`, 'm', served(1, index))
    affinity.note('new', 'm', served(1, 2 * AFFINITY_MS))
    expect(affinity.size()).toBe(1)
  })
})
