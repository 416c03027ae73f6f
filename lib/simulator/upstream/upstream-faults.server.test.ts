import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { checkToolCalls } from '../../records/check-tool-calls'
import { RUN_COMMAND } from '../../server/project-root.server'
import { DEFAULT_PROFILES } from './default-profiles'
import { FAULT_KINDS, type FaultProfileInput, type ProviderStats, profilesByProvider } from './schema'
import { type RunningUpstream, startUpstream } from './upstream-server.server'

// Each fault is observed on the socket, where a gateway meets it.

let upstream: RunningUpstream
beforeAll(async () => {
  upstream = await startUpstream({ port: 0, profiles: {} })
})
afterAll(() => upstream.close())
beforeEach(() => upstream.states.clearStats())

const schema = { type: 'object', required: ['city'], properties: { city: { type: 'string' } } }
const tools = [{ type: 'function', function: { name: 'get_weather', parameters: schema } }]
const openaiBody = { model: 'atlas', messages: [{ role: 'user', content: 'hello' }] }

async function behave(provider: string, profile: FaultProfileInput): Promise<void> {
  const response = await fetch(`${upstream.url}/_control/providers/${provider}`, {
    method: 'PUT',
    body: JSON.stringify(profile),
  })
  expect(response.status).toBe(200)
}

function ask(provider: string, extra: Record<string, unknown> = {}, signal?: AbortSignal): Promise<Response> {
  const body = JSON.stringify({ ...openaiBody, ...extra })
  return fetch(`${upstream.url}/${provider}/v1/chat/completions`, { method: 'POST', body, signal })
}

function askMessages(provider: string, extra: Record<string, unknown> = {}): Promise<Response> {
  return fetch(`${upstream.url}/${provider}/v1/messages`, {
    method: 'POST',
    headers: { 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ ...openaiBody, max_tokens: 50, ...extra }),
  })
}

async function statsOf(provider: string): Promise<ProviderStats> {
  const { providers } = await (await fetch(`${upstream.url}/_control/stats`)).json()
  return providers[provider]
}

test.each([
  ['auth', 401, 'authentication_error'],
  ['not_found', 404, 'not_found_error'],
  ['rate_limited', 429, 'rate_limit_error'],
  ['refuse_tools', 404, 'not_found_error'],
] as const)('%s answers %i with an error of the shape', async (fault, status, type) => {
  await behave('helios', { retryAfterSeconds: 7, faults: { [fault]: 1 } })
  const viaOpenai = await ask('helios', { tools })
  expect(viaOpenai.status).toBe(status)
  expect(await viaOpenai.json()).toMatchObject({ error: { message: expect.any(String) } })
  expect(viaOpenai.headers.get('retry-after')).toBe(fault === 'rate_limited' ? '7' : null)
  const viaAnthropic = await askMessages('helios', { tools: [{ name: 'get_weather', input_schema: schema }] })
  expect(viaAnthropic.status).toBe(status)
  expect(await viaAnthropic.json()).toMatchObject({ type: 'error', error: { type } })
  expect((await statsOf('helios')).byFault).toEqual({ [fault]: 2 })
})

test('upstream_5xx answers with several statuses from 500 on', async () => {
  await behave('helios', { faults: { upstream_5xx: 1 } })
  const statuses = [await ask('helios'), await ask('helios'), await ask('helios')].map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([500, 502, 503]))
})

test("refuse_tools lets requests without tools through, in OpenRouter's words otherwise", async () => {
  await behave('helios', { faults: { refuse_tools: 1 } })
  expect((await ask('helios')).status).toBe(200)
  expect((await (await ask('helios', { tools })).json()).error.message).toMatch(
    /^No endpoints found that support tool use/,
  )
})

test('html_error is a 502 with a page, wrong_content_type prose, empty_body nothing', async () => {
  await behave('a', { faults: { html_error: 1 } })
  const page = await ask('a')
  expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
  expect(await page.text()).toMatch(/^<!DOCTYPE html>/)
  await behave('b', { faults: { wrong_content_type: 1 } })
  const prose = await ask('b', { stream: true })
  expect([prose.status, prose.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  await behave('c', { faults: { empty_body: 1 } })
  const empty = await ask('c')
  expect([empty.status, await empty.text()]).toEqual([200, ''])
})

test('error_in_200 says 200 and means an error, streaming or not', async () => {
  await behave('helios', { faults: { error_in_200: 1 } })
  const whole = await ask('helios')
  expect(whole.status).toBe(200)
  expect(await whole.json()).toMatchObject({ error: { type: 'server_error' } })
  const streamed = await (await ask('helios', { stream: true })).text()
  expect(streamed).toMatch(/^data: \{"error":/)
  const events = await (await askMessages('helios', { stream: true })).text()
  expect(events).toMatch(/^event: error\ndata: \{"type":"error"/)
})

test('half_json ends cleanly within the JSON, of the answer or of an event', async () => {
  await behave('helios', { faults: { half_json: 1 } })
  const text = await (await ask('helios')).text()
  expect(text.length).toBeGreaterThan(50)
  expect(() => JSON.parse(text)).toThrow(SyntaxError)
  const events = (await (await ask('helios', { stream: true })).text()).split('\n\n')
  expect(events.length).toBeGreaterThan(2)
  expect(() => JSON.parse(events.at(-1)?.replace('data: ', '') ?? '')).toThrow(SyntaxError)
})

test('cut_stream breaks the connection after half of the answer, streaming or not', async () => {
  await behave('helios', { faults: { cut_stream: 1 } })
  const streamed = await ask('helios', { stream: true })
  expect(streamed.status).toBe(200)
  await expect(streamed.text()).rejects.toThrow()
  await expect((await ask('helios')).text()).rejects.toThrow()
  const { cancelled, open, byFault } = await statsOf('helios')
  expect({ cancelled, open, byFault }).toEqual({ cancelled: 0, open: 0, byFault: { cut_stream: 2 } })
})

test('cut_stream sends the first half before it breaks', async () => {
  await behave('helios', { faults: { cut_stream: 1 } })
  const response = await ask('helios', { stream: true })
  let received = ''
  await expect(
    (async () => {
      for await (const chunk of response.body ?? []) received += new TextDecoder().decode(chunk)
    })(),
  ).rejects.toThrow()
  expect(received).toContain('"content":')
  expect(received).not.toContain('[DONE]')
})

test('reset drops the connection before an answer', async () => {
  await behave('helios', { faults: { reset: 1 } })
  await expect(ask('helios')).rejects.toThrow(/fetch failed/)
  const raw = await new Promise<string>((resolve) => {
    const socket = connect(upstream.port, '127.0.0.1')
    const body = JSON.stringify(openaiBody)
    let received = ''
    socket.write(
      `POST /helios/v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    socket.on('data', (chunk) => {
      received += chunk
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
    socket.on('close', () => resolve(received))
  })
  expect(raw).toBe('ECONNRESET')
  expect((await statsOf('helios')).cancelled).toBe(0)
})

test('hang answers nothing until the client goes away, and says that it did', async () => {
  await behave('helios', { faults: { hang: 1 } })
  const hangingUp = new AbortController()
  const asked = ask('helios', {}, hangingUp.signal)
  asked.catch(() => undefined)
  await expect.poll(() => statsOf('helios')).toMatchObject({ requests: 1, open: 1, cancelled: 0 })
  hangingUp.abort()
  await expect(asked).rejects.toThrow(/abort/)
  await expect.poll(() => statsOf('helios')).toMatchObject({ open: 0, cancelled: 1 })
})

test.each([true, false])('endless_stream goes on until the client goes away (stream %s)', async (stream) => {
  await behave('helios', { faults: { endless_stream: 1 } })
  const hangingUp = new AbortController()
  const response = await ask('helios', { stream }, hangingUp.signal)
  let received = ''
  await expect(
    (async () => {
      for await (const chunk of response.body ?? []) {
        received += new TextDecoder().decode(chunk)
        if (received.length > 3000) hangingUp.abort()
      }
    })(),
  ).rejects.toThrow(/abort/)
  expect(received).toContain('and so on')
  await expect.poll(() => statsOf('helios')).toMatchObject({ open: 0, cancelled: 1 })
})

test('slow_tokens brings a stream drop by drop, and a hang-up ends it', async () => {
  await behave('helios', { completionTokens: 400, faults: { slow_tokens: 1 } })
  const hangingUp = new AbortController()
  const response = await ask('helios', { stream: true }, hangingUp.signal)
  let received = ''
  setTimeout(() => hangingUp.abort(), 1200)
  await expect(
    (async () => {
      for await (const chunk of response.body ?? []) received += new TextDecoder().decode(chunk)
    })(),
  ).rejects.toThrow(/abort/)
  const pieces = received.split('\n\n').length
  expect(pieces).toBeGreaterThan(1)
  expect(pieces).toBeLessThan(12)
  await expect
    .poll(() => statsOf('helios'))
    .toMatchObject({ open: 0, cancelled: 1, byFault: { slow_tokens: 1 } })
})

test.each(['invalid_json', 'unknown_name', 'schema_mismatch'] as const)('%s breaks a call', async (fault) => {
  await behave('helios', { faults: { [fault]: 1 } })
  for (let turn = 0; turn < 10; turn += 1) {
    const answer = await (await ask('helios', { tools })).json()
    const { tool_calls: calls } = answer.choices[0].message
    const verdicts = checkToolCalls(
      calls.map((call: { function: { name: string; arguments: string } }) => call.function),
      [{ name: 'get_weather', schema }],
    ).map(({ verdict }) => verdict)
    expect(verdicts.filter((verdict) => verdict !== 'valid')).toEqual([fault])
  }
  expect((await statsOf('helios')).byFault).toEqual({ [fault]: 10 })
})

test('counts no tool fault when no tool was called', async () => {
  await behave('helios', { faults: { invalid_json: 1 } })
  await ask('helios')
  await ask('helios', { tools, tool_choice: 'none' })
  expect(await statsOf('helios')).toMatchObject({ requests: 2, byFault: {} })
})

test("sends a broken call as text where Anthropic's shape has no room for it", async () => {
  await behave('helios', { faults: { invalid_json: 1 } })
  const answer = await (
    await askMessages('helios', { tools: [{ name: 'get_weather', input_schema: schema }] })
  ).json()
  const broken = answer.content.filter((block: { input: unknown }) => typeof block.input === 'string')
  expect(broken).toHaveLength(1)
  expect(() => JSON.parse(broken[0].input)).toThrow(SyntaxError)
})

test('does the same again for the same seed, and something else for another', async () => {
  const faults = { upstream_5xx: 0.3, auth: 0.3 }
  const statuses = async (seed: number) => {
    await behave('helios', { seed, faults })
    const seen = []
    for (let turn = 0; turn < 30; turn += 1) {
      const response = await ask('helios', { tools })
      seen.push(`${response.status} ${(await response.text()).replace(/"created":\d+/, '')}`)
    }
    return seen
  }
  const first = await statuses(5)
  expect(await statuses(5)).toEqual(first)
  expect(await statuses(6)).not.toEqual(first)
})

test('replaces a profile at run time and says what is wrong with a bad one', async () => {
  await behave('helios', { faults: { upstream_5xx: 1 } })
  expect((await ask('helios')).status).toBeGreaterThanOrEqual(500)
  await behave('helios', {})
  expect((await ask('helios')).status).toBe(200)
  const address = `${upstream.url}/_control/providers/helios`
  const bad = await fetch(address, { method: 'PUT', body: '{"faults":{"hang":2}}' })
  expect(bad.status).toBe(400)
  expect((await bad.json()).error.message).toBe('faults.hang: expected 0 to 1')
  expect(await (await fetch(address)).json()).toMatchObject({ provider: 'helios', profile: { faults: {} } })
  const many = await fetch(`${upstream.url}/_control/providers`, {
    method: 'PUT',
    body: JSON.stringify({ borealis: { faults: { auth: 1 } } }),
  })
  expect(await many.json()).toMatchObject({ borealis: { faults: { auth: 1 } } })
  expect((await fetch(`${upstream.url}/_control/nothing`)).status).toBe(404)
})

test('answers at an address without a provider, and 404 with an error where nothing is', async () => {
  const body = JSON.stringify(openaiBody)
  const answer = await fetch(`${upstream.url}/v1/chat/completions`, { method: 'POST', body })
  expect(answer.status).toBe(200)
  const nothing = await fetch(`${upstream.url}/helios/v1/embeddings`, { method: 'POST', body })
  expect(nothing.status).toBe(404)
  expect((await nothing.json()).error.message).toMatch(/Unknown request URL/)
})

test('the built-in providers have usable profiles', () => {
  const profiles = profilesByProvider.parse(DEFAULT_PROFILES)
  for (const { faults } of Object.values(profiles)) {
    const sum = FAULT_KINDS.reduce((total, kind) => total + (faults[kind] ?? 0), 0)
    expect(sum).toBeLessThanOrEqual(1)
  }
})

test('as a process: prints its address, behaves by its file of profiles, ends on SIGTERM', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'upstream-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = path.join(folder, 'profiles.json')
  await writeFile(file, JSON.stringify({ quarrystone: { faults: { refuse_tools: 1 } } }))
  const command = path.join(import.meta.dirname, 'upstream-cli.server.ts')
  const child = spawn(process.execPath, [RUN_COMMAND, command, '--port', '0', '--profiles', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk) => resolve(String(chunk))),
  )
  const { port, url } = JSON.parse(line)
  expect(url).toBe(`http://127.0.0.1:${port}`)
  const response = await fetch(`${url}/quarrystone/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ ...openaiBody, tools }),
  })
  expect(response.status).toBe(404)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test.each([
  [['--port', 'abc'], /--port abc: expected a port number/],
  [['--profiles', '/nowhere/profiles.json'], /no such file/],
])('as a process: says in one line what is wrong with %s', async (options, message) => {
  const command = path.join(import.meta.dirname, 'upstream-cli.server.ts')
  const child = spawn(process.execPath, [RUN_COMMAND, command, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(code).toBe(1)
  expect(said).toMatch(message)
  expect(said.trim().split('\n')).toHaveLength(1)
})
