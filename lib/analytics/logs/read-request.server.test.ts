import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeAttempt, makeRecord } from '@/lib/testing/make-record'
import { db } from '../../platform/db.server'
import { readEnvironment } from '../../platform/env.server'
import { createRecorder, type Recorder } from '../../recorder/recorder.server'
import type { RequestRecord } from '../../records/request-record'
import { GRANULARITY_MS } from '../../time/time-buckets'
import { readRequest } from './read-request.server'
import { toRequestRef } from './request-ref'
import { requestDetail } from './schema'

const startedAtMs = Date.now() - GRANULARITY_MS.hour
const NOT_JSON = { verdict: 'invalid_json', detail: 'The answer\t is text,\nnot JSON.' } as const
const VALID_JSON = { verdict: 'valid', detail: null } as const
const BAD_CALL = { name: 'get_weather', verdict: 'schema_mismatch', detail: '"city" is missing' } as const

let recorder: Recorder
beforeAll(() => {
  recorder = createRecorder({ databaseUrl: readEnvironment().DATABASE_URL ?? '' })
})
afterAll(() => recorder.close())

async function recorded(record: RequestRecord) {
  await recorder.record([record], { apiKeyId: 0 })
  return readRequest(toRequestRef(record))
}

test('tells everything that is kept of a request', async () => {
  const first = makeAttempt({
    provider: 'borealis',
    errorClass: 'timeout',
    httpStatus: null,
    durationMs: 3000,
    structuredOutput: NOT_JSON,
  })
  const second = makeAttempt({
    finishReason: 'tool_calls',
    toolCalls: [BAD_CALL],
    structuredOutput: VALID_JSON,
    costMicroUsd: 2100,
  })
  const record = makeRecord({
    startedAtMs,
    requestedModel: '@preset/tool-runner',
    preset: 'tool-runner',
    presetVersion: 3,
    app: 'shop-bot',
    sessionId: 'session-1',
    callerReason: 'finished_by_tool_call',
    promptTokens: 700,
    promptParts: {
      ...{ system: 100, toolDefinitions: 200, mcpToolDefinitions: 0, skills: 0 },
      ...{ toolResults: 50, userText: 300, assistantHistory: 50 },
    },
    costMicroUsd: 2100,
    costSource: 'price_table',
    finishReason: 'tool_calls',
    toolsOffered: 2,
    toolCalls: [BAD_CALL],
    attempts: [first, second],
    plan: {
      steps: [
        { model: 'acme/atlas', provider: 'borealis', reasons: ['Cheapest'], amendments: ['seed left out'] },
      ],
      excluded: [{ model: 'acme/atlas', provider: 'cumulus', reasons: ['Not in provider.only'] }],
    },
  })
  const [early, late] = record.attempts
  if (late) record.attempts = [early, { ...late, startedAtMs: startedAtMs + 3005 }]
  const detail = requestDetail.parse(await recorded(record))
  expect(detail).toMatchObject({
    model: 'acme/atlas',
    provider: 'helios',
    requestedModel: '@preset/tool-runner',
    servedAs: null,
    generationId: null,
    preset: 'tool-runner',
    presetVersion: 3,
    costUsd: 0.0021,
    costSource: 'price_table',
    callerReason: 'finished_by_tool_call',
    totalMs: 3705,
    badToolCalls: 1,
    plan: {
      steps: [
        {
          provider: 'borealis',
          providerName: 'borealis',
          reasons: ['Cheapest'],
        },
      ],
      excluded: [
        {
          provider: 'cumulus',
          providerName: 'cumulus',
          reasons: ['Not in provider.only'],
        },
      ],
    },
    attempts: [
      {
        index: 0,
        provider: 'borealis',
        errorClass: 'timeout',
        startedAfterMs: 0,
        isDeciding: false,
        toolCalls: null,
        amendments: ['seed left out'],
        structuredOutput: NOT_JSON,
      },
      {
        index: 1,
        provider: 'helios',
        errorClass: null,
        startedAfterMs: 3005,
        isDeciding: true,
        structuredOutput: VALID_JSON,
        toolCalls: [BAD_CALL],
        amendments: [],
      },
    ],
  })
  expect(detail.promptParts).toEqual(record.promptParts)
})

test('tells what each attempt cost, of which the request’s cost is the sum', async () => {
  const refused = makeAttempt({ provider: 'borealis', errorClass: 'bad_response', costMicroUsd: 900 })
  const unbilled = makeAttempt({ provider: 'cumulus', errorClass: 'upstream_5xx', costMicroUsd: null })
  const answered = makeAttempt({ costMicroUsd: 2100 })
  const detail = await recorded(
    makeRecord({
      startedAtMs,
      costMicroUsd: 3000,
      costSource: 'price_table',
      attempts: [refused, unbilled, answered],
    }),
  )
  expect(detail.costUsd).toBe(0.003)
  expect(detail.attempts.map(({ costUsd }) => costUsd)).toEqual([0.0009, null, 0.0021])
})

test('keeps apart what is unknown and what is nothing', async () => {
  const unknown = await recorded(makeRecord({ startedAtMs, promptTokens: null, completionTokens: null }))
  expect(unknown).toMatchObject({
    toolCalls: null,
    promptTokens: null,
    costUsd: null,
    plan: null,
    promptParts: null,
  })
  expect(unknown.attempts[0]).toMatchObject({ toolCalls: null })
  const none = await recorded(
    makeRecord({ startedAtMs, toolsOffered: 0, toolCalls: [], attempts: [makeAttempt({ toolCalls: [] })] }),
  )
  expect(none).toMatchObject({ toolCalls: 0, badToolCalls: 0 })
  expect(none.attempts[0]).toMatchObject({ toolCalls: [] })
})

test('a model served under another name says which', async () => {
  await recorder.record([makeRecord({ startedAtMs, model: 'acme/nimbus' })], { apiKeyId: 0 })
  const record = makeRecord({ startedAtMs, model: 'acme/nimbus-latest' })
  await recorder.record([record], { apiKeyId: 0 })
  await db().$executeRaw`
    UPDATE model SET alias_of = (SELECT id FROM model WHERE slug = 'acme/nimbus') WHERE slug = 'acme/nimbus-latest'`
  expect(await readRequest(toRequestRef(record))).toMatchObject({
    model: 'acme/nimbus',
    servedAs: 'acme/nimbus-latest',
  })
})

test('what is not there says why', async () => {
  await expect(readRequest('nonsense')).rejects.toThrow('"nonsense" is not a reference to a request.')
  const id = '00000000-0000-4000-8000-000000000000'
  await expect(readRequest(toRequestRef({ startedAtMs, id }))).rejects.toThrow('There is no such request.')
  await db().$executeRaw`INSERT INTO fact_day (day, dropped_at) VALUES ('2026-01-02', now())`
  const old = toRequestRef({ startedAtMs: Date.parse('2026-01-02T10:00:00Z'), id })
  await expect(readRequest(old)).rejects.toThrow(
    'The single requests of 2026-01-02 are no longer kept; only their sums are.',
  )
})
