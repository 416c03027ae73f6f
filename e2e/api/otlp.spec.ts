import { gzipSync } from 'node:zlib'
import { context, DiagLogLevel, diag, type Span, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { type APIRequestContext, expect, test } from '@playwright/test'
import protobuf from 'protobufjs/minimal.js'
import { ownModel, rankingOf } from '../own-model'
import { BEARER, SERVER } from '../server-under-test'

const PATHS = ['/v1/traces', '/api/v1/otlp/v1/traces']
const EXPORTERS = { protobuf: ProtobufExporter, json: JsonExporter }
type Encoding = keyof typeof EXPORTERS
const ENCODINGS: readonly Encoding[] = ['protobuf', 'json']
const CONTENT_TYPES = { protobuf: 'application/x-protobuf', json: 'application/json' }

/** Runs work with the real SDK's tracer and gives back the spans it ended. */
function record(
  work: (start: (name: string, parent?: Span, startTime?: Date) => Span) => void,
): ReadableSpan[] {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'e2e-otlp' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('e2e')
  work((name, parent, startTime) =>
    tracer.startSpan(
      name,
      startTime ? { startTime } : {},
      parent ? trace.setSpan(context.active(), parent) : context.active(),
    ),
  )
  return exporter.getFinishedSpans()
}

/** A chat span as the GenAI conventions describe it; overrides last. */
function chat(model: string, attributes: Record<string, string | number> = {}): ReadableSpan[] {
  return record((start) => endChat(start(`chat ${model}`), model, attributes))
}

function endChat(span: Span, model: string, attributes: Record<string, string | number> = {}) {
  span
    .setAttributes({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': model,
      'gen_ai.usage.input_tokens': 120,
      'gen_ai.usage.output_tokens': 8,
      ...attributes,
    })
    .end()
}

/** Sends spans with a real exporter. Null when it calls that a success, else the error it reports. */
async function send(
  spans: ReadableSpan[],
  options: { encoding: Encoding; path?: string; isGzipped?: boolean; key?: string },
) {
  const { encoding, path = '/v1/traces', isGzipped = false, key = SERVER.apiKey } = options
  const exporter = new EXPORTERS[encoding]({
    url: `${SERVER.url}${path}`,
    headers: { authorization: `Bearer ${key}` },
    // The enum's package is no dependency of ours; these are its values.
    ...(isGzipped ? { compression: 'gzip' as never } : {}),
  })
  const result = await new Promise<{ code: number; error?: Error }>((resolve) =>
    exporter.export(spans, resolve),
  )
  await exporter.shutdown()
  return result.code === 0 ? null : (result.error ?? new Error('failed'))
}

/** Posts a body as it is, past the exporters. */
function post(request: APIRequestContext, body: Buffer, headers: Record<string, string>) {
  return request.post('/v1/traces', { headers: { ...BEARER, ...headers }, data: body })
}

/** A protobuf message with a number as field 1 and text as field 2, as google.rpc.Status is. */
function readStatus(body: Uint8Array): { code: number; message: string } {
  const reader = protobuf.Reader.create(body)
  const status = { code: 0, message: '' }
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    if (tag >>> 3 === 1) status.code = reader.int32()
    else if (tag >>> 3 === 2) status.message = reader.string()
    else reader.skipType(tag & 7)
  }
  return status
}

const ONE_CHAT = { requests: 1, promptTokens: 120, completionTokens: 8 }

for (const encoding of ENCODINGS) {
  test.describe(`the real ${encoding} exporter`, () => {
    for (const path of PATHS) {
      for (const isGzipped of [false, true]) {
        test(`sends a span to ${path}${isGzipped ? ', gzipped' : ''}, and it is in rankings at once`, async ({
          request,
        }) => {
          const model = ownModel()
          expect(await send(chat(model), { encoding, path, isGzipped })).toBeNull()
          expect(await rankingOf(request, model)).toEqual(ONE_CHAT)
        })
      }
    }

    test('may send the same span twice: it counts once', async ({ request }) => {
      const model = ownModel()
      const spans = chat(model)
      expect(await send(spans, { encoding })).toBeNull()
      expect(await send(spans, { encoding, path: PATHS[1] })).toBeNull()
      expect(await rankingOf(request, model)).toEqual(ONE_CHAT)
    })

    test('sends an agent’s trace: only the model calls count, not their sum above them', async ({
      request,
    }) => {
      const model = ownModel()
      const spans = record((start) => {
        const agent = start('invoke_agent shop-bot')
        endChat(start(`chat ${model}`, agent), model)
        start('execute_tool get_weather', agent)
          .setAttributes({ 'gen_ai.operation.name': 'execute_tool' })
          .end()
        endChat(start(`chat ${model}`, agent), model)
        endChat(agent, model, { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 240 })
      })
      expect(spans).toHaveLength(4)
      expect(await send(spans, { encoding })).toBeNull()
      expect(await rankingOf(request, model)).toEqual({
        requests: 2,
        promptTokens: 240,
        completionTokens: 16,
      })
    })

    test('sends a failed call: it counts as a request without tokens', async ({ request }) => {
      const model = ownModel()
      const spans = record((start) => {
        start(`chat ${model}`)
          .setAttributes({
            'gen_ai.operation.name': 'chat',
            'gen_ai.request.model': model,
            'error.type': '429',
          })
          .setStatus({ code: SpanStatusCode.ERROR })
          .end()
      })
      expect(await send(spans, { encoding })).toBeNull()
      expect(await rankingOf(request, model)).toEqual({ requests: 1, promptTokens: 0, completionTokens: 0 })
    })

    test('sends text that an SDK cut in half a character: it counts all the same', async ({ request }) => {
      const model = ownModel()
      const call = { type: 'tool_call', name: `${'x'.repeat(199)}😀`, arguments: '{"a":"\ud83d"}' }
      const spans = chat(model, {
        'app.name': 'shop\ud83d',
        'user.id': `${'u'.repeat(255)}😀`,
        'gen_ai.tool.definitions': '[]',
        'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [call] }]),
      })
      expect(await send(spans, { encoding })).toBeNull()
      expect(await rankingOf(request, model)).toEqual(ONE_CHAT)
    })

    test('understands which spans were refused; the others count', async ({ request }) => {
      const model = ownModel()
      const warnings: unknown[][] = []
      const warn = (...words: unknown[]) => warnings.push(words)
      const ignore = () => {}
      diag.setLogger({ warn, error: warn, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.WARN)
      const refused = record((start) =>
        endChat(start(`chat ${model}`, undefined, new Date('2019-06-01')), model),
      )
      const error = await send([...chat(model), ...refused, ...chat(model)], { encoding })
      diag.disable()
      expect(error).toBeNull()
      expect(await rankingOf(request, model)).toMatchObject({ requests: 2 })
      expect(warnings).toHaveLength(1)
      const [, partialSuccess] = warnings[0] ?? []
      const { rejectedSpans, errorMessage } = JSON.parse(String(partialSuccess))
      expect(Number(rejectedSpans)).toBe(1)
      expect(errorMessage).toBe('Span 1: The span starts before 2020.')
    })

    test('is told by 401 that its key is wrong, and nothing counts', async ({ request }) => {
      const model = ownModel()
      expect(await send(chat(model), { encoding, key: 'sg_wrong' })).toMatchObject({ code: 401 })
      expect(await rankingOf(request, model)).toBeNull()
    })
  })

  test.describe(`an answer to ${encoding}`, () => {
    const type = { 'content-type': CONTENT_TYPES[encoding] }
    const refusals: [string, Buffer, Record<string, string>, number, number][] = [
      ['a wrong key', Buffer.from('{}'), { authorization: 'Bearer sg_wrong' }, 401, 16],
      ['junk', Buffer.from([255, 254, 1, 2, 3]), {}, 400, 3],
      [
        'truncated gzip',
        gzipSync('{"resourceSpans":[]}').subarray(0, -6),
        { 'content-encoding': 'gzip' },
        400,
        3,
      ],
      ['another encoding', Buffer.from('{}'), { 'content-encoding': 'zstd' }, 415, 3],
      ['64 MiB and a byte', Buffer.alloc(64 * 1024 * 1024 + 1, ' '), {}, 413, 8],
    ]
    for (const [name, body, headers, status, code] of refusals) {
      test(`${name} is ${status} with a google.rpc.Status in the same encoding`, async ({ request }) => {
        const response = await post(request, body, { ...type, ...headers })
        expect(response.status()).toBe(status)
        expect(response.headers()['content-type']).toBe(CONTENT_TYPES[encoding])
        const answer = encoding === 'json' ? await response.json() : readStatus(await response.body())
        expect(answer).toEqual({ code, message: expect.stringMatching(/^[A-Z].{10}/) })
        expect(await (await request.get('/api/health')).json()).toMatchObject({ status: 'ok' })
      })
    }

    test('an export without spans is a success with an empty message', async ({ request }) => {
      const response = await post(
        request,
        Buffer.from(encoding === 'json' ? '{"resourceSpans":[]}' : ''),
        type,
      )
      expect(response.status()).toBe(200)
      expect(response.headers()['content-type']).toBe(CONTENT_TYPES[encoding])
      expect(await response.text()).toBe(encoding === 'json' ? '{}' : '')
    })
  })
}

test('both encodings of one span are one request', async ({ request }) => {
  const model = ownModel()
  const spans = chat(model)
  for (const encoding of ENCODINGS) expect(await send(spans, { encoding })).toBeNull()
  expect(await rankingOf(request, model)).toEqual(ONE_CHAT)
})

test('another content type is 415, and another method 405 that names POST', async ({ request }) => {
  const response = await post(request, Buffer.from('{}'), { 'content-type': 'text/plain' })
  expect(response.status()).toBe(415)
  for (const path of PATHS) {
    const refused = await request.get(path, { headers: BEARER })
    expect(refused.status()).toBe(405)
    expect(refused.headers().allow).toBe('POST')
  }
})
