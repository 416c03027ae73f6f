import type { ServerResponse } from 'node:http'
import { expect, test } from '@playwright/test'
import { ask, errorOf, onlyProvider, PATHS, post, SHAPES } from '../gateway-client'
import { ownModel, rankingOf } from '../own-model'
import { type Script, type ScriptedUpstream, says, startScriptedUpstream } from '../scripted-upstream'
import { BEARER, SERVER } from '../server-under-test'
import {
  connect,
  createGatewayKey,
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

test.describe('a provider that answers badly, and no other to try', () => {
  const STATUS: Record<string, number> = {
    auth: 502,
    not_found: 502,
    rate_limited: 429,
    upstream_5xx: 502,
    hang: 504,
    reset: 502,
    half_json: 502,
    html_error: 502,
    endless_stream: 504,
    empty_body: 502,
    wrong_content_type: 502,
    error_in_200: 502,
    cut_stream: 502,
  }
  const failing = { openai: ownName('failing'), anthropic: ownName('failing') }
  /** A stream that shows them has begun: its client learns of them within it. */
  const WITHIN_STREAM = new Set(['half_json', 'cut_stream'])

  for (const shape of SHAPES) {
    for (const apiShape of SHAPES) {
      for (const [fault, status] of Object.entries(STATUS)) {
        test(`${fault} of ${apiShape} is ${status} in the ${shape} shape`, async ({ request }) => {
          const { provider, model } = await onlyProvider(request, {
            upstream,
            profile: { retryAfterSeconds: 7, faults: { [fault]: 1 } },
            apiShape,
            provider: failing[apiShape],
          })
          const sent = await post(shape, ask(model))
          expect(sent.status, sent.text).toBe(status)
          expect(errorOf(shape, sent).message).toContain(provider)
          expect(sent.headers.get('retry-after')).toBe(fault === 'rate_limited' ? '7' : null)
        })

        // A stream without an end has its own test: nobody can tell it from a long answer.
        if (fault === 'endless_stream') continue
        test(`${fault} of ${apiShape} ends a stream in the ${shape} shape with an error`, async ({
          request,
        }) => {
          const { provider, model } = await onlyProvider(request, {
            upstream,
            profile: { faults: { [fault]: 1 } },
            apiShape,
            provider: failing[apiShape],
          })
          const sent = await post(shape, ask(model, { stream: true }))
          const isWithin = WITHIN_STREAM.has(fault)
          expect(sent.status, sent.text).toBe(isWithin ? 200 : status)
          if (!isWithin) {
            expect(errorOf(shape, sent).message).toContain(provider)
            return
          }
          const events = sent.text.split('\n\n').filter((event) => event.includes('"error"'))
          expect(events).toHaveLength(1)
          const [event] = events
          const text =
            event
              ?.split('\n')
              .find((line) => line.startsWith('data: '))
              ?.slice('data: '.length) ?? ''
          expect(errorOf(shape, { ...sent, text }).message).toContain(provider)
        })
      }
    }
  }

  const answers: [string, Script][] = [
    ['JSON that is a list', says('[]')],
    ['JSON null', says('null')],
    ['the other shape', says({ type: 'message', content: [{ type: 'text', text: 'Hi' }] })],
    ['no choices', says({ choices: [] })],
    ['a page with 200', says('<html><body>Sign in</body></html>', 'text/html')],
    ['a stream nobody asked for', says('data: {"choices":[]}\n\ndata: [DONE]\n\n', 'text/event-stream')],
    ['a redirect', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['204 and nothing', (response) => void response.writeHead(204).end()],
  ]
  for (const [name, script] of answers) {
    test(`${name} is 502`, async ({ request }) => {
      const names = { provider: ownName('scripted'), model: ownModel() }
      scripts.set(names.provider, script)
      await connect(request, { ...names, upstreamUrl: scripted.url })
      const sent = await post('openai', ask(names.model))
      expect(sent.status, sent.text).toBe(502)
      expect(errorOf('openai', sent).message).toContain(names.provider)
    })
  }
})

test.describe('a provider without measure', () => {
  const event = (response: ServerResponse, text: string) => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(text)
  }
  const often = (response: ServerResponse, write: () => void) => {
    const timer = setInterval(write, 50)
    response.on('close', () => clearInterval(timer))
  }
  const answers: [string, { stream: boolean; status: number; script: Script }][] = [
    [
      'keeps a stream alive with comments and never says a word',
      {
        stream: true,
        status: 504,
        script: (response) => often(response, () => event(response, ': wait\n\n')),
      },
    ],
    [
      'sends one event of 17 MiB',
      {
        stream: true,
        status: 502,
        script: (response) => {
          event(response, 'data: ')
          for (let count = 0; count < 17; count += 1) response.write('x'.repeat(1024 * 1024))
          response.end('\n\n')
        },
      },
    ],
    [
      'drips a whole answer letter by letter',
      {
        stream: false,
        status: 504,
        script: (response) => {
          response.writeHead(200, { 'content-type': 'application/json' })
          often(response, () => response.write(' '))
        },
      },
    ],
    [
      'sends a whole answer of 70 MiB',
      {
        stream: false,
        status: 502,
        script: (response) => {
          response.writeHead(200, { 'content-type': 'application/json' })
          const megabyte = ' '.repeat(1024 * 1024)
          for (let count = 0; count < 70; count += 1) response.write(megabyte)
          response.end('{"choices":[]}')
        },
      },
    ],
  ]
  for (const [name, { stream, status, script }] of answers) {
    test(`that ${name} is ${status} in bounded time`, async ({ request }) => {
      const names = { provider: ownName('scripted'), model: ownModel() }
      scripts.set(names.provider, script)
      await connect(request, { ...names, upstreamUrl: scripted.url })
      const sent = await post('openai', ask(names.model, { stream }))
      expect(sent.status, sent.text.slice(0, 500)).toBe(status)
      expect(errorOf('openai', sent).message).toContain(names.provider)
      expect(sent.milliseconds).toBeLessThan(10_000)
    })
  }
})

test.describe('a stream in small print', () => {
  test('comments, CRLF, late usage and a missing last blank line are no errors', async ({ request }) => {
    const names = { provider: ownName('scripted'), model: ownModel() }
    const chunk = (delta: object, finish_reason: string | null = null) =>
      `data:${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\r\n\r\n`
    const lines = [
      '\ufeff: waiting\r\n\r\n',
      chunk({ role: 'assistant', content: '' }),
      ': still here\r\n\r\n',
      chunk({ content: 'Grüße 🙂' }),
      chunk({}, 'stop'),
      'data: {"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3}}\r\n\r\n',
      'data: [DONE]',
    ]
    scripts.set(names.provider, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const bytes = Buffer.from(lines.join(''))
      for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7))
      response.end()
    })
    await connect(request, { ...names, upstreamUrl: scripted.url })
    const sent = await post('openai', ask(names.model, { stream: true }))
    expect(sent.status).toBe(200)
    expect(sent.text).toContain('Grüße 🙂')
    expect(sent.text).toContain('"prompt_tokens":12')
    expect(sent.text).not.toContain('"error"')
    expect(sent.text.endsWith('data: [DONE]\n\n')).toBe(true)
    await expect
      .poll(() => rankingOf(request, names.model))
      .toEqual({ requests: 1, promptTokens: 12, completionTokens: 3 })
  })
})

test.describe('clients that leave', () => {
  for (const apiShape of SHAPES) {
    test(`end a call to ${apiShape} that has not answered yet`, async ({ request }) => {
      const { provider, model } = await onlyProvider(request, {
        upstream,
        profile: { faults: { hang: 1 } },
        apiShape,
      })
      const leave = new AbortController()
      const sent = post('openai', ask(model), { signal: leave.signal }).catch((error: Error) => error.name)
      await expect.poll(async () => (await upstream.stats(provider)).open).toBe(1)
      leave.abort()
      expect(await sent).toBe('AbortError')
      await expect.poll(async () => (await upstream.stats(provider)).cancelled).toBe(1)
    })

    test(`end a stream of ${apiShape} that would never end`, async ({ request }) => {
      const { provider, model } = await onlyProvider(request, {
        upstream,
        profile: { faults: { endless_stream: 1 } },
        apiShape,
      })
      const leave = new AbortController()
      const response = await fetch(SERVER.url + PATHS.anthropic, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...BEARER },
        body: JSON.stringify(ask(model, { stream: true })),
        signal: leave.signal,
      })
      const reader = response.body?.getReader()
      const { value } = (await reader?.read()) ?? {}
      expect(value?.byteLength).toBeGreaterThan(0)
      expect((await upstream.stats(provider)).open).toBe(1)
      leave.abort()
      await expect.poll(() => upstream.stats(provider)).toMatchObject({ open: 0, cancelled: 1 })
    })
  }
})

test('a key revoked while its stream runs lets it finish, and opens nothing more', async ({ request }) => {
  const profile = { tokensPerSecond: 60, completionTokens: 120, toolCallRate: 0 }
  const { model } = await onlyProvider(request, { upstream, profile })
  const { id, key } = await createGatewayKey(request)
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
  const response = await fetch(SERVER.url + PATHS.openai, {
    method: 'POST',
    headers,
    body: JSON.stringify(ask(model, { stream: true })),
  })
  expect(response.status).toBe(200)
  let text = ''
  let isRevoked = false
  for await (const bytes of response.body ?? []) {
    text += Buffer.from(bytes).toString()
    if (isRevoked) continue
    isRevoked = true
    expect((await request.delete(`/api/keys/${id}`, { headers: BEARER })).ok()).toBe(true)
    expect(text).not.toContain('"finish_reason":"stop"')
  }
  expect(text).toContain('"finish_reason":"stop"')
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
  expect((await post('openai', ask(model), { headers })).status).toBe(401)
})
