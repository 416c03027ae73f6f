import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTextOperation } from '../records/operation'
import type { Operation } from '../records/vocabulary'
import { makeRecord } from '../testing/make-record'
import { addToSessionSums, type SessionSums } from './session-sums'

type Turn = { startedAtMs: number; operation: Operation; modelId: number; appId: number }
const turn: fc.Arbitrary<Turn> = fc.record({
  startedAtMs: fc.integer({ min: 0, max: 3 }),
  operation: fc.constantFrom('chat', 'completion', 'embedding', 'rerank'),
  modelId: fc.integer({ min: 1, max: 3 }),
  appId: fc.integer({ min: 0, max: 2 }),
})

function sumUp(turns: readonly Turn[]): SessionSums {
  const sums: SessionSums = new Map()
  for (const { startedAtMs, operation, modelId, appId } of turns) {
    const ids = {
      apiKeyId: 1,
      useCaseId: 0,
      presetId: 0,
      providerId: 0,
      endpointIds: [1],
      toolIds: [],
      modelId,
      appId,
    }
    addToSessionSums(sums, makeRecord({ startedAtMs, operation, sessionId: 'chat' }), ids)
  }
  return sums
}

test('a session is the same in whatever order its requests come, also of the same moment', () => {
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), (turns) => {
      expect(sumUp(turns)).toEqual(sumUp(turns.toReversed()))
      const times = turns.map(({ startedAtMs }) => startedAtMs)
      const ofText = turns.filter(({ operation }) => isTextOperation(operation))
      const newest = (ofText.length > 0 ? ofText : turns).toSorted(
        (a, b) => b.startedAtMs - a.startedAtMs || b.modelId - a.modelId || b.appId - a.appId,
      )[0]
      expect(sumUp(turns).get('chat')).toMatchObject({
        turns: ofText.length,
        promptTokens: 100 * ofText.length,
        firstAtMs: Math.min(...times),
        lastAtMs: Math.max(...times),
        newestAtMs: newest?.startedAtMs,
        modelId: newest?.modelId,
        appId: newest?.appId,
      })
    }),
  )
})

test('a request without a session id is in none', () => {
  const sums: SessionSums = new Map()
  const ids = {
    apiKeyId: 1,
    modelId: 1,
    appId: 0,
    useCaseId: 0,
    presetId: 0,
    providerId: 0,
    endpointIds: [1],
    toolIds: [],
  }
  addToSessionSums(sums, makeRecord({ startedAtMs: 0 }), ids)
  expect(sums.size).toBe(0)
})
