import { gzipSync } from 'node:zlib'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { ask, errorOf, messages, onlyProvider, post, SHAPES } from '../gateway-client'
import { ownModel, rankingOf } from '../own-model'
import { type Script, type ScriptedUpstream, says, startScriptedUpstream } from '../scripted-upstream'
import { BEARER } from '../server-under-test'
import {
  connect,
  createPreset,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
  tidyUp,
} from '../simulated-upstream'

let upstream: SimulatedUpstream
let scripted: ScriptedUpstream
const scripts = new Map<string, Script>()
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
  scripted = await startScriptedUpstream(scripts)
})
test.afterAll(async ({ request }) => {
  await tidyUp(request)
  await Promise.all([upstream.stop(), scripted.stop()])
})

async function expectAlive(request: APIRequestContext): Promise<void> {
  expect((await request.get('/api/health')).status()).toBe(200)
}

test.describe('what is not there', () => {
  for (const shape of SHAPES) {
    test(`an unknown model is 404 in the ${shape} shape`, async () => {
      const sent = await post(shape, ask('nobody/nothing'))
      expect(sent.status).toBe(404)
      expect(errorOf(shape, sent).message).toContain('nobody/nothing')
      expect(errorOf(shape, sent).type).toMatch(/^not_found/)
    })

    test(`an unknown preset is 404 in the ${shape} shape, however it is named`, async () => {
      for (const body of [
        ask('@preset/never-made'),
        { ...ask('a/b'), preset: 'never-made' },
        ask('a/b@preset/never-made'),
      ]) {
        const sent = await post(shape, body)
        expect(sent.status).toBe(404)
        expect(errorOf(shape, sent).message).toContain('never-made')
      }
    })

    test(`an unknown provider is 404 in the ${shape} shape and says who would serve`, async ({ request }) => {
      const { provider, model } = await onlyProvider(request, { upstream })
      const sent = await post(shape, ask(model, { provider: { only: ['nobody'] } }))
      expect(sent.status).toBe(404)
      expect(errorOf(shape, sent).message).toContain(
        `${provider} (only nobody may be asked, by provider.only)`,
      )
    })
  }

  test('a preset that leaves no endpoint says which rule excluded which', async ({ request }) => {
    const model = ownModel()
    const [dear, coarse, other, small] = [
      ownName('dear'),
      ownName('coarse'),
      ownName('other'),
      ownName('small'),
    ]
    const at = (provider: string, extra: object = {}) =>
      connect(request, { provider, model, upstreamUrl: upstream.url, ...extra })
    await at(dear, { promptUsdPerMTok: 9 })
    await at(coarse)
    await at(other)
    await at(small, { supportsTools: false })
    const tool = { type: 'function', function: { name: 'get_tides' } }
    const provider = { only: [dear, coarse, small], max_price: { prompt: 2 }, quantizations: ['fp8'] }
    const slug = await createPreset(request, { models: [model], provider, tools: [tool] })
    const sent = await post('openai', { model: `@preset/${slug}`, messages })
    expect(sent.status).toBe(404)
    const { message, metadata } = errorOf('openai', sent)
    expect(metadata.excluded_endpoints).toHaveLength(4)
    expect(metadata.excluded_endpoints).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ provider: dear, rule: 'max_price' }),
        expect.objectContaining({ provider: coarse, rule: 'quantizations' }),
        expect.objectContaining({ provider: other, rule: 'only' }),
        expect.objectContaining({ provider: small, rule: 'tools' }),
      ]),
    )
    for (const name of [dear, coarse, other, small]) expect(message).toContain(name)
  })
})

test.describe('malformed bodies', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const CASES: [string, string | Uint8Array<ArrayBuffer>, RegExp][] = [
    ['nothing', '', /JSON/],
    ['no JSON', 'hello', /JSON/],
    ['half a JSON', '{"model":"a/b","messages":[{"role":"us', /JSON/],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00, 0x7b]), /JSON/],
    ['a list', '[]', /object/],
    ['null', 'null', /object/],
    ['no messages', '{"model":"a/b","max_tokens":5}', /messages/],
    ['no message', '{"model":"a/b","max_tokens":5,"messages":[]}', /messages.*at least one/],
    ['text for messages', '{"model":"a/b","max_tokens":5,"messages":"Hi"}', /messages/],
    ['a message that is a number', '{"model":"a/b","max_tokens":5,"messages":[1]}', /messages/],
    [
      'messages that nest without end',
      `{"model":"a/b","max_tokens":5,"messages":${deep(200_000)}}`,
      /messages/,
    ],
    ['a model that is a number', '{"model":7,"max_tokens":5,"messages":[{}]}', /model/],
    ['no model', '{"max_tokens":5,"messages":[{"role":"user","content":"Hi"}]}', /model/],
    ['stream in words', '{"model":"a/b","max_tokens":5,"messages":[{}],"stream":"yes"}', /stream/],
    ['tools that are no list', '{"model":"a/b","max_tokens":5,"messages":[{}],"tools":{}}', /tools/],
    [
      'a provider rule that is unknown',
      '{"model":"a/b","max_tokens":5,"messages":[{}],"provider":{"prefer":[]}}',
      /provider/,
    ],
  ]
  for (const shape of SHAPES) {
    for (const [name, body, pattern] of CASES) {
      test(`${name} is 400 in the ${shape} shape`, async () => {
        const sent = await post(shape, body)
        expect(sent.status, sent.text).toBe(400)
        expect(errorOf(shape, sent).message).toMatch(pattern)
        expect(errorOf(shape, sent).type).toMatch(/^invalid_request/)
      })
    }
  }

  test('a field that nests without end is an error, and the server lives on', async ({ request }) => {
    const { model } = await onlyProvider(request, { upstream })
    const start = JSON.stringify({ model, messages }).slice(0, -1)
    const sent = await post('openai', `${start},"metadata":${deep(200_000)}}`)
    expect(sent.status, sent.text.slice(0, 500)).toBe(400)
    expect(errorOf('openai', sent).message).toMatch(/nest/)
    await expectAlive(request)
  })

  test('broken gzip is 400, a body above the limit 413', async () => {
    const broken = gzipSync('{"model":"a/b"}').subarray(0, 20)
    const encoded = await post('openai', new Uint8Array(broken), {
      headers: { ...BEARER, 'content-encoding': 'gzip' },
    })
    expect(encoded.status).toBe(400)
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024, 0x20))
    const large = await post('anthropic', new Uint8Array(bomb), {
      headers: { ...BEARER, 'content-encoding': 'gzip' },
    })
    expect(large.status).toBe(413)
    expect(errorOf('anthropic', large).type).toBe('request_too_large')
  })
})

test.describe('large and costly requests', () => {
  for (const shape of SHAPES) {
    for (const apiShape of SHAPES) {
      test(`20 MB from the ${shape} shape to ${apiShape} are answered and recorded`, async ({ request }) => {
        const { model } = await onlyProvider(request, { upstream, apiShape })
        const content = 'The tide tables of Tarn, page after page. '.repeat(5000)
        const many = Array.from({ length: 100 }, (_, index) => ({
          role: index % 2 === 0 ? 'user' : 'assistant',
          content,
        }))
        const sent = await post(shape, ask(model, { messages: [...many, ...messages] }))
        expect(sent.status, sent.text.slice(0, 500)).toBe(200)
        expect(sent.milliseconds).toBeLessThan(20_000)
        await expect
          .poll(async () => (await rankingOf(request, model))?.promptTokens)
          .toBeGreaterThan(4_000_000)
      })
    }
  }

  test('a schema with catastrophic patterns costs no time, and holds nobody up', async ({ request }) => {
    const names = { provider: ownName('patterns'), model: ownModel() }
    const value = `${'a'.repeat(60)}!`
    const call = {
      id: 'c1',
      type: 'function',
      function: { name: 'find', arguments: JSON.stringify({ a: value, b: value }) },
    }
    const message = { role: 'assistant', content: null, tool_calls: [call] }
    scripts.set(
      names.provider,
      says({ choices: [{ index: 0, message, finish_reason: 'tool_calls' }], usage: {} }),
    )
    await connect(request, { ...names, upstreamUrl: scripted.url })
    const slug = await createPreset(request, { models: [names.model], tool_call_guard: 'retry' })
    const properties = {
      a: { type: 'string', pattern: '^(a+)+$' },
      b: { type: 'string', pattern: '^((a|aa)+)+b$' },
    }
    const tools = [
      { type: 'function', function: { name: 'find', parameters: { type: 'object', properties } } },
    ]
    const asked = Array.from({ length: 8 }, () =>
      post('openai', { model: `@preset/${slug}`, messages, tools }),
    )
    const [sent, ...others] = await Promise.all(asked)
    for (const one of [sent, ...others]) {
      // Whether they match is unknown, so the guard lets the call through.
      expect(one?.status, one?.text).toBe(200)
      // One of them alone would take longer than anybody lives.
      expect(one?.milliseconds).toBeLessThan(10_000)
    }
    await expectAlive(request)
  })
})
