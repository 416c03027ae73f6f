import { expect, test } from 'vitest'
import { toStoredCall } from './store-call'

const CALL = {
  index: 0,
  startedAt: '2026-11-24T10:00:00.000Z',
  durationMs: 5,
  scenario: 'book a room',
  generationId: null,
  provider: 'Hel\0ios',
  model: null,
  httpStatus: 200,
  errorClass: null,
  errorMessage: null,
  finishReason: 'tool_calls',
  presetVersion: 1,
}

test('texts and schemas are kept as Postgres can keep them', () => {
  const stored = toStoredCall({
    trialId: 'a',
    call: {
      ...CALL,
      toolCalls: [
        {
          name: 'a',
          arguments: '\0{',
          verdict: 'invalid_json',
          detail: 'bad \ud800',
          schema: { type: 'object' },
        },
        { name: 'b', arguments: '{}', verdict: 'schema_mismatch', detail: null, schema: { title: '\0' } },
        { name: 'c', arguments: '{}', verdict: 'unknown_name', detail: null, schema: null },
        { name: 'd', arguments: '{}', verdict: 'valid', detail: null },
      ],
    },
  })
  expect(stored).toMatchObject({ provider: 'Helios', callIndex: 0, startedAt: new Date(CALL.startedAt) })
  expect(stored.toolCalls).toEqual([
    { name: 'a', arguments: '{', verdict: 'invalid_json', detail: 'bad \ufffd', schema: { type: 'object' } },
    { name: 'b', arguments: '{}', verdict: 'schema_mismatch', detail: null, schema: null },
    { name: 'c', arguments: '{}', verdict: 'unknown_name', detail: null, schema: null },
    { name: 'd', arguments: '{}', verdict: 'valid', detail: null },
  ])
})
