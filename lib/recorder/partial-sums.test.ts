import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isTextOperation } from '../records/operation'
import { CALLER_KINDS, ERROR_CLASSES, OPERATIONS, TOOL_VERDICTS } from '../records/vocabulary'
import { horizonsAt } from '../time/horizons'
import { GRANULARITY_MS } from '../time/time-buckets'
import type { CatalogIds } from './catalog-ids'
import { histogramBin } from './histogram'
import {
  ENDPOINT_HISTOGRAMS,
  ENDPOINT_MEASURES,
  type EndpointMeasure,
  USAGE_COLUMNS,
  USAGE_SUBJECTS,
  type UsageMeasure,
} from './measures'
import {
  addToPartialSums,
  type CountedAttempt,
  type CountedRequest,
  endpointRows,
  type PartialSums,
  usageRows,
} from './partial-sums'

const NOW_MS = Date.parse('2024-03-01T15:30:20.500Z')
const HORIZONS = horizonsAt(NOW_MS)
const DAY_MS = GRANULARITY_MS.day

/** Ids of a record that names nothing but a model and a provider; overrides last. */
function makeIds(overrides: Partial<CatalogIds> = {}): CatalogIds {
  return {
    apiKeyId: 0,
    modelId: 1,
    appId: 0,
    useCaseId: 0,
    presetId: 0,
    providerId: 2,
    endpointIds: [7],
    toolIds: [],
    ...overrides,
  }
}

function makeAttempt(overrides: Partial<CountedAttempt> = {}): CountedAttempt {
  return {
    errorClass: null,
    timeToFirstTokenMs: null,
    durationMs: null,
    finishReason: null,
    toolCalls: null,
    costMicroUsd: null,
    ...overrides,
  }
}

/** A request that knows nothing about itself; overrides last. */
function makeRequest(overrides: Partial<CountedRequest> = {}): CountedRequest {
  return {
    startedAtMs: NOW_MS,
    operation: 'chat',
    stream: null,
    callerKind: 'unknown',
    promptTokens: null,
    cachedTokens: null,
    cacheWriteTokens: null,
    completionTokens: null,
    reasoningTokens: null,
    promptParts: null,
    costMicroUsd: null,
    finishReason: null,
    toolsOffered: null,
    toolCalls: null,
    attempts: [makeAttempt()],
    ...overrides,
  }
}

type Counted = { request: CountedRequest; ids?: CatalogIds }

function sumUp(all: readonly Counted[]): PartialSums {
  const sums: PartialSums = new Map()
  for (const { request, ids = makeIds() } of all) addToPartialSums(sums, request, ids, HORIZONS)
  return sums
}

/** The measures that are not zero in the row of the model, after one request. */
function usageOf(overrides: Partial<CountedRequest>): Partial<Record<UsageMeasure, number>> {
  const row = [...usageRows(sumUp([{ request: makeRequest(overrides) }]))].find(
    ({ subject }) => subject === 'model',
  )
  return nonZero(USAGE_COLUMNS, row?.sums)
}

/** The measures and histograms that are not empty at each endpoint, after one request. */
function endpointsOf(overrides: Partial<CountedRequest>, endpointIds = [7]) {
  const sums = sumUp([{ request: makeRequest(overrides), ids: makeIds({ endpointIds }) }])
  return new Map(
    [...endpointRows(sums)].map(({ endpointId, sums: row, histograms }) => [
      endpointId,
      {
        ...nonZero<EndpointMeasure>(ENDPOINT_MEASURES, row),
        ...Object.fromEntries(
          ENDPOINT_HISTOGRAMS.flatMap((name, index) => {
            const bins = [...(histograms[index] ?? [])]
            return bins.length > 0 ? [[name, bins]] : []
          }),
        ),
      },
    ]),
  )
}

function nonZero<Name extends string>(names: readonly Name[], sums: Float64Array | undefined) {
  const entries = names.map((name, index) => [name, sums?.[index] ?? 0] as const)
  // fromEntries widens its keys to string; they are some of `names`.
  return Object.fromEntries(entries.filter(([, value]) => value !== 0)) as Partial<Record<Name, number>>
}

describe('usage', () => {
  test('what the log does not say is not counted, neither as known nor as zero', () => {
    expect(usageOf({})).toEqual({ requests: 1, requests_ok: 1 })
  })

  test('tokens and cost are summed with the number of requests that knew them', () => {
    expect(
      usageOf({
        callerKind: 'human',
        promptTokens: 1200,
        cachedTokens: 800,
        cacheWriteTokens: 5,
        completionTokens: 60,
        reasoningTokens: 20,
        costMicroUsd: 2100,
      }),
    ).toEqual({
      requests: 1,
      requests_ok: 1,
      human_requests: 1,
      human_tokens: 1260,
      tokens_known: 1,
      cost_known: 1,
      prompt_tokens: 1200,
      cached_tokens: 800,
      cache_write_tokens: 5,
      completion_tokens: 60,
      reasoning_tokens: 20,
      cost_micro_usd: 2100,
      cache_known_prompt_tokens: 1200,
      reasoning_known_completion_tokens: 60,
    })
  })

  test('a cost of nothing is known', () => {
    expect(usageOf({ costMicroUsd: 0 })).toMatchObject({ cost_known: 1 })
  })

  test('agentic and human tokens are prompt and completion; those of unknown callers are in neither', () => {
    expect(usageOf({ callerKind: 'agentic', promptTokens: 5, completionTokens: 3 })).toMatchObject({
      agentic_requests: 1,
      agentic_tokens: 8,
    })
    const unknown = usageOf({ callerKind: 'unknown', promptTokens: 5 })
    expect(unknown).not.toHaveProperty('agentic_tokens')
    expect(unknown).not.toHaveProperty('human_tokens')
  })

  test.each(ERROR_CLASSES)(
    'a request that ended in %s is an error unless nobody at the provider was at fault',
    (errorClass) => {
      const leftOut = ['rate_limited', 'invalid_request', 'content_policy', 'cancelled'].includes(errorClass)
      const usage = usageOf({ attempts: [makeAttempt({ errorClass })] })
      expect(usage).toEqual(leftOut ? { requests: 1 } : { requests: 1, requests_error: 1 })
    },
  )

  test('the last attempt decides the request, whatever happened before', () => {
    const failed = makeAttempt({ errorClass: 'upstream_5xx' })
    expect(usageOf({ attempts: [failed, failed, makeAttempt()] })).toEqual({ requests: 1, requests_ok: 1 })
    expect(usageOf({ attempts: [makeAttempt(), failed] })).toEqual({ requests: 1, requests_error: 1 })
  })

  test('prompt parts are summed with the number of requests that had them', () => {
    const promptParts = {
      system: 1,
      toolDefinitions: 2,
      mcpToolDefinitions: 3,
      skills: 4,
      toolResults: 5,
      userText: 6,
      assistantHistory: 7,
    }
    expect(usageOf({ promptParts })).toEqual({
      requests: 1,
      requests_ok: 1,
      prompt_parts_known: 1,
      system_tokens: 1,
      tool_definition_tokens: 2,
      mcp_tool_definition_tokens: 3,
      skill_tokens: 4,
      tool_result_tokens: 5,
      user_text_tokens: 6,
      assistant_history_tokens: 7,
    })
  })

  test('a row is kept for each thing a record names, and none for a key or preset it does not name', () => {
    const named = makeIds({ apiKeyId: 3, appId: 4, useCaseId: 5, presetId: 6 })
    const keysOf = (ids: CatalogIds) =>
      [...usageRows(sumUp([{ request: makeRequest({ callerKind: 'human' }), ids }]))].map(
        ({ subject, keyId }) => `${subject} ${keyId}`,
      )
    expect(keysOf(named)).toEqual([
      `caller_kind ${CALLER_KINDS.indexOf('human')}`,
      'model 1',
      'provider 2',
      'app 4',
      'use_case 5',
      'api_key 3',
      'preset 6',
    ])
    expect(keysOf(makeIds())).toEqual(['caller_kind 1', 'model 1', 'provider 2', 'app 0', 'use_case 0'])
  })

  test('each operation has rows of its own, under the same key', () => {
    const ids = makeIds({ appId: 4 })
    const requests = OPERATIONS.map((operation, index) => ({
      request: makeRequest({ operation, promptTokens: 1 << index }),
      ids,
    }))
    const ofApp = [...usageRows(sumUp([...requests, ...requests]))].filter(({ subject }) => subject === 'app')
    const promptTokens = USAGE_COLUMNS.indexOf('prompt_tokens')
    expect(ofApp.map(({ keyId, operation, sums }) => [keyId, operation, sums[promptTokens]])).toEqual(
      OPERATIONS.map((operation, index) => [4, operation, 2 << index]),
    )
  })
})

describe('the tool funnel: known, offered, used, finished by tool call', () => {
  const FUNNEL = [
    'tools_known',
    'tools_offered',
    'tools_used',
    'finished_by_tool_call',
    'tool_calls',
  ] as const

  test.each([
    ['no tool information', { finishReason: 'tool_calls', toolCalls: [{}] }, [0, 0, 0, 0, 0]],
    ['none offered', { toolsOffered: 0, finishReason: 'stop' }, [1, 0, 0, 0, 0]],
    [
      'none offered, yet it ended by tool call',
      { toolsOffered: 0, finishReason: 'tool_calls' },
      [1, 0, 0, 1, 0],
    ],
    ['offered', { toolsOffered: 3, finishReason: 'stop', toolCalls: [] }, [1, 1, 0, 0, 0]],
    ['used, then answered', { toolsOffered: 3, finishReason: 'stop', toolCalls: [{}] }, [1, 1, 1, 0, 1]],
    [
      'ended by two calls',
      { toolsOffered: 3, finishReason: 'tool_calls', toolCalls: [{}, {}] },
      [1, 1, 1, 1, 2],
    ],
    ['ended by calls the log lacks', { toolsOffered: 3, finishReason: 'tool_calls' }, [1, 1, 1, 1, 0]],
  ])('%s', (_name, overrides, funnel) => {
    const usage = usageOf(overrides)
    expect(FUNNEL.map((measure) => usage[measure] ?? 0)).toEqual(funnel)
  })
})

describe('endpoints', () => {
  const FALLBACK: Partial<CountedRequest> = {
    promptTokens: 1200,
    cachedTokens: 800,
    completionTokens: 60,
    costMicroUsd: 2100,
    attempts: [
      makeAttempt({ errorClass: 'upstream_5xx', durationMs: 80, timeToFirstTokenMs: 10 }),
      makeAttempt({ durationMs: 700, timeToFirstTokenMs: 190 }),
    ],
  }

  test('every attempt counts where it was made; tokens and money only where the answer came from', () => {
    const endpoints = endpointsOf(FALLBACK, [7, 8])
    expect(endpoints.get(7)).toEqual({ attempts: 1, upstream_5xx: 1 })
    expect(endpoints.get(8)).toMatchObject({
      attempts: 1,
      ok: 1,
      deciding: 1,
      prompt_tokens: 1200,
      cached_tokens: 800,
      completion_tokens: 60,
      cost_micro_usd: 2100,
    })
    expect(usageOf(FALLBACK)).toMatchObject({ requests: 1, requests_ok: 1 })
  })

  test('money counts where it was billed, also for an answer that was refused', () => {
    const [refused, answered] = FALLBACK.attempts ?? []
    const attempts = [
      { ...makeAttempt(), ...refused, costMicroUsd: 900 },
      { ...makeAttempt(), ...answered },
    ]
    const request = { ...FALLBACK, costMicroUsd: 3000, attempts }
    expect(endpointsOf(request, [7, 8]).get(7)).toEqual({ attempts: 1, upstream_5xx: 1, cost_micro_usd: 900 })
    expect(endpointsOf(request, [7, 8]).get(8)).toMatchObject({ cost_micro_usd: 2100, costed_tokens: 1260 })
    expect(usageOf(request)).toMatchObject({ cost_known: 1, cost_micro_usd: 3000 })
  })

  test('two attempts at one endpoint are two attempts and one answer', () => {
    expect(endpointsOf(FALLBACK, [7, 7]).get(7)).toMatchObject({
      attempts: 2,
      deciding: 1,
      ok: 1,
      upstream_5xx: 1,
    })
  })

  test('latency and throughput are those of answers: a fast refusal makes nobody quick', () => {
    const endpoints = endpointsOf(FALLBACK, [7, 8])
    expect(Object.keys(endpoints.get(7) ?? {})).toEqual(['attempts', 'upstream_5xx'])
    expect(endpoints.get(8)).toMatchObject({
      time_to_first_token_ms: [[histogramBin(190), 1]],
      duration_ms: [[histogramBin(700), 1]],
    })
  })

  test.each([
    ['streamed: after the first token', { stream: true }, 200, 900, 100 / 0.7],
    ['not streamed: over the whole time', { stream: false }, 200, 900, 100 / 0.9],
    ['streamed without a time to first token: over the whole time', { stream: true }, null, 900, 100 / 0.9],
    ['no duration: unknown', { stream: true }, 200, null, null],
    ['nothing after the first token: unknown', { stream: true }, 900, 900, null],
    ['no tokens: unknown', { completionTokens: 0 }, 200, 900, null],
    ['tokens not logged: unknown', { completionTokens: null }, 200, 900, null],
  ])('throughput, %s', (_name, overrides, timeToFirstTokenMs, durationMs, perSecond) => {
    const attempts = [makeAttempt({ timeToFirstTokenMs, durationMs })]
    const endpoint = endpointsOf({ completionTokens: 100, ...overrides, attempts }).get(7)
    const bins = perSecond === null ? undefined : [[histogramBin(perSecond), 1]]
    expect(endpoint).toMatchObject({ attempts: 1, ok: 1 })
    expect(Object(endpoint).tokens_per_second).toEqual(bins)
  })

  describe('tool calls', () => {
    const calls = (...verdicts: (typeof TOOL_VERDICTS)[number][]) =>
      verdicts.map((verdict) => ({ name: 'f', verdict, detail: null }))

    test.each([
      [
        'all valid',
        'tool_calls',
        calls('valid', 'valid'),
        { tool_call_attempts: 1, checked_tool_call_attempts: 1, calls_valid: 2 },
      ],
      [
        'one bad among good ones makes the attempt bad once',
        'tool_calls',
        calls('valid', 'invalid_json', 'schema_mismatch', 'unknown_name'),
        {
          tool_call_attempts: 1,
          checked_tool_call_attempts: 1,
          bad_tool_call_attempts: 1,
          calls_valid: 1,
          calls_invalid_json: 1,
          calls_schema_mismatch: 1,
          calls_unknown_name: 1,
        },
      ],
      [
        'unknown ones say nothing about quality',
        'tool_calls',
        calls('unknown'),
        { tool_call_attempts: 1, calls_unknown: 1 },
      ],
      [
        'only an answer that ended by them is judged',
        'stop',
        calls('invalid_json'),
        { calls_invalid_json: 1 },
      ],
      ['none in the log: used, but not judged', 'tool_calls', null, { tool_call_attempts: 1 }],
    ])('%s', (_name, finishReason, toolCalls, measures) => {
      const attempts = [makeAttempt({ finishReason, toolCalls })]
      expect(endpointsOf({ toolsOffered: 3, attempts }).get(7)).toEqual({
        attempts: 1,
        ok: 1,
        deciding: 1,
        tools_offered: 1,
        ...measures,
      })
    })
  })

  test('tools count as offered to an endpoint whatever came of the attempt, and as used when it ended by them', () => {
    expect(endpointsOf({ toolsOffered: 2 }).get(7)).toMatchObject({ tools_offered: 1 })
    const failed = { toolsOffered: 2, attempts: [makeAttempt({ errorClass: 'timeout' })] }
    expect(endpointsOf(failed).get(7)).toMatchObject({ tools_offered: 1 })
    const used = { toolsOffered: 2, attempts: [makeAttempt({ finishReason: 'tool_calls', toolCalls: null })] }
    expect(endpointsOf(used).get(7)).toMatchObject({ tools_offered: 1, tool_call_attempts: 1 })
  })
})

test('an endpoint counts every operation, but tools and the pace of text of chats and completions alone', () => {
  const request = {
    stream: true,
    promptTokens: 100,
    completionTokens: 10,
    costMicroUsd: 7,
    toolsOffered: 2,
    attempts: [
      makeAttempt({
        timeToFirstTokenMs: 200,
        durationMs: 900,
        finishReason: 'tool_calls',
        toolCalls: [{ name: 'f', verdict: 'invalid_json', detail: null }],
      }),
    ],
  }
  const counted = {
    attempts: 1,
    ok: 1,
    deciding: 1,
    prompt_tokens: 100,
    completion_tokens: 10,
    cost_micro_usd: 7,
    costed_tokens: 110,
    duration_ms: [[histogramBin(900), 1]],
  }
  for (const operation of OPERATIONS) {
    const endpoint = endpointsOf({ ...request, operation }).get(7)
    if (!isTextOperation(operation)) {
      expect(endpoint, operation).toEqual(counted)
      continue
    }
    expect(endpoint, operation).toMatchObject({ ...counted, tools_offered: 1, bad_tool_call_attempts: 1 })
    expect(Object.keys(endpoint ?? {})).toEqual(
      expect.arrayContaining(['time_to_first_token_ms', 'tokens_per_second']),
    )
  }
})

describe('buckets', () => {
  test.each([
    ['a minute, where minutes are kept', '2024-03-01T15:30:20.500Z', '2024-03-01T15:30:00.000Z'],
    ['the first minute of the horizon', '2024-02-23T00:00:59.999Z', '2024-02-23T00:00:00.000Z'],
    ['an hour before that', '2024-02-22T23:59:59.999Z', '2024-02-22T23:00:00.000Z'],
    ['a day, where hours are gone', '2022-02-28T23:59:59.999Z', '2022-02-28T00:00:00.000Z'],
  ])('a request is counted in %s', (_name, startedAt, bucket) => {
    const rows = [...usageRows(sumUp([{ request: makeRequest({ startedAtMs: Date.parse(startedAt) }) }]))]
    expect(new Set(rows.map(({ bucketMs }) => new Date(bucketMs).toISOString()))).toEqual(new Set([bucket]))
  })

  test('its attempts are counted in the bucket of its start, however long it took', () => {
    const startedAtMs = Date.parse('2024-03-01T15:29:59.999Z')
    const attempts = [makeAttempt({ durationMs: 3_600_000, errorClass: 'timeout' }), makeAttempt()]
    const sums = sumUp([
      { request: makeRequest({ startedAtMs, attempts }), ids: makeIds({ endpointIds: [7, 8] }) },
    ])
    expect([...endpointRows(sums)].map(({ bucketMs }) => bucketMs)).toEqual(
      Array(2).fill(Date.parse('2024-03-01T15:29:00Z')),
    )
  })
})

const someTokens = fc.option(fc.integer({ min: 0, max: 1000 }))
const someAttempt = fc.record({
  errorClass: fc.option(fc.constantFrom(...ERROR_CLASSES)),
  timeToFirstTokenMs: someTokens,
  durationMs: someTokens,
  finishReason: fc.constantFrom('stop', 'tool_calls', null),
  toolCalls: fc.option(
    fc.array(
      fc.constantFrom(...TOOL_VERDICTS).map((verdict) => ({ name: 'f', verdict, detail: null })),
      { maxLength: 2 },
    ),
  ),
  costMicroUsd: someTokens,
})
const counted: fc.Arbitrary<Counted> = fc
  .record({
    startedAtMs: fc
      .tuple(fc.constantFrom(0, 6, 8, 399, 401), fc.constantFrom(0, 1, 59_999, 3_600_000))
      .map(([daysAgo, ms]) => NOW_MS - daysAgo * DAY_MS - ms),
    operation: fc.constantFrom(...OPERATIONS),
    stream: fc.option(fc.boolean()),
    callerKind: fc.constantFrom(...CALLER_KINDS),
    promptTokens: someTokens,
    completionTokens: someTokens,
    costMicroUsd: someTokens,
    toolsOffered: fc.option(fc.integer({ min: 0, max: 2 })),
    attempts: fc.array(someAttempt, { minLength: 1, maxLength: 3 }),
    modelId: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ modelId, ...request }) => ({
    request: makeRequest(request),
    ids: makeIds({ modelId, endpointIds: request.attempts.map((_, index) => modelId * 10 + (index % 2)) }),
  }))

/** All rows in an order of their own, so that two sums can be compared. */
function rowsOf(sums: PartialSums): string[] {
  const usage = [...usageRows(sums)].map((row) => JSON.stringify({ ...row, sums: [...row.sums] }))
  const endpoints = [...endpointRows(sums)].map(({ bucketMs, endpointId, sums: row, histograms }) =>
    JSON.stringify([
      bucketMs,
      endpointId,
      [...row],
      histograms.map((bins) => [...bins].sort(([a], [b]) => a - b)),
    ]),
  )
  return [...usage, ...endpoints].sort()
}

test('the order of the records changes no sum', () => {
  const twice = fc
    .array(counted, { maxLength: 12 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  fc.assert(
    fc.property(twice, ([all, shuffled]) => {
      expect(rowsOf(sumUp(shuffled))).toEqual(rowsOf(sumUp(all)))
    }),
  )
})

test('every subject that is always named counts every request, and every attempt is at one endpoint', () => {
  const total = (rows: Iterable<{ sums: Float64Array }>, index: number) =>
    [...rows].reduce((sum, row) => sum + (row.sums[index] ?? 0), 0)
  fc.assert(
    fc.property(fc.array(counted, { maxLength: 12 }), (all) => {
      const sums = sumUp(all)
      for (const subject of USAGE_SUBJECTS.slice(0, 4)) {
        const rows = [...usageRows(sums)].filter((row) => row.subject === subject)
        expect(total(rows, USAGE_COLUMNS.indexOf('requests'))).toBe(all.length)
      }
      const attempts = all.reduce((sum, { request }) => sum + request.attempts.length, 0)
      expect(total(endpointRows(sums), ENDPOINT_MEASURES.indexOf('attempts'))).toBe(attempts)
      expect(total(endpointRows(sums), ENDPOINT_MEASURES.indexOf('deciding'))).toBe(all.length)
    }),
  )
})
