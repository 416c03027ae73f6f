import { describe, expect, test } from 'vitest'
import { readCallerHeaders } from './caller-headers'
import { sessionOf } from './conversation'

const callerOf = (headers: Record<string, string>) => readCallerHeaders((name) => headers[name] ?? null)

describe('the session', () => {
  test.each<[string, Record<string, string>, string | null]>([
    ['the general header', { 'x-session-id': 'trip 7' }, 'trip 7'],
    ['Claude Code', { 'x-claude-code-session-id': 'c-1' }, 'c-1'],
    ['Codex', { session_id: 'x-1' }, 'x-1'],
    ['Codex, in its newer spelling', { 'session-id': 'x-2' }, 'x-2'],
    ['a harness that asks for affinity', { 'x-session-affinity': 'a-1' }, 'a-1'],
    [
      'the general one before a harness’s own',
      { 'x-session-affinity': 'a-1', 'x-session-id': 'trip 7' },
      'trip 7',
    ],
    ['an empty header is none', { 'x-session-id': ' ', session_id: 'x-1' }, 'x-1'],
    ['none', {}, null],
  ])('is named by a header: %s', (_, headers, session) => {
    expect(callerOf(headers).sessionId).toBe(session)
  })

  test('is what the body names, else the header, else the cache’s name', () => {
    const caller = { sessionId: 'header' }
    expect(sessionOf({ sessionId: 'body', promptCacheKey: 'cache' }, caller)).toBe('body')
    expect(sessionOf({ sessionId: null, promptCacheKey: 'cache' }, caller)).toBe('header')
    expect(sessionOf({ sessionId: null, promptCacheKey: 'cache' }, { sessionId: null })).toBe('cache')
  })
})
