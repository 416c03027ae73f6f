import { describe, expect, test } from 'vitest'
import { type AttemptConditions, evidenceOf, isTellingByMinute, type LogConditions } from './evidence'

const ANYTHING: LogConditions = {
  subjects: {},
  operation: null,
  status: null,
  callerKind: null,
  sessionId: null,
  attempt: null,
}
const ANY_ATTEMPT: AttemptConditions = { scope: { by: 'any' }, errorClass: null, verdict: null, tool: null }
const ofAttempt = (change: Partial<AttemptConditions>) =>
  evidenceOf({ ...ANYTHING, attempt: { ...ANY_ATTEMPT, ...change } })

describe('evidenceOf', () => {
  test('a filter that lets everything through needs none', () => {
    expect(evidenceOf(ANYTHING)).toEqual([])
  })

  test.each<[string, Partial<LogConditions>, ReturnType<typeof evidenceOf>]>([
    [
      'an app: its requests',
      { subjects: { app: [7] } },
      [{ of: 'usage', subject: 'app', keyIds: [7], operation: null, proofs: ['requests'] }],
    ],
    [
      'failed requests of agents in an app: both, of the app’s row',
      { subjects: { app: [7] }, status: 'error', callerKind: 'agentic' },
      [{ of: 'usage', subject: 'app', keyIds: [7], operation: null, proofs: ['error', 'agentic'] }],
    ],
    [
      'failed requests: of all',
      { status: 'error' },
      [{ of: 'usage', subject: 'caller_kind', keyIds: [0, 1, 2], operation: null, proofs: ['error'] }],
    ],
    [
      'an operation: of all, in its own rows',
      { operation: 'embedding' },
      [
        {
          of: 'usage',
          subject: 'caller_kind',
          keyIds: [0, 1, 2],
          operation: 'embedding',
          proofs: ['requests'],
        },
      ],
    ],
    [
      'images of an app: in the app’s row of images',
      { subjects: { app: [7] }, operation: 'image' },
      [{ of: 'usage', subject: 'app', keyIds: [7], operation: 'image', proofs: ['requests'] }],
    ],
    [
      'a session: wherever there are requests',
      { sessionId: 'session-1' },
      [{ of: 'usage', subject: 'caller_kind', keyIds: [0, 1, 2], operation: null, proofs: ['requests'] }],
    ],
  ])('%s', (_case, conditions, evidence) => {
    expect(evidenceOf({ ...ANYTHING, ...conditions })).toEqual(evidence)
  })

  test('what is asked of one attempt is looked for in one row', () => {
    const scope = { by: 'endpoint', endpointIds: [3] } as const
    expect(ofAttempt({ scope, errorClass: 'timeout', verdict: 'bad' })).toEqual([
      { of: 'attempts', scope, proofs: ['timeout', 'bad'] },
    ])
    expect(ofAttempt({ scope })).toEqual([{ of: 'attempts', scope, proofs: ['attempts'] }])
    expect(ofAttempt({ errorClass: 'any' })).toEqual([
      { of: 'attempts', scope: { by: 'any' }, proofs: ['failed'] },
    ])
  })

  test('a tool has rows of its own', () => {
    const tool = { name: 'get_weather', ids: [5, 0] }
    expect(ofAttempt({ tool })).toEqual([{ of: 'tool', toolIds: [5, 0], proofs: ['called'] }])
    expect(ofAttempt({ tool, verdict: 'bad' })).toEqual([
      { of: 'attempts', scope: { by: 'any' }, proofs: ['bad'] },
      { of: 'tool', toolIds: [5, 0], proofs: ['bad'] },
    ])
  })
})

test('minutes tell single keys, operations and endpoints apart, and nothing else', () => {
  expect(evidenceOf({ ...ANYTHING, subjects: { app: [7] } }).map(isTellingByMinute)).toEqual([true])
  expect(evidenceOf({ ...ANYTHING, status: 'error' }).map(isTellingByMinute)).toEqual([false])
  expect(evidenceOf({ ...ANYTHING, operation: 'audio' }).map(isTellingByMinute)).toEqual([true])
  const scope = { by: 'provider', providerIds: [1], endpointIds: [3] } as const
  expect(ofAttempt({ scope, tool: { name: 'a', ids: [0] } }).map(isTellingByMinute)).toEqual([true, false])
  expect(ofAttempt({ errorClass: 'timeout' }).map(isTellingByMinute)).toEqual([false])
})
