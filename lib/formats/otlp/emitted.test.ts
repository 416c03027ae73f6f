import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { decidingAttempt, type RequestRecord } from '../../records/request-record'
import { fieldMatrix } from '../../testing/field-matrix'
import { takeOtlpLogs } from './read-logs'
import { readOtlpTraces } from './read-traces'
import { createTraceMemory } from './trace-memory'

/** Bodies as these libraries sent them, to one scripted provider: emitted/README.md. */
const FOLDER = path.join(import.meta.dirname, 'emitted')
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => file.replace('.jsonl', ''))

const RECEIVED_AT_MS = Date.UTC(2026, 11, 2)

type Emitted = { emitter: string; records: RequestRecord[]; problems: string[] }

function read(name: string): Emitted {
  const [head = '', ...lines] = readFileSync(path.join(FOLDER, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
  const { emitter } = JSON.parse(head) as { emitter: string }
  const exports = lines.map((line) => JSON.parse(line) as { path: string; body: unknown })
  const memory = createTraceMemory()
  const bodies = exports.map(({ path: signal, body }) => ({
    signal,
    input: {
      contentType: 'json' as const,
      body: new TextEncoder().encode(JSON.stringify(body)),
      receivedAtMs: RECEIVED_AT_MS,
      memory,
    },
  }))
  // Logs are sent every second, spans every five.
  for (const { signal, input } of bodies) if (signal === '/v1/logs') takeOtlpLogs(input)
  const answers = bodies
    .filter(({ signal }) => signal === '/v1/traces')
    .map(({ input }) => readOtlpTraces(input))
  return {
    emitter,
    records: answers.flatMap(({ records }) => records),
    problems: answers.flatMap(({ errorMessage }) => errorMessage ?? []),
  }
}

/** What of a record is held against what the provider was asked and answered. */
function view(record: RequestRecord) {
  const attempt = decidingAttempt(record)
  return {
    operation: record.operation,
    model: record.model,
    requestedModel: record.requestedModel,
    provider: attempt.provider,
    tokens: [record.promptTokens, record.cachedTokens, record.completionTokens, record.reasoningTokens] as (
      | number
      | null
    )[],
    finishReason: record.finishReason,
    toolsOffered: record.toolsOffered,
    toolCalls: record.toolCalls?.map(({ name, verdict }) => `${name} ${verdict}`) ?? null,
    callerKind: record.callerKind,
    stream: record.stream,
    error: attempt.errorClass === null ? null : [attempt.httpStatus, attempt.errorClass],
  }
}

const PLAIN = {
  operation: 'chat',
  model: 'openai/gpt-4o-2024-08-06',
  requestedModel: 'gpt-4o',
  provider: 'openai',
  tokens: [1200, 1000, 90, 64] as (number | null)[],
  finishReason: 'stop' as string | null,
  toolsOffered: null as number | null,
  toolCalls: [] as string[] | null,
  callerKind: 'human',
  stream: null as boolean | null,
  error: null as unknown,
}
const CALLS_TOOL = {
  ...PLAIN,
  finishReason: 'tool_calls',
  toolsOffered: 1,
  toolCalls: ['find_train valid'],
  callerKind: 'agentic',
}
const HAS_RESULT = { ...PLAIN, toolsOffered: 1, callerKind: 'agentic' }
const STREAMED = { ...CALLS_TOOL, stream: true }
const FAILED = {
  ...PLAIN,
  model: 'openai/gpt-4o',
  requestedModel: null,
  tokens: [null, null, null, null] as (number | null)[],
  finishReason: null,
  toolCalls: null,
  error: [429, 'rate_limited'],
}
const EMBEDDING = {
  ...FAILED,
  operation: 'embedding',
  model: 'openai/text-embedding-3-small',
  tokens: [33, null, null, null] as (number | null)[],
  callerKind: 'unknown',
  error: null,
}
const CLAUDE = {
  model: 'anthropic/claude-sonnet-4-5-20250929',
  requestedModel: 'claude-sonnet-4-5',
  provider: 'anthropic',
  tokens: [1200, 1000, 90, null] as (number | null)[],
}
const FAILED_CLAUDE = { ...FAILED, model: 'anthropic/claude-sonnet-4-5', provider: 'anthropic' }

/** What each emitter writes of the calls, in the order in which they ended; what it does not write is unknown. */
const EXPECTED: Readonly<Record<string, readonly unknown[]>> = {
  // AI SDK 5 tells cached and reasoning tokens of streams alone.
  ai5: [
    { ...PLAIN, tokens: [1200, null, 90, null], stream: false, sessionId: 's1', endUser: 'u1' },
    { ...CALLS_TOOL, tokens: [1200, null, 90, null], stream: false },
    { ...HAS_RESULT, tokens: [1200, null, 90, null], stream: false },
    { ...PLAIN, stream: true },
    { ...FAILED, stream: false, error: [null, 'bad_response'] },
    { ...EMBEDDING, stream: false },
  ],
  ai6: [
    { ...PLAIN, stream: false, sessionId: 's1', endUser: 'u1' },
    { ...CALLS_TOOL, stream: false },
    { ...HAS_RESULT, stream: false },
    { ...PLAIN, stream: true },
    { ...FAILED, stream: false, error: [null, 'bad_response'] },
    { ...EMBEDDING, stream: false },
  ],
  // Every call has an `invoke_agent` root; only the third used a tool.
  ai7: [
    { ...PLAIN, tokens: [1200, 1000, 90, null] },
    { ...PLAIN, tokens: [1200, 1000, 90, null] },
    { ...CALLS_TOOL, tokens: [1200, 1000, 90, null] },
    { ...HAS_RESULT, tokens: [1200, 1000, 90, null] },
    { ...PLAIN, tokens: [1200, 1000, 90, null], stream: true },
    FAILED,
    EMBEDDING,
  ],
  'anthropic-sdk': [
    { ...PLAIN, ...CLAUDE, toolCalls: null, callerKind: 'unknown' },
    { ...CALLS_TOOL, ...CLAUDE, toolsOffered: null, toolCalls: null },
    { ...PLAIN, ...CLAUDE, toolCalls: null, callerKind: 'unknown' },
    { ...STREAMED, ...CLAUDE, toolsOffered: null, toolCalls: null },
    { ...FAILED_CLAUDE, callerKind: 'unknown' },
  ],
  langfuse: [
    { ...PLAIN, requestedModel: null, provider: null, finishReason: null, sessionId: 's1', endUser: 'u1' },
    { ...CALLS_TOOL, requestedModel: null, provider: null },
    { ...HAS_RESULT, requestedModel: null, provider: null, finishReason: null },
    { ...STREAMED, model: 'openai/gpt-4o', requestedModel: null, provider: null },
    { ...FAILED, provider: null },
    { ...EMBEDDING, provider: null, tokens: [null, null, null, null] },
    {
      ...PLAIN,
      ...CLAUDE,
      model: 'anthropic/claude-sonnet-4-5',
      requestedModel: null,
      provider: null,
      finishReason: null,
      callerKind: 'agentic',
    },
  ],
  // Its wrapper writes no spans of streams and embeddings.
  langsmith: [{ ...PLAIN, sessionId: 's1' }, CALLS_TOOL, HAS_RESULT, FAILED],
  // Of a streamed run only the generation knows the tokens, as a sum over its two steps.
  mastra: [
    CALLS_TOOL,
    HAS_RESULT,
    {
      ...PLAIN,
      model: 'openai/gpt-4o',
      requestedModel: null,
      tokens: [2400, 2000, 180, 128],
      toolCalls: null,
      callerKind: 'agentic',
    },
  ],
  'openinference-anthropic': [
    { ...PLAIN, ...CLAUDE },
    { ...CALLS_TOOL, ...CLAUDE },
    { ...HAS_RESULT, ...CLAUDE },
    { ...STREAMED, ...CLAUDE },
    FAILED_CLAUDE,
  ],
  // No span of the failed call; streams and embeddings tell no tokens.
  'openinference-openai': [
    PLAIN,
    CALLS_TOOL,
    HAS_RESULT,
    { ...STREAMED, model: 'openai/gpt-4o', requestedModel: null, tokens: [null, null, null, null] },
    { ...EMBEDDING, tokens: [null, null, null, null] },
  ],
  // The content stands in its log records, which do not tell the tools offered.
  'otel-openai': [
    { ...PLAIN, tokens: [1200, null, 90, null] },
    { ...CALLS_TOOL, tokens: [1200, null, 90, null], toolsOffered: null, toolCalls: ['find_train unknown'] },
    { ...HAS_RESULT, tokens: [1200, null, 90, null], toolsOffered: null },
    { ...CALLS_TOOL, tokens: [1200, null, 90, null], toolsOffered: null, toolCalls: ['find_train unknown'] },
    FAILED,
    EMBEDDING,
  ],
  // No spans of failed calls and embeddings; streams tell no tokens.
  'traceloop-openai': [
    { ...PLAIN, tokens: [1200, null, 90, null] },
    { ...CALLS_TOOL, tokens: [1200, null, 90, null] },
    { ...HAS_RESULT, tokens: [1200, null, 90, null] },
    { ...CALLS_TOOL, tokens: [null, null, null, null] },
  ],
}

describe('what real libraries sent', () => {
  test('has an expectation for each recording', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(NAMES.sort())
  })

  test.each(NAMES)('%s', (name) => {
    const { records, problems } = read(name)
    expect(problems).toEqual([])
    const expected = EXPECTED[name] ?? []
    expect(records.map(view)).toHaveLength(expected.length)
    for (const [index, record] of records.entries()) {
      expect({ ...record, ...view(record) }, `call ${index}`).toMatchObject(expected[index] ?? {})
    }
  })
})

test('the matrix in lib/formats/README.md is what came out', () => {
  const readme = readFileSync(path.join(FOLDER, '../../README.md'), 'utf8')
  expect(readme).toContain(fieldMatrix([...NAMES].sort().map(read)))
})
