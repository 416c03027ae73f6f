import { describe, expect, test } from 'vitest'
import type { ApiShape } from '../records/vocabulary'
import { readGatewayRequest } from './read-request'
import type { PresetForRequest } from './read-routing'

const messages = [{ role: 'user', content: 'hello' }]
const preset: PresetForRequest = {
  slug: 'tool-runner',
  version: 3,
  systemPrompt: 'Be brief.',
  config: {
    models: ['acme/atlas-120b', 'northlight/heron'],
    temperature: 0.2,
    provider: { only: ['helios'] },
  },
}

const plain = (...models: string[]) => models.map((model) => ({ model, variant: null }))

function read(body: unknown, shape: ApiShape = 'openai-chat') {
  return readGatewayRequest({
    shape,
    body,
    presetOf: (slug) => (slug === preset.slug ? preset : undefined),
    isModel: (name) => name === 'acme/gift:free',
  })
}

function accepted(body: unknown, shape: ApiShape = 'openai-chat') {
  const result = read(body, shape)
  if (!result.ok) throw new Error(result.problem.message)
  return result.request
}

describe('a preset', () => {
  test('fills in what the request leaves open', () => {
    const request = accepted({ model: '@preset/tool-runner', messages })
    expect(request).toMatchObject({
      requestedModel: '@preset/tool-runner',
      models: plain('acme/atlas-120b', 'northlight/heron'),
      preset: { slug: 'tool-runner', version: 3 },
      preferences: { only: ['helios'] },
    })
    expect(request.body).toEqual({
      temperature: 0.2,
      messages: [{ role: 'system', content: 'Be brief.' }, ...messages],
    })
  })

  test('gives way to the request', () => {
    const request = accepted({
      model: 'acme/compass@preset/tool-runner',
      messages,
      temperature: 1,
      provider: { ignore: ['borealis'] },
    })
    expect(request).toMatchObject({ models: plain('acme/compass'), preferences: { ignore: ['borealis'] } })
    expect(request.preferences.only).toBeUndefined()
    expect(request.body.temperature).toBe(1)
  })

  test('works by its own field, and for Anthropic’s shape', () => {
    expect(accepted({ preset: 'tool-runner', messages }).models).toHaveLength(2)
    const request = accepted({ model: '@preset/tool-runner', max_tokens: 10, messages }, 'anthropic-messages')
    expect(request.body.system).toEqual([{ type: 'text', text: 'Be brief.' }])
  })

  test('that does not exist is 404 by its name', () => {
    expect(read({ model: '@preset/nothing', messages })).toMatchObject({
      ok: false,
      problem: { status: 404, message: expect.stringContaining('"nothing"') },
    })
  })
})

test('the gateway’s own fields are not sent on, everything else is', () => {
  const request = accepted({
    model: 'acme/atlas-120b',
    models: ['northlight/heron'],
    messages,
    provider: { sort: 'price' },
    tool_call_guard: 'retry',
    session_id: 's-1',
    user: 'u-1',
    usage: { include: true },
    logit_bias: { 50256: -100 },
    x_anything: [1],
  })
  expect(request.body).toEqual({ messages, user: 'u-1', logit_bias: { 50256: -100 }, x_anything: [1] })
  expect(request).toMatchObject({
    guards: { toolCalls: true, structuredOutput: false },
    sessionId: 's-1',
    endUser: 'u-1',
    isStream: false,
  })
  expect(request.models).toEqual(plain('acme/atlas-120b', 'northlight/heron'))
})

test.each<[string, unknown, string]>([
  ['no object', 7, ''],
  ['no messages', { model: 'acme/atlas-120b' }, 'messages'],
  ['no model', { messages }, 'model'],
  ['a model that is no text', { model: 7, messages }, 'model'],
  ['two presets', { model: '@preset/tool-runner', preset: 'other', messages }, 'preset'],
  ['preferences that do not exist', { model: 'acme/a', messages, provider: { favour: ['x'] } }, 'provider'],
  [
    'an order that is no list',
    { model: 'acme/a', messages, provider: { order: 'helios' } },
    'provider.order',
  ],
])('%s is a 400 that names the field', (_, body, path) => {
  const result = read(body)
  expect(result).toMatchObject({ ok: false, problem: { status: 400, type: 'invalid_request' } })
  expect(result.ok ? '' : result.problem.message).toContain(path)
})

test('needs are read from the merged request', () => {
  const tool = { type: 'function', function: { name: 'get_weather' } }
  const { needs } = accepted({ model: 'acme/a', messages, tools: [tool], max_tokens: 50, temperature: 0 })
  expect(needs).toMatchObject({
    hasTools: true,
    maxTokens: 50,
    parameters: ['tools', 'max_tokens', 'temperature'],
  })
  expect(accepted({ model: 'acme/a', messages, tools: [] }).needs.hasTools).toBe(false)
})

test('a refusal by which clients act keeps the code that its shape gives it', () => {
  const body = { model: 'acme/atlas-120b', max_tokens: 100, messages, thread: { type: 'create' } }
  expect(read(body, 'anthropic-messages')).toMatchObject({
    ok: false,
    problem: { status: 400, code: 'thread_unsupported_request' },
  })
  expect(read({ ...body, thread: null, messages: 7 }, 'anthropic-messages')).toMatchObject({
    ok: false,
    problem: { status: 400, code: null },
  })
})

describe('suffixes of a model’s name', () => {
  const sortless = { provider: { sort: 'price' } }
  test.each<[string, object, [string, string | null][]]>([
    ['of the model', { model: 'acme/atlas:nitro' }, [['acme/atlas', 'nitro']]],
    [
      'in models',
      { models: ['acme/a:floor', 'acme/b'] },
      [
        ['acme/a', 'floor'],
        ['acme/b', null],
      ],
    ],
    ['of a model’s own', { model: 'acme/gift:free' }, [['acme/gift:free', null]]],
    ['with a preset', { model: 'acme/atlas:nitro@preset/tool-runner' }, [['acme/atlas', 'nitro']]],
    [
      'of a preset',
      { model: '@preset/tool-runner:exacto' },
      [
        ['acme/atlas-120b', 'exacto'],
        ['northlight/heron', 'exacto'],
      ],
    ],
    ['against a sort of the request', { model: 'acme/atlas:nitro', ...sortless }, [['acme/atlas', null]]],
    ['that do not sort, beside a sort', { model: 'acme/atlas:free', ...sortless }, [['acme/atlas', 'free']]],
    ['that are none of ours', { model: 'acme/atlas:online' }, [['acme/atlas:online', null]]],
  ])('%s', (_, body, models) => {
    expect(accepted({ messages, ...body }).models).toEqual(
      models.map(([model, variant]) => ({ model, variant })),
    )
  })

  test('stay in what was asked for, and leave the preset what it is', () => {
    expect(accepted({ messages, model: '@preset/tool-runner:nitro' })).toMatchObject({
      requestedModel: '@preset/tool-runner:nitro',
      preset: { slug: 'tool-runner', version: 3 },
      preferences: { only: ['helios'] },
    })
  })

  test.each<[string, string, PresetForRequest['config'], string | null]>([
    [
      'the preset’s sort goes before a suffix in it',
      '@preset/p',
      { models: ['acme/a:nitro'], provider: { sort: 'price' } },
      null,
    ],
    [
      'the request’s suffix goes before the preset’s sort',
      'acme/a:nitro@preset/p',
      { provider: { sort: 'price' } },
      'nitro',
    ],
    [
      'as does one of the preset’s name',
      '@preset/p:nitro',
      { models: ['acme/a'], provider: { sort: 'price' } },
      'nitro',
    ],
  ])('%s', (_, model, config, variant) => {
    const result = readGatewayRequest({
      shape: 'openai-chat',
      body: { model, messages },
      presetOf: () => ({ ...preset, slug: 'p', config }),
      isModel: () => false,
    })
    expect(result).toMatchObject({ ok: true, request: { models: [{ model: 'acme/a', variant }] } })
  })
})

test('the prompt is sized by what it holds', () => {
  const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(700_000)}` } }
  const { needs, promptTokens } = accepted({
    model: 'acme/atlas',
    messages: [{ role: 'user', content: [picture] }],
  })
  expect(needs.leastPromptTokens).toBeLessThan(200)
  expect(promptTokens).toBeGreaterThan(1500)
  expect(promptTokens).toBeLessThan(1700)
})
