import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeAttempt, makeBareAttempt, makeBareRecord, makeRecord } from '../testing/make-record'
import { asStored, mergeRecords, saysTheSame } from './merge-records'
import type { RequestRecord } from './request-record'

const startedAtMs = Date.parse('2026-11-30T20:15:09.482Z')
const partial = makeBareRecord({ externalId: 'one', startedAtMs, promptTokens: 300, completionTokens: 2 })
const final: RequestRecord = makeRecord({
  externalId: 'one',
  startedAtMs,
  promptTokens: 300,
  completionTokens: 840,
  costMicroUsd: 12,
  costSource: 'reported',
})

describe('the newest statement wins', () => {
  test('a final record stands in place of a partial one', () => {
    expect(mergeRecords(partial, final)).toMatchObject({ completionTokens: 840, finishReason: 'stop' })
  })

  test('an update that says less erases nothing', () => {
    const update = makeBareRecord({ externalId: 'one', startedAtMs, app: 'shop', model: 'unknown' })
    const merged = mergeRecords(final, update)
    expect(merged).toMatchObject({ app: 'shop', model: final.model, completionTokens: 840, costMicroUsd: 12 })
    expect(merged.callerKind).toBe(final.callerKind)
    expect(merged.attempts[0]).toMatchObject({ provider: 'helios', durationMs: 700 })
  })

  test('the error of an attempt stays when the update says nothing of its end', () => {
    const failed = makeBareRecord({
      externalId: 'one',
      startedAtMs,
      attempts: [makeBareAttempt({ errorClass: 'timeout' })],
    })
    const update = makeBareRecord({ externalId: 'one', startedAtMs, app: 'shop' })
    expect(mergeRecords(failed, update).attempts[0].errorClass).toBe('timeout')
    expect(mergeRecords(failed, final).attempts[0].errorClass).toBeNull()
  })

  test('a start in whole seconds says nothing new, another start does', () => {
    const rounded = { ...final, startedAtMs: Math.floor(startedAtMs / 1000) * 1000 }
    expect(saysTheSame(mergeRecords(final, rounded), final)).toBe(true)
    expect(mergeRecords(final, { ...final, startedAtMs: startedAtMs + 5 }).startedAtMs).toBe(startedAtMs + 5)
  })

  test('what was billed stands before an estimate', () => {
    const estimated: RequestRecord = { ...final, costMicroUsd: 99, costSource: 'price_table' }
    expect(mergeRecords(final, estimated)).toMatchObject({ costMicroUsd: 12, costSource: 'reported' })
    expect(mergeRecords(estimated, final)).toMatchObject({ costMicroUsd: 12, costSource: 'reported' })
  })

  test('who tells of fewer attempts tells of the last ones', () => {
    const [one, two] = [
      makeAttempt({ provider: 'a', errorClass: 'timeout' }),
      makeBareAttempt({ provider: 'b' }),
    ]
    const both = makeRecord({ externalId: 'one', startedAtMs, attempts: [one, two] })
    const last = makeRecord({
      externalId: 'one',
      startedAtMs,
      attempts: [makeAttempt({ provider: 'b', durationMs: 90 })],
    })
    const { attempts } = mergeRecords(both, last)
    expect(attempts.map(({ provider, durationMs }) => [provider, durationMs])).toEqual([
      ['a', 700],
      ['b', 90],
    ])
  })
})

const views = fc.array(
  fc.record({
    startedAtMs: fc.constantFrom(startedAtMs, startedAtMs + 5, startedAtMs - 1000),
    app: fc.constantFrom('shop', null),
    promptTokens: fc.option(fc.constantFrom(10, 20)),
    completionTokens: fc.option(fc.constantFrom(1, 2)),
    callerKind: fc.constantFrom('agentic' as const, 'human' as const, 'unknown' as const),
    joined: fc.constantFrom<string[]>(['sdk'], ['gateway']),
  }),
  { minLength: 2, maxLength: 2 },
)

const toView = (view: Partial<RequestRecord>) =>
  makeBareRecord({ externalId: 'one', startedAtMs, ...view, onSameId: 'merge' })

describe('two views of one call', () => {
  test('are one record whichever came first', () => {
    fc.assert(
      fc.property(views, ([one = {}, other = {}]) => {
        const forward = mergeRecords(toView(one), toView(other))
        const backward = mergeRecords(toView(other), toView(one))
        expect(asStored(forward)).toEqual(asStored(backward))
      }),
    )
  })

  test('lose nothing that one of them knew, and name both', () => {
    const merged = mergeRecords(
      toView({ promptTokens: 10, joined: ['sdk'] }),
      toView({ completionTokens: 2, sessionId: 's', joined: ['gateway'] }),
    )
    expect(merged).toMatchObject({ promptTokens: 10, completionTokens: 2, sessionId: 's' })
    expect(merged.joined).toEqual(['gateway', 'sdk'])
  })

  test('are agentic when one of them knows that', () => {
    const plain = toView({ callerKind: 'human', callerReason: 'no_agent_signal', promptTokens: 1, app: 'x' })
    const root = toView({ callerKind: 'agentic', callerReason: 'agent_span_ancestor' })
    expect(mergeRecords(plain, root)).toMatchObject({
      callerKind: 'agentic',
      callerReason: 'agent_span_ancestor',
    })
  })

  test('seen again change nothing', () => {
    fc.assert(
      fc.property(views, ([one = {}, other = {}]) => {
        const merged = mergeRecords(toView(one), toView(other))
        expect(saysTheSame(mergeRecords(merged, toView(one)), merged)).toBe(true)
        expect(saysTheSame(mergeRecords(merged, toView(other)), merged)).toBe(true)
      }),
    )
  })
})
