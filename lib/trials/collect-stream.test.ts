import { describe, expect, test } from 'vitest'
import { createStreamCollector } from './collect-stream'

const chunk = (delta: object, finish_reason: string | null = null) =>
  JSON.stringify({
    id: 'gen-1',
    provider: 'Helios',
    model: 'acme/atlas-120b',
    choices: [{ index: 0, delta, finish_reason }],
  })
const part = (index: number, args: string, name?: string) =>
  chunk({ tool_calls: [{ index, function: { ...(name ? { name } : {}), arguments: args } }] })

function collect(events: string[], problem: string | null = null) {
  const collector = createStreamCollector()
  for (const event of events) collector.take(event)
  return collector.end(problem)
}

test('tool calls are put together from their parts, in the order of their index', () => {
  const answer = collect([
    chunk({ role: 'assistant', content: '' }),
    part(1, '', 'book_room'),
    part(0, '{"que', 'search_documents'),
    part(1, '{"a":'),
    part(0, 'ry":"x"}', 'search_documents'),
    part(1, '1}'),
    chunk({}, 'tool_calls'),
    JSON.stringify({ id: 'gen-1', choices: [], usage: { total_tokens: 9 } }),
    '[DONE]',
  ])
  expect(answer).toEqual({
    generationId: 'gen-1',
    provider: 'Helios',
    model: 'acme/atlas-120b',
    presetVersion: null,
    finishReason: 'tool_calls',
    toolCalls: [
      { name: 'search_documents', arguments: '{"query":"x"}' },
      { name: 'book_room', arguments: '{"a":1}' },
    ],
    failure: null,
  })
})

const begun = [chunk({ content: 'Let me' })]
const errorChunk = JSON.stringify({
  id: 'gen-1',
  provider: 'Helios',
  error: { code: 502, message: 'The provider hung up.' },
  choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
})

describe('a stream that broke is mid_stream and has no tool calls', () => {
  test.each([
    ['an error chunk', [...begun, part(0, '{', 'book_room'), errorChunk], null, 'The provider hung up.'],
    ['a cut connection', begun, 'The stream broke off: reset', 'The stream broke off: reset'],
    ['an end without a finish', begun, null, 'The stream ended before the answer did.'],
    ['a chunk that is no JSON', [...begun, '{"choi', '[DONE]'], null, /cannot be read/],
    ['a finish reason error', [chunk({}, 'error'), '[DONE]'], null, 'The stream ended with an error.'],
    ['nothing at all', [], null, 'The stream ended before the answer did.'],
  ])('%s', (_, events, problem, message) => {
    const answer = collect(events, problem)
    expect(answer.failure?.errorClass).toBe('mid_stream')
    expect(answer.failure?.message).toMatch(message)
    expect(answer.toolCalls).toEqual([])
  })
})

test('a stream without [DONE] is whole when it has a finish reason', () => {
  expect(collect([...begun, chunk({}, 'stop')]).failure).toBeNull()
})

test('the last chunk’s metadata names who was tried last and the version of the preset', () => {
  const openrouter_metadata = { attempts: [{ provider: 'helios' }], preset: { version: 3 } }
  const last = JSON.stringify({ choices: [], openrouter_metadata })
  expect(collect([...begun, chunk({}, 'stop'), last, '[DONE]'])).toMatchObject({
    provider: 'helios',
    presetVersion: 3,
    failure: null,
  })
})
