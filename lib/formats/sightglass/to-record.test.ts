import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createCheckBudget } from '../../records/check-budget'
import { recordId } from '../../records/record-id'
import type { RequestRecord } from '../../records/request-record'
import { CALLER_KINDS, ERROR_CLASSES, TOOL_VERDICTS } from '../../records/vocabulary'
import { branchingSchema } from '../../testing/branching-schema'
import { toRecord } from './to-record'

const NOW_MS = Date.parse('2026-11-20T12:00:00.000Z')
const NUL = '\u0000'
const WEATHER_TOOL = {
  type: 'function',
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
}

/** The record that the README and the issue show. */
const CONTRACT = {
  id: 'req-1',
  source: 'my-gateway',
  startedAt: '2026-11-20T10:00:00.000Z',
  operation: 'completion',
  model: 'acme/atlas-120b',
  requestedModel: '@preset/tools',
  provider: 'helios',
  app: 'shop-bot',
  endUser: 'u-7',
  sessionId: 's-1',
  preset: 'tools',
  useCase: 'support',
  callerKind: 'agentic',
  stream: true,
  promptTokens: 1200,
  cachedTokens: 800,
  completionTokens: 60,
  reasoningTokens: 20,
  costUsd: 0.0021,
  finishReason: 'tool_calls',
  toolsOffered: 3,
  toolCalls: [{ name: 'get_weather', verdict: 'schema_mismatch' }],
  httpStatus: 200,
  durationMs: 900,
  timeToFirstTokenMs: 210,
}

const MINIMAL = { id: 'm', startedAt: '2026-11-20T10:00:00Z', model: 'acme/atlas-120b' }

function read(value: unknown, unknownFields = new Set<string>()) {
  return toRecord(value, { nowMs: NOW_MS, unknownFields, budget: createCheckBudget() })
}

/** The record of a value that must be taken. */
function accepted(value: unknown): RequestRecord {
  const result = read(value)
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.errors)}`)
  return result.record
}

/** What was wrong with a value that must be refused. */
function errorsOf(value: unknown) {
  const result = read(value)
  if (result.ok) throw new Error('was taken')
  return result.errors
}

test('reads every field of the record in the contract', () => {
  const toolCalls = [{ name: 'get_weather', verdict: 'schema_mismatch', detail: null }]
  expect(accepted(CONTRACT)).toEqual({
    id: recordId({ source: 'my-gateway', externalId: 'req-1' }),
    source: 'my-gateway',
    externalId: 'req-1',
    startedAtMs: Date.UTC(2026, 10, 20, 10),
    operation: 'completion',
    app: 'shop-bot',
    endUser: 'u-7',
    sessionId: 's-1',
    requestedModel: '@preset/tools',
    model: 'acme/atlas-120b',
    preset: 'tools',
    presetVersion: null,
    useCase: 'support',
    stream: true,
    callerKind: 'agentic',
    callerReason: 'declared',
    promptTokens: 1200,
    cachedTokens: 800,
    cacheWriteTokens: null,
    completionTokens: 60,
    reasoningTokens: 20,
    promptParts: null,
    costMicroUsd: 2100,
    costSource: 'reported',
    finishReason: 'tool_calls',
    toolsOffered: 3,
    toolCalls,
    attempts: [
      {
        provider: 'helios',
        startedAtMs: Date.UTC(2026, 10, 20, 10),
        httpStatus: 200,
        errorClass: null,
        timeToFirstTokenMs: 210,
        durationMs: 900,
        finishReason: 'tool_calls',
        toolCalls,
        costMicroUsd: 2100,
      },
    ],
  })
})

test('needs only id, startedAt and model; what is not said is null and not zero', () => {
  const record = accepted(MINIMAL)
  expect(record).toMatchObject({
    source: 'api',
    operation: 'chat',
    model: 'acme/atlas-120b',
    callerKind: 'unknown',
  })
  const { promptTokens, completionTokens, costMicroUsd, toolsOffered, toolCalls, stream, app } = record
  expect([promptTokens, completionTokens, costMicroUsd, toolsOffered, toolCalls, stream, app]).toEqual(
    Array(7).fill(null),
  )
  expect(record.attempts).toEqual([
    {
      provider: null,
      startedAtMs: record.startedAtMs,
      httpStatus: null,
      errorClass: null,
      timeToFirstTokenMs: null,
      durationMs: null,
      finishReason: null,
      toolCalls: null,
      costMicroUsd: null,
    },
  ])
})

test('takes null for every optional field as if the field were absent', () => {
  const optional = Object.keys(CONTRACT).filter((field) => !(field in MINIMAL))
  const nulls = Object.fromEntries(
    [...optional, 'attempts', 'tools', 'promptParts'].map((name) => [name, null]),
  )
  expect(accepted({ ...MINIMAL, ...nulls })).toEqual(accepted(MINIMAL))
})

test('gives the same id for the same source and id, and another for another source', () => {
  const id = (overrides: object) => accepted({ ...MINIMAL, ...overrides }).id
  expect(id({ model: 'other', startedAt: '2026-11-20T11:00:00Z' })).toBe(id({}))
  expect(id({ source: 'b' })).not.toBe(id({ source: 'a' }))
})

test.each([
  ['2026-11-20T10:00:00.000Z', Date.UTC(2026, 10, 20, 10)],
  ['2026-11-20T10:00:00Z', Date.UTC(2026, 10, 20, 10)],
  ['2026-11-20T10:00:00.123456Z', Date.UTC(2026, 10, 20, 10, 0, 0, 123)],
  ['2026-11-20T12:30:00+02:30', Date.UTC(2026, 10, 20, 10)],
  ['2024-02-29T23:59:59.999Z', Date.UTC(2024, 1, 29, 23, 59, 59, 999)],
  ['2026-11-20T13:00:00Z', NOW_MS + 3_600_000],
  ['2020-01-01T00:00:00Z', Date.UTC(2020, 0, 1)],
])('startedAt %s is that moment whatever the machine’s zone', (startedAt, ms) => {
  expect(accepted({ ...MINIMAL, startedAt }).startedAtMs).toBe(ms)
})

describe('model', () => {
  test.each([
    [{ model: 'claude-sonnet-4' }, 'anthropic/claude-sonnet-4'],
    [{ model: 'atlas-8b', provider: 'Helios AI' }, 'helios-ai/atlas-8b'],
    [{ model: 'atlas-8b' }, 'unknown/atlas-8b'],
    [
      { model: 'atlas-8b', provider: 'first', attempts: [{ provider: 'helios' }, { provider: 'borealis' }] },
      'borealis/atlas-8b',
    ],
  ])('%j is %s', (overrides, model) => {
    expect(accepted({ ...MINIMAL, ...overrides }).model).toBe(model)
  })
})

describe('attempts', () => {
  const FALLBACK = {
    ...MINIMAL,
    attempts: [
      { provider: 'helios', httpStatus: 503, errorClass: 'upstream_5xx', durationMs: 80 },
      { provider: 'borealis', httpStatus: 200, durationMs: 700, timeToFirstTokenMs: 190 },
    ],
  }

  test('are kept in order, each starting when the one before ended', () => {
    const { startedAtMs, attempts } = accepted(FALLBACK)
    expect(attempts).toMatchObject([
      { provider: 'helios', httpStatus: 503, errorClass: 'upstream_5xx', durationMs: 80, startedAtMs },
      { provider: 'borealis', httpStatus: 200, errorClass: null, startedAtMs: startedAtMs + 80 },
    ])
  })

  test('start when they say so, except the first, which starts the request', () => {
    const own = { startedAt: '2026-11-20T10:00:03Z' }
    const { startedAtMs, attempts } = accepted({ ...MINIMAL, attempts: [own, own, { durationMs: 5 }] })
    expect(attempts.map((attempt) => attempt.startedAtMs - startedAtMs)).toEqual([0, 3000, 3000])
  })

  test('win over the fields that describe a single attempt', () => {
    const { attempts } = accepted({ ...FALLBACK, provider: 'ignored', httpStatus: 500, durationMs: 1 })
    expect(attempts[1]).toMatchObject({ provider: 'borealis', httpStatus: 200, durationMs: 700 })
  })

  test('give the request the finish reason and tool calls of the last one, and the cost of all', () => {
    const call = { name: 'f', verdict: 'valid' }
    const record = accepted({
      ...MINIMAL,
      attempts: [
        { finishReason: 'error', costUsd: 1 },
        { finishReason: 'tool_use', costUsd: 0.5, toolCalls: [call] },
      ],
    })
    expect(record).toMatchObject({
      finishReason: 'tool_calls',
      costMicroUsd: 1_500_000,
      costSource: 'reported',
      toolCalls: [call],
      attempts: [
        { finishReason: 'error', costMicroUsd: 1_000_000, toolCalls: null },
        { finishReason: 'tool_calls', costMicroUsd: 500_000, toolCalls: [call] },
      ],
    })
  })

  test('may not lie so far from the request that the distance cannot be kept', () => {
    const week = 7 * 86_400_000
    const far = (attempts: object[]) => errorsOf({ ...MINIMAL, attempts }).map(({ path }) => path)
    expect(far([{}, { startedAt: '9999-01-01T00:00:00Z' }])).toEqual(['attempts.1.startedAt'])
    expect(far([{}, { startedAt: '0000-01-01T00:00:00Z' }])).toEqual(['attempts.1.startedAt'])
    expect(far([{ durationMs: week }, { durationMs: 1 }, {}])).toEqual(['attempts.2.startedAt'])
    expect(accepted({ ...MINIMAL, attempts: [{ durationMs: week }, {}] }).attempts).toHaveLength(2)
  })
})

describe('errorClass', () => {
  test.each([
    [{ httpStatus: 200 }, null],
    [{ httpStatus: 429 }, 'rate_limited'],
    [{ httpStatus: 503 }, 'upstream_5xx'],
    [{ httpStatus: 504 }, 'timeout'],
    [{ httpStatus: 401 }, 'auth'],
    [{ httpStatus: 422 }, 'invalid_request'],
    [{ httpStatus: 503, errorClass: 'connection' }, 'connection'],
    [{ httpStatus: 200, errorClass: 'mid_stream' }, 'mid_stream'],
    [{ httpStatus: 200, finishReason: 'error' }, 'bad_response'],
    [{}, null],
  ])('of %j is %s', (overrides, errorClass) => {
    expect(accepted({ ...MINIMAL, ...overrides }).attempts[0].errorClass).toBe(errorClass)
  })
})

describe('callerKind', () => {
  test.each([
    [{ callerKind: 'human', finishReason: 'tool_calls', toolsOffered: 2 }, 'human', 'declared'],
    [{ callerKind: 'unknown', toolsOffered: 0 }, 'human', 'no_agent_signal'],
    [{ toolsOffered: 2, finishReason: 'tool_calls' }, 'agentic', 'finished_by_tool_call'],
    [{ toolsOffered: 2, finishReason: 'stop' }, 'human', 'no_agent_signal'],
    [{ tools: [WEATHER_TOOL], finishReason: 'tool_use' }, 'agentic', 'finished_by_tool_call'],
    [{ app: 'Claude Code' }, 'agentic', 'known_agent_client'],
    [{}, 'unknown', 'no_tool_information'],
  ])('of %j is %s because of %s', (overrides, callerKind, callerReason) => {
    expect(accepted({ ...MINIMAL, ...overrides })).toMatchObject({ callerKind, callerReason })
  })
})

describe('tool calls', () => {
  test.each([
    ['{"city":"Oslo"}', 'valid'],
    [{ city: 'Oslo' }, 'valid'],
    ['{"city":5}', 'schema_mismatch'],
    ['', 'schema_mismatch'],
    ['{"city":', 'invalid_json'],
    [null, 'unknown'],
  ])('with arguments %j are held against the tools: %s', (args, verdict) => {
    const toolCalls = [{ name: 'get_weather', arguments: args }]
    const record = accepted({ ...MINIMAL, tools: [WEATHER_TOOL], toolCalls })
    expect(record.toolCalls).toMatchObject([{ name: 'get_weather', verdict }])
    expect(record.attempts[0].toolCalls).toEqual(record.toolCalls)
    expect(record.toolsOffered).toBe(1)
  })

  test('of a tool that was not offered have an unknown name', () => {
    const toolCalls = [{ name: 'get_news', arguments: '{}' }]
    expect(accepted({ ...MINIMAL, tools: [WEATHER_TOOL], toolCalls }).toolCalls).toMatchObject([
      { verdict: 'unknown_name' },
    ])
  })

  test('keep the verdict they come with', () => {
    const toolCalls = [{ name: 'get_weather', arguments: '{', verdict: 'valid', detail: 'checked upstream' }]
    expect(accepted({ ...MINIMAL, tools: [WEATHER_TOOL], toolCalls }).toolCalls).toEqual([
      { name: 'get_weather', verdict: 'valid', detail: 'checked upstream' },
    ])
  })

  test('without the offered tools are unknown, however bad they look', () => {
    const toolCalls = [{ name: 'x', arguments: '{' }]
    expect(accepted({ ...MINIMAL, toolsOffered: 1, toolCalls }).toolCalls).toMatchObject([
      { verdict: 'unknown' },
    ])
  })

  test('are checked from one budget for the whole body, of which each record brings a share', () => {
    const body = { nowMs: NOW_MS, unknownFields: new Set<string>(), budget: createCheckBudget() }
    const verdictsOf = (tools: unknown[], toolCalls: unknown[]) => {
      const result = toRecord({ ...MINIMAL, tools, toolCalls }, body)
      return result.ok ? result.record.toolCalls?.map(({ verdict }) => verdict) : result.errors
    }
    const hundred = Array.from({ length: 100 }, () => ({ name: 'branch', arguments: '{}' }))
    const branching = { name: 'branch', parameters: branchingSchema(40) }
    expect(verdictsOf([branching], hundred)).toEqual(hundred.map(() => 'unknown'))
    expect(body.budget.stepsLeft).toBe(0)
    for (let record = 0; record < 1000; record++) {
      const call = { name: 'get_weather', arguments: '{"city":"Oslo"}' }
      expect(verdictsOf([WEATHER_TOOL], [call])).toEqual(['valid'])
    }
  })

  test('never carry half a character, which Postgres takes in no JSON', () => {
    const toolCalls = [{ name: `${'x'.repeat(199)}😀`, arguments: '{}' }]
    expect(accepted({ ...MINIMAL, tools: [], toolCalls }).toolCalls?.[0]?.name).toBe(
      `${'x'.repeat(199)}\ufffd`,
    )
  })
})

describe('a bad value is refused by its path, with what was expected', () => {
  test.each([
    [{ promptTokens: -1 }, 'promptTokens', 'expected zero or more'],
    [{ promptTokens: 100_000_001 }, 'promptTokens', 'expected at most 100000000'],
    [{ promptTokens: 1e15 }, 'promptTokens', 'expected at most 100000000'],
    [{ promptTokens: 1.5 }, 'promptTokens', 'expected a whole number'],
    [{ promptTokens: '12' }, 'promptTokens', 'expected a whole number'],
    [{ promptTokens: Number.NaN }, 'promptTokens', 'expected a whole number'],
    [{ cachedTokens: 11, promptTokens: 10 }, 'cachedTokens', 'at most promptTokens'],
    [{ reasoningTokens: 11, completionTokens: 10 }, 'reasoningTokens', 'at most completionTokens'],
    [{ promptParts: { system: -1 } }, 'promptParts.system', 'expected zero or more'],
    [{ costUsd: -0.1 }, 'costUsd', 'expected zero or more'],
    [{ costUsd: 1e308 }, 'costUsd', 'expected at most 1000000'],
    [{ costUsd: '0.1' }, 'costUsd', 'expected a number of US dollars'],
    [{ durationMs: -1 }, 'durationMs', 'expected zero or more'],
    [{ durationMs: 1e12 }, 'durationMs', 'seven days'],
    [{ httpStatus: 99 }, 'httpStatus', '100 to 599'],
    [{ httpStatus: '200' }, 'httpStatus', 'expected an HTTP status'],
    [{ startedAt: '1970-01-01T00:00:00Z' }, 'startedAt', '2020 or later'],
    [{ startedAt: '2027-11-20T12:00:00Z' }, 'startedAt', 'one hour ahead'],
    [{ startedAt: '2026-11-20T13:00:00.001Z' }, 'startedAt', 'one hour ahead'],
    [{ startedAt: 1_795_386_577_874 }, 'startedAt', 'ISO 8601'],
    [{ startedAt: '2026-11-20' }, 'startedAt', 'ISO 8601'],
    [{ startedAt: '2026-11-20T10:00:00' }, 'startedAt', 'ISO 8601'],
    [{ startedAt: '2026-02-29T10:00:00Z' }, 'startedAt', 'ISO 8601'],
    [{ startedAt: undefined }, 'startedAt', 'ISO 8601'],
    [{ id: undefined }, 'id', 'expected a string'],
    [{ id: 7 }, 'id', 'expected a string'],
    [{ id: '' }, 'id', 'non-empty'],
    [{ id: 'x'.repeat(257) }, 'id', 'at most 256 characters'],
    [{ model: null }, 'model', 'expected a string'],
    [{ app: 'x'.repeat(10_000_000) }, 'app', 'at most 200 characters'],
    [{ app: `shop${NUL}bot` }, 'app', 'without NUL'],
    [{ endUser: 'u\ud83d' }, 'endUser', 'lone surrogates'],
    [{ stream: 'yes' }, 'stream', 'expected true or false'],
    [{ callerKind: 'robot' }, 'callerKind', 'agentic, human, unknown'],
    [{ operation: 'embeddings' }, 'operation', 'expected one of chat, completion, embedding, rerank'],
    [{ operation: 7 }, 'operation', 'expected one of chat'],
    [{ errorClass: 'oops' }, 'errorClass', 'rate_limited'],
    [{ toolsOffered: -1 }, 'toolsOffered', 'expected zero or more'],
    [{ tools: 'get_weather' }, 'tools', 'expected a list'],
    [{ toolCalls: {} }, 'toolCalls', 'expected a list'],
    [{ toolCalls: [{ name: 'f', verdict: 'maybe' }] }, 'toolCalls.0.verdict', 'schema_mismatch'],
    [{ attempts: [] }, 'attempts', 'at least one attempt'],
    [{ attempts: Array(51).fill({}) }, 'attempts', 'at most 50 attempts'],
    [{ attempts: [{}, { httpStatus: 700 }] }, 'attempts.1.httpStatus', '100 to 599'],
  ])('case %#', (overrides, path, message) => {
    const errors = errorsOf({ ...MINIMAL, ...overrides })
    expect(errors).toEqual([{ path, message: expect.stringContaining(message) }])
  })

  test.each([[null], [undefined], [7], ['record'], [[MINIMAL]], [true]])('no object: %j', (value) => {
    expect(errorsOf(value)).toEqual([{ path: '', message: 'expected a record: an object' }])
  })

  test('also where it breaks two rules at once', () => {
    expect(errorsOf({ ...MINIMAL, promptTokens: 1e308 })).toContainEqual({
      path: 'promptTokens',
      message: 'expected at most 100000000',
    })
  })

  test('all wrong fields are named at once, at most ten', () => {
    expect(errorsOf({}).map(({ path }) => path)).toEqual(['id', 'startedAt', 'model'])
    const bad = Object.fromEntries(Object.keys(CONTRACT).map((field) => [field, { no: 'such' }]))
    expect(errorsOf(bad)).toHaveLength(10)
  })

  test('with the id of its record, so that the sender finds it', () => {
    expect(read({ ...MINIMAL, model: 5 })).toMatchObject({ ok: false, id: 'm' })
    expect(read({ ...MINIMAL, id: 5 })).not.toHaveProperty('id')
  })
})

test('unknown fields are collected by name once, also of records that are refused', () => {
  const unknownFields = new Set<string>()
  expect(read({ ...MINIMAL, temperature: 1, team: 'a' }, unknownFields).ok).toBe(true)
  expect(read({ ...MINIMAL, temperature: 2 }, unknownFields).ok).toBe(true)
  expect(read({ id: 'x', model: 'm', started_at: '2026-11-20T10:00:00Z' }, unknownFields).ok).toBe(false)
  expect(read(['not', 'a', 'record'], unknownFields).ok).toBe(false)
  expect([...unknownFields]).toEqual(['temperature', 'team', 'started_at'])
})

describe('for any JSON', () => {
  /** Fields as the contract knows them, with values that are right, nearly right, or anything. */
  const nearlyRecord = fc.record(
    {
      id: fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.jsonValue()),
      startedAt: fc.oneof(
        fc
          .date({ min: new Date('2019-12-01'), max: new Date('2027-01-01'), noInvalidDate: true })
          .map((date) => date.toISOString()),
        fc.jsonValue(),
      ),
      model: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 250 }), fc.constant('acme/atlas')),
      provider: fc.option(fc.string({ unit: 'binary', minLength: 1, maxLength: 110 })),
      promptTokens: fc.oneof(fc.integer({ min: -1, max: 1000 }), fc.double(), fc.constant(null)),
      cachedTokens: fc.integer({ min: 0, max: 1000 }),
      completionTokens: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constant(null)),
      reasoningTokens: fc.integer({ min: 0, max: 100 }),
      costUsd: fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double()),
      durationMs: fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.integer()),
      finishReason: fc.string({ unit: 'binary' }),
      httpStatus: fc.integer({ min: 90, max: 610 }),
      tools: fc.jsonValue(),
      toolCalls: fc.oneof(
        fc.jsonValue(),
        fc.array(fc.record({ name: fc.jsonValue(), arguments: fc.jsonValue() })),
      ),
      attempts: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
    },
    { requiredKeys: ['id', 'startedAt', 'model'] },
  )

  test('there is a record or a list of errors, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearlyRecord), (value) => {
        const result = read(value)
        if (result.ok) return
        expect(result.errors.length).toBeGreaterThan(0)
        for (const error of result.errors) {
          expect(error).toEqual({ path: expect.any(String), message: expect.stringMatching(/^expected/) })
        }
      }),
      { numRuns: 500 },
    )
  })

  /** Text of about a given length that ends with a character of two halves, so that every cut is met. */
  const textAround = (length: number) =>
    fc
      .tuple(fc.integer({ min: length - 8, max: length - 2 }), fc.constantFrom('😀', 'é', 'ab', '\t\n'))
      .map(([start, end]) => 'x'.repeat(start) + end)
  const shortText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  const goodTokens = fc.option(fc.integer({ min: 0, max: 100_000_000 }))

  const goodRecord = fc
    .record(
      {
        id: shortText,
        startedAt: fc.constantFrom(
          '2020-01-01T00:00:00Z',
          '2024-02-29T23:59:59.999+14:00',
          MINIMAL.startedAt,
        ),
        model: fc.oneof(shortText, textAround(200)),
        provider: fc.oneof(shortText, textAround(100)),
        app: fc.oneof(shortText, textAround(200)),
        promptTokens: goodTokens,
        cachedTokens: goodTokens,
        completionTokens: goodTokens,
        reasoningTokens: goodTokens,
        costUsd: fc.option(fc.double({ min: 0, max: 1_000_000, noNaN: true })),
        durationMs: fc.option(fc.double({ min: 0, max: 600_000, noNaN: true })),
        httpStatus: fc.option(fc.integer({ min: 100, max: 599 })),
        finishReason: fc.oneof(shortText, textAround(100)),
        tools: fc.constantFrom(null, [], [WEATHER_TOOL]),
        toolCalls: fc.array(
          fc.record({
            name: fc.oneof(fc.constant('get_weather'), textAround(200), textAround(300)),
            arguments: fc.oneof(
              fc.string({ unit: 'binary' }),
              fc.json(),
              fc.dictionary(fc.string(), fc.jsonValue()),
            ),
          }),
          { maxLength: 3 },
        ),
        attempts: fc.array(
          fc.record({
            provider: fc.option(shortText),
            durationMs: fc.option(fc.double({ min: 0, max: 7 * 86_400_000, noNaN: true })),
            startedAt: fc.constantFrom(null, MINIMAL.startedAt, '9999-12-31T23:59:59Z'),
            errorClass: fc.option(fc.constantFrom(...ERROR_CLASSES)),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      },
      { requiredKeys: ['id', 'startedAt', 'model'] },
    )
    .map((record) => ({ ...MINIMAL, ...record }))

  test('every record that is taken can be stored and counted', () => {
    let taken = 0
    fc.assert(
      fc.property(goodRecord, (value) => {
        const result = read(value)
        if (!result.ok) return
        taken += 1
        expectStorable(result.record)
      }),
      { numRuns: 500 },
    )
    expect(taken).toBeGreaterThan(100)
  })
})

/** What the recorder and the columns of the facts rely on. */
function expectStorable(record: RequestRecord): void {
  expect(record.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(record.model).toMatch(/^[^/]+\/[^/]+$/)
  expect(record.model.length).toBeLessThanOrEqual(200)
  expect(CALLER_KINDS).toContain(record.callerKind)
  // JSON.stringify writes half characters as escapes, and Postgres takes neither them nor NUL.
  const { useCaseSignals: _notStored, ...stored } = record
  expect(JSON.stringify(stored).replaceAll('\\\\', '')).not.toMatch(/\\u0000|\\ud[89a-f]/)
  expect(record.startedAtMs).toBeGreaterThanOrEqual(Date.UTC(2020, 0, 1))
  expect(record.startedAtMs).toBeLessThanOrEqual(NOW_MS + 3_600_000)
  const { promptTokens, cachedTokens, completionTokens, reasoningTokens } = record
  for (const count of [promptTokens, cachedTokens, completionTokens, reasoningTokens, record.costMicroUsd]) {
    if (count !== null) expect(Number.isSafeInteger(count) && count >= 0).toBe(true)
  }
  if (promptTokens !== null) expect(cachedTokens ?? 0).toBeLessThanOrEqual(promptTokens)
  if (completionTokens !== null) expect(reasoningTokens ?? 0).toBeLessThanOrEqual(completionTokens)
  expect(record.costSource === null).toBe(record.costMicroUsd === null)
  for (const call of record.toolCalls ?? []) expect(TOOL_VERDICTS).toContain(call.verdict)
  const last = record.attempts[record.attempts.length - 1]
  expect(last).toMatchObject({
    finishReason: record.finishReason,
    toolCalls: record.toolCalls,
    costMicroUsd: record.costMicroUsd,
  })
  for (const attempt of record.attempts) {
    expect([null, ...ERROR_CLASSES]).toContain(attempt.errorClass)
    if (attempt.durationMs !== null) expect(Number.isInteger(attempt.durationMs)).toBe(true)
    expect(Math.abs(attempt.startedAtMs - record.startedAtMs)).toBeLessThan(2 ** 31)
  }
}
