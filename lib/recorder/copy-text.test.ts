import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RequestRecord } from '../records/request-record'
import { makeBareAttempt, makeBareRecord } from '../testing/make-record'
import type { CatalogIds } from './catalog-ids'
import {
  ATTEMPT_COLUMNS,
  attemptLines,
  endpointLine,
  modelUsageLine,
  REQUEST_COLUMNS,
  requestLine,
  sessionLine,
  usageLine,
} from './copy-text'
import { readHistogram } from './histogram'
import {
  ENDPOINT_HISTOGRAMS,
  ENDPOINT_KEYS,
  ENDPOINT_MEASURES,
  MODEL_USAGE_KEYS,
  MODEL_USAGE_MEASURES,
  SESSION_COLUMNS,
  USAGE_COLUMNS,
  USAGE_KEYS,
  USAGE_MEASURES,
} from './measures'

const STARTED_AT_MS = Date.parse('2026-11-20T10:00:00.007Z')

const IDS: CatalogIds = {
  apiKeyId: 1,
  modelId: 2,
  appId: 3,
  useCaseId: 4,
  presetId: 5,
  providerId: 6,
  endpointIds: [7],
  toolIds: [],
}

/** The one request of these tests, which says nothing it need not; overrides last. */
const makeRecord = (overrides: Partial<Parameters<typeof makeBareRecord>[0]> = {}) =>
  makeBareRecord({
    id: '8f3c0b1e-5d2a-5c67-96e1-7a40d5b82c93',
    source: 'api',
    externalId: 'req-1',
    startedAtMs: STARTED_AT_MS,
    ...overrides,
  })

const UNESCAPED: Record<string, string> = { '\\\\': '\\', '\\t': '\t', '\\n': '\n', '\\r': '\r' }

/** Fields of a line as Postgres reads the text format of COPY; null for `\N`. */
function readLine(line: string, columns: readonly string[]): Record<string, string | null> {
  expect(line.endsWith('\n')).toBe(true)
  const fields = line.slice(0, -1).split('\t')
  expect(fields).toHaveLength(columns.length)
  return Object.fromEntries(
    columns.map((column, index) => {
      const field = fields[index] ?? ''
      if (field === '\\N') return [column, null]
      return [column, field.replace(/\\[\s\S]/g, (pair) => UNESCAPED[pair] ?? `unexpected ${pair}`)]
    }),
  )
}

const readRequest = (record: RequestRecord, ids = IDS) => readLine(requestLine(record, ids), REQUEST_COLUMNS)

test('a request that says little is nulls beside its ids', () => {
  const { id, started_at, source, external_id, ...rest } = readRequest(makeRecord())
  expect([id, started_at, source, external_id]).toEqual([
    '8f3c0b1e-5d2a-5c67-96e1-7a40d5b82c93',
    '2026-11-20T10:00:00.007Z',
    'api',
    'req-1',
  ])
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null))
  expect(said).toEqual({
    operation: 'chat',
    api_key_id: '1',
    app_id: '3',
    use_case_id: '4',
    preset_id: '5',
    model_id: '2',
    endpoint_id: '7',
    caller_kind: 'unknown',
    caller_reason: 'no_tool_information',
    attempt_count: '1',
    deciding_after_ms: '0',
  })
})

test('zero, false and an empty list are not null', () => {
  const record = makeRecord({
    stream: false,
    promptTokens: 0,
    costMicroUsd: 0,
    toolsOffered: 0,
    toolCalls: [],
  })
  expect(readRequest(record)).toMatchObject({
    stream: 'false',
    prompt_tokens: '0',
    cost_micro_usd: '0',
    tools_offered: '0',
    tool_call_count: '0',
    tool_calls: null,
  })
})

test('the deciding attempt is in the request’s line and those before it in lines of their own', () => {
  const toolCalls = [{ name: 'f', verdict: 'valid' as const, detail: null }]
  const record = makeRecord({
    attempts: [
      makeBareAttempt({ httpStatus: 503, errorClass: 'upstream_5xx', durationMs: 80, toolCalls }),
      makeBareAttempt({
        startedAtMs: STARTED_AT_MS + 80,
        httpStatus: 200,
        durationMs: 700,
        timeToFirstTokenMs: 190,
      }),
    ],
  })
  const ids = { ...IDS, endpointIds: [8, 9] }
  expect(readRequest(record, ids)).toMatchObject({
    endpoint_id: '9',
    attempt_count: '2',
    deciding_after_ms: '80',
    http_status: '200',
    error_class: null,
    duration_ms: '700',
    time_to_first_token_ms: '190',
  })
  expect(readLine(attemptLines(record, ids), ATTEMPT_COLUMNS)).toEqual({
    request_id: record.id,
    request_started_at: '2026-11-20T10:00:00.007Z',
    attempt_index: '0',
    started_at: '2026-11-20T10:00:00.007Z',
    endpoint_id: '8',
    http_status: '503',
    error_class: 'upstream_5xx',
    finish_reason: null,
    time_to_first_token_ms: null,
    duration_ms: '80',
    cost_micro_usd: null,
    tool_call_count: '1',
    tool_calls: JSON.stringify(toolCalls),
    structured_output: null,
  })
  expect(attemptLines(makeRecord(), IDS)).toBe('')
})

describe('text', () => {
  test.each([
    ['a tab', 'a\tb', 'a\\tb'],
    ['line ends', 'a\r\nb', 'a\\r\\nb'],
    ['a backslash', 'a\\b', 'a\\\\b'],
    ['what looks like null', '\\N', '\\\\N'],
    ['what looks like the end of the data', '\\.', '\\\\.'],
    ['quotes and braces', `"{a}"'`, `"{a}"'`],
    ['nothing', '', ''],
  ])('%s stays within its field', (_name, endUser, written) => {
    const line = requestLine(makeRecord({ endUser }), IDS)
    expect(line.split('\t')[REQUEST_COLUMNS.indexOf('end_user')]).toBe(written)
  })

  test('of any kind reads back as it was, in every column that holds some', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\\', '\t', '\n', '\r', 'N', '"') }),
    )
    fc.assert(
      fc.property(text, text, text, (externalId, endUser, name) => {
        const toolCalls = [{ name, verdict: 'valid' as const, detail: endUser }]
        const record = makeRecord({ externalId, endUser, finishReason: name, toolCalls })
        expect(readRequest(record)).toMatchObject({
          external_id: externalId,
          end_user: endUser,
          finish_reason: name,
          tool_calls: JSON.stringify(toolCalls),
        })
      }),
      { numRuns: 300 },
    )
  })
})

test('any moment is written as ISO 8601 with milliseconds, whichever came before it', () => {
  const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 5 }), (moments) => {
      for (const date of moments) {
        const line = readRequest(makeRecord({ startedAtMs: date.getTime() }))
        expect(line.started_at).toBe(date.toISOString())
      }
    }),
  )
})

test('prompt parts are a list in the order of the vocabulary', () => {
  const promptParts = {
    assistantHistory: 7,
    userText: 6,
    toolResults: 5,
    skills: 4,
    mcpToolDefinitions: 3,
    toolDefinitions: 2,
    system: 1,
  }
  expect(readRequest(makeRecord({ promptParts })).prompt_parts).toBe('{1,2,3,4,5,6,7}')
})

test('usage is one field a column: sums as they are, prompt parts that nobody had as null', () => {
  const sums = new Float64Array(USAGE_COLUMNS.length)
  sums[USAGE_COLUMNS.indexOf('requests')] = 3
  sums[USAGE_COLUMNS.indexOf('cost_micro_usd')] = 9_007_199_254_740_991
  const line = usageLine({
    subject: 'model',
    bucketMs: STARTED_AT_MS,
    keyId: 9,
    operation: 'embedding',
    sums,
  })
  const fields = readLine(line, [...USAGE_KEYS, ...USAGE_COLUMNS])
  expect(fields).toMatchObject({
    subject: 'model',
    bucket: '2026-11-20T10:00:00.007Z',
    key_id: '9',
    operation: 'embedding',
    requests: '3',
    requests_ok: '0',
    cost_micro_usd: '9007199254740991',
    prompt_parts_known: null,
  })
  expect(USAGE_MEASURES.filter((measure) => fields[measure] === null)).toEqual([])
})

test('an endpoint’s histograms are lists of entries, empty where nothing was measured', () => {
  const sums = new Float64Array(ENDPOINT_MEASURES.length).fill(1)
  const bins = new Map([
    [100, 2],
    [-3, 1],
  ])
  const line = endpointLine({
    bucketMs: STARTED_AT_MS,
    endpointId: 4,
    sums,
    histograms: [bins, new Map(), new Map()],
  })
  const fields = readLine(line, [...ENDPOINT_KEYS, ...ENDPOINT_MEASURES, ...ENDPOINT_HISTOGRAMS])
  expect(fields).toMatchObject({
    endpoint_id: '4',
    attempts: '1',
    duration_ms: '{}',
    tokens_per_second: '{}',
  })
  const entries = fields.time_to_first_token_ms?.slice(1, -1).split(',').map(Number) ?? []
  expect([...readHistogram(entries)]).toEqual([
    [-3, 1],
    [100, 2],
  ])
})

test('a model’s usage is written in the order of its columns', () => {
  const line = modelUsageLine({
    dimension: 'use_case',
    bucketMs: Date.parse('2026-11-20T10:00:00Z'),
    modelId: 2,
    keyId: 3,
    sums: {
      requests: 4,
      agenticRequests: 5,
      costKnown: 6,
      promptTokens: 7,
      completionTokens: 8,
      agenticTokens: 9,
      costMicroUsd: 10,
    },
  })
  expect(readLine(line, [...MODEL_USAGE_KEYS, ...MODEL_USAGE_MEASURES])).toEqual({
    dimension: 'use_case',
    bucket: '2026-11-20T10:00:00.000Z',
    model_id: '2',
    key_id: '3',
    requests: '4',
    agentic_requests: '5',
    cost_known: '6',
    prompt_tokens: '7',
    completion_tokens: '8',
    agentic_tokens: '9',
    cost_micro_usd: '10',
  })
})

test('a session is written in the order of its columns, its id as it was', () => {
  const line = sessionLine({
    sessionId: 'chat\t1\\',
    firstAtMs: STARTED_AT_MS,
    lastAtMs: STARTED_AT_MS + 1000,
    newestAtMs: STARTED_AT_MS + 500,
    turns: 1,
    errors: 2,
    agenticTurns: 3,
    toolCalls: 4,
    costKnown: 5,
    promptTokens: 6,
    completionTokens: 7,
    costMicroUsd: 8,
    appId: 9,
    modelId: 10,
  })
  expect(readLine(line, SESSION_COLUMNS)).toEqual({
    session_id: 'chat\t1\\',
    first_at: '2026-11-20T10:00:00.007Z',
    last_at: '2026-11-20T10:00:01.007Z',
    newest_at: '2026-11-20T10:00:00.507Z',
    turns: '1',
    errors: '2',
    agentic_turns: '3',
    tool_calls: '4',
    cost_known: '5',
    prompt_tokens: '6',
    completion_tokens: '7',
    cost_micro_usd: '8',
    app_id: '9',
    model_id: '10',
  })
})
