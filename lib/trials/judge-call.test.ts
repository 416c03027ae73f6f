import { expect, test } from 'vitest'
import { NOTHING_RECEIVED } from './client-answer'
import { judgeCall } from './judge-call'
import { MAX_KEPT_ARGUMENTS } from './limits'
import type { Scenario } from './scenarios'
import { trialCall } from './schema'
import { TRACK_SHIPMENT } from './tools/logistics'
import { LOOK_UP_ORDER } from './tools/office'

const SCENARIO: Scenario = {
  name: 'find a late shipment',
  prompt: 'Where is it?',
  tools: [TRACK_SHIPMENT, LOOK_UP_ORDER],
  toolChoice: 'required',
}

function judge(toolCalls: { name: string; arguments: string }[], over: object = {}) {
  return judgeCall({
    index: 3,
    scenario: SCENARIO,
    startedAtMs: Date.parse('2026-11-24T10:00:00Z'),
    durationMs: 12.4,
    httpStatus: 200,
    answer: { ...NOTHING_RECEIVED, presetVersion: 2, finishReason: 'tool_use', toolCalls, ...over },
  })
}

test('a good call keeps its arguments and needs no schema beside it', () => {
  const call = judge([{ name: 'look_up_order', arguments: '{"order":"SO-123456"}' }])
  expect(call.finishReason).toBe('tool_calls')
  expect(call.durationMs).toBe(12)
  expect(call.toolCalls).toEqual([
    { name: 'look_up_order', arguments: '{"order":"SO-123456"}', verdict: 'valid', detail: null },
  ])
})

test('a bad call stands beside the schema it should have kept, and says why it is bad', () => {
  const [json, name, parameters] = judge([
    { name: 'look_up_order', arguments: '{"order":' },
    { name: 'look_up_orders', arguments: '{}' },
    { name: 'look_up_order', arguments: '{"order":7}' },
  ]).toolCalls
  expect(json).toMatchObject({ verdict: 'invalid_json', schema: LOOK_UP_ORDER.function.parameters })
  expect(name).toMatchObject({ verdict: 'unknown_name', schema: null })
  expect(name?.detail).toContain('It offered track_shipment, look_up_order.')
  expect(parameters).toMatchObject({ verdict: 'schema_mismatch', schema: LOOK_UP_ORDER.function.parameters })
  expect(parameters?.detail).toMatch(/order/)
})

test('whatever came back fits the contract of a report', () => {
  const long = 'x'.repeat(MAX_KEPT_ARGUMENTS + 5)
  const calls = Array.from({ length: 99 }, () => ({ name: long, arguments: long }))
  const call = judge(calls, {
    generationId: long,
    provider: long,
    failure: { errorClass: 'bad_response', message: long },
  })
  expect(trialCall.safeParse(call).error).toBeUndefined()
  expect(call.toolCalls).toHaveLength(64)
})
