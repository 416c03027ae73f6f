import { type APIRequestContext, expect, test } from '@playwright/test'
import { post, type Shape } from '../gateway-client'
import { ownModel } from '../own-model'
import {
  type Asked,
  type Script,
  type ScriptedUpstream,
  says,
  startScriptedUpstream,
} from '../scripted-upstream'
import { BEARER } from '../server-under-test'
import { connect, ownName, tidyUp } from '../simulated-upstream'

// Between like shapes the gateway changes what is its own and nothing else.

let scripted: ScriptedUpstream
const scripts = new Map<string, Script>()
test.beforeAll(async () => {
  scripted = await startScriptedUpstream(scripts)
})
test.afterAll(async ({ request }) => {
  await tidyUp(request)
  await scripted.stop()
})

const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const COMPLETION = {
  id: 'theirs',
  object: 'chat.completion',
  created: 1,
  model: 'their-name',
  service_tier: 'flex',
  x_theirs: { nested: [1, null, 'two'] },
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'Hi.', x_annotations: [{ type: 'odd' }] },
      logprobs: { content: [] },
      finish_reason: 'stop',
    },
  ],
  usage: { ...USAGE, x_cache: 7 },
}
const MESSAGE = {
  id: 'theirs',
  type: 'message',
  role: 'assistant',
  model: 'their-name',
  content: [
    { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'tides' } },
    { type: 'odd_block', data: [1, 2] },
    { type: 'text', text: 'Hi.', citations: [{ type: 'odd_location' }] },
  ],
  stop_reason: 'end_turn',
  stop_sequence: null,
  container: { id: 'c1' },
  usage: { input_tokens: 3, output_tokens: 2, service_tier: 'standard' },
}

/** A provider of a new model that answers so; gives back the model and what the provider was asked last. */
async function listening(
  request: APIRequestContext,
  { apiShape, script }: { apiShape: Shape; script: Script },
): Promise<{ model: string; asked: () => Asked & { json: Record<string, unknown> } }> {
  const names = { provider: ownName('listening'), model: ownModel() }
  let last: Asked | null = null
  scripts.set(names.provider, (response, asked) => {
    last = asked
    script(response, asked)
  })
  await connect(request, { ...names, upstreamUrl: scripted.url, apiShape, apiKey: 'sk-of-the-provider' })
  return {
    model: names.model,
    asked: () => {
      if (!last) throw new Error('the provider was never asked')
      return { ...last, json: JSON.parse(last.body) }
    },
  }
}

const chatBody = {
  messages: [
    { role: 'system', content: [{ type: 'text', text: 'Be short.', cache_control: { type: 'ephemeral' } }] },
    { role: 'user', content: 'Hi', name: 'Ada', x_mark: true },
  ],
  logit_bias: { '50256': -100 },
  temperature: 1.7,
  seed: 12345678901234,
  x_unknown: { deep: [{ er: null }] },
}
const messagesBody = {
  max_tokens: 64,
  system: [{ type: 'text', text: 'Be short.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hi' },
        { type: 'container_upload', file_id: 'f' },
      ],
    },
  ],
  context_management: { edits: [{ type: 'clear' }] },
  tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 2 }],
}
const OWN_FIELDS = { provider: { sort: 'price' }, models: [], session_id: 's-1' }

test('a chat request reaches a chat provider as it was, without what is the gateway’s own', async ({
  request,
}) => {
  const { model, asked } = await listening(request, { apiShape: 'openai', script: says(COMPLETION) })
  const sent = await post('openai', { model, ...chatBody, ...OWN_FIELDS })
  expect(sent.status, sent.text).toBe(200)
  expect(asked().json).toEqual({ ...chatBody, model: model.split('/')[1] })
  const answer = JSON.parse(sent.text)
  expect(answer).toMatchObject({ ...COMPLETION, id: expect.stringMatching(/^gen-/), model })
  expect(answer.usage.cost).toBeCloseTo((3 * 1 + 2 * 4) / 1e6, 9)
})

test('a message reaches a messages provider as it was, betas too', async ({ request }) => {
  const { model, asked } = await listening(request, { apiShape: 'anthropic', script: says(MESSAGE) })
  const headers = {
    ...BEARER,
    'anthropic-beta': 'context-management-2025-06-27',
    'anthropic-version': '2023-06-01',
  }
  const sent = await post('anthropic', { model, ...messagesBody, ...OWN_FIELDS }, { headers })
  expect(sent.status, sent.text).toBe(200)
  expect(asked().json).toEqual({ ...messagesBody, model: model.split('/')[1] })
  expect(asked().headers).toMatchObject({
    'anthropic-beta': 'context-management-2025-06-27',
    'anthropic-version': '2023-06-01',
  })
  expect(JSON.parse(sent.text)).toMatchObject({ ...MESSAGE, id: expect.stringMatching(/^gen-/), model })
})

test('chunks and events nobody knows pass through streams', async ({ request }) => {
  const chunks = [
    { choices: [{ index: 0, delta: { role: 'assistant', content: '' } }], x_first: 1 },
    { choices: [{ index: 0, delta: { content: 'Hi', x_token: 7 }, x_choice: 'y' }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage: { ...USAGE, x_cache: 7 } },
  ]
  const text = `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`
  const chat = await listening(request, { apiShape: 'openai', script: says(text, 'text/event-stream') })
  const options = { stream: true, stream_options: { include_usage: true } }
  const streamed = await post('openai', { model: chat.model, ...chatBody, ...options })
  const received = dataOf(streamed.text)
  expect(received).toMatchObject(chunks)
  expect(received.every((chunk) => chunk.model === chat.model)).toBe(true)

  const events = [
    { type: 'message_start', message: { ...MESSAGE, content: [], stop_reason: null } },
    { type: 'ping', x_ping: 1 },
    { type: 'content_block_start', index: 0, content_block: { type: 'odd_block', data: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'odd_delta', data: 'x' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'odd_event', payload: [1] },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', x_delta: 2 }, usage: { output_tokens: 2 } },
    { type: 'message_stop' },
  ]
  const written = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
  const messages = await listening(request, {
    apiShape: 'anthropic',
    script: says(written, 'text/event-stream'),
  })
  const told = await post('anthropic', { model: messages.model, ...messagesBody, stream: true })
  const [start, ...rest] = dataOf(told.text)
  expect(start).toMatchObject({
    type: 'message_start',
    message: { container: { id: 'c1' }, model: messages.model },
  })
  expect(rest).toMatchObject(events.slice(1))
})

for (const apiShape of ['openai', 'anthropic'] as const) {
  for (const shape of ['openai', 'anthropic'] as const) {
    test(`a client’s key never reaches a provider of ${apiShape} from the ${shape} shape`, async ({
      request,
    }) => {
      const script = says(apiShape === 'openai' ? COMPLETION : MESSAGE)
      const { model, asked } = await listening(request, { apiShape, script })
      const headers = { ...BEARER, cookie: 'session=secret', 'x-forwarded-for': '10.0.0.7' }
      const sent = await post(
        shape,
        { model, max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] },
        { headers },
      )
      expect(sent.status, sent.text).toBe(200)
      const received = asked()
      const key = apiShape === 'openai' ? received.headers.authorization : received.headers['x-api-key']
      expect(key).toBe(apiShape === 'openai' ? 'Bearer sk-of-the-provider' : 'sk-of-the-provider')
      const everything = JSON.stringify(received)
      for (const secret of [BEARER.authorization, 'session=secret', '10.0.0.7']) {
        expect(everything).not.toContain(secret.replace('Bearer ', ''))
      }
    })
  }
}

/** The parsed data of a stream's events, without OpenAI's last word. */
function dataOf(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => JSON.parse(line.slice('data: '.length)))
}
