import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { importSPKI, jwtVerify } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApiKey } from '../access/manage-keys.server'
import { putEndpoint } from '../catalog/put-endpoint.server'
import { putProvider } from '../catalog/put-provider.server'
import { putProviderBody } from '../catalog/schema'
import { testConnection } from '../catalog/test-connection.server'
import { createDataPlane, type DataPlane } from '../data-plane/data-plane.server'
import { readEnvironment } from '../platform/env.server'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import { isSignedBySigV4 } from '../testing/verify-sigv4'
import { createRequestLog, type RequestLog } from './request-log.server'

// Every way of signing in, whole and streamed, at a provider that checks what arrives.

type Asked = { method: string; target: string; headers: IncomingHttpHeaders; body: string }

const CHUNK = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
const WHOLE = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
}
const AWS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

let server: Server
let url: string
let asked: Asked[] = []
let recorder: Recorder
let requestLog: RequestLog
let dataPlane: DataPlane
let apiKey: string
let made = 0
/** What the provider says when it refuses; null = it answers. */
let refusal: ((asked: Asked) => string) | null = null
/** How the token server answers. */
let tokens: (assertion: string) => { status: number; body: unknown }

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method = '', url: target = '', headers } = request
    asked.push({ method, target, headers, body })
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (target.startsWith('/token')) {
      const answer = tokens(new URLSearchParams(body).get('assertion') ?? '')
      json(answer.status, answer.body)
    } else if (refusal) json(401, { error: { message: refusal({ method, target, headers, body }) } })
    else if (method === 'GET') json(200, { data: [{ id: 'm' }] })
    else if (JSON.parse(body).stream !== true) json(200, WHOLE)
    else {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const delta = (choice: object) =>
        `data: ${JSON.stringify({ ...CHUNK, choices: [{ index: 0, ...choice }] })}\n\n`
      response.write(delta({ delta: { role: 'assistant', content: 'Hello' }, finish_reason: null }))
      response.end(`${delta({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { DATABASE_URL: databaseUrl = '' } = readEnvironment()
  recorder = createRecorder({ databaseUrl })
  requestLog = createRequestLog(recorder)
  dataPlane = createDataPlane({
    recorder,
    requestLog,
    budget: { silenceMs: 15_000, answerMs: 15_000 },
  })
  const made = await createApiKey({
    name: 'sign-in test',
    scopes: ['gateway'],
    requestsPerMinute: null,
    actor: 'test',
  })
  apiKey = made.key
})

afterAll(async () => {
  await requestLog.close()
  await recorder.close()
  server.close()
})

beforeEach(() => {
  asked = []
  refusal = null
  tokens = () => ({ status: 200, body: { access_token: `ya29.${randomUUID()}`, expires_in: 3600 } })
})

/** A provider put as a request body would, with one model. */
async function connect(over: Record<string, unknown>): Promise<string> {
  made += 1
  const slug = `signed-${made}`
  const body = putProviderBody.parse({
    name: slug,
    baseUrl: `${url}/v1`,
    apiShape: 'openai-chat',
    ...over,
  })
  await putProvider({ slug, body, actor: 'test' })
  await putEndpoint({
    body: { model: `acme/${slug}`, provider: slug, upstreamModel: 'gpt-5 mini' },
    actor: 'test',
    nowMs: Date.now(),
  })
  return slug
}

async function ask(slug: string, stream = false): Promise<{ status: number; text: string }> {
  const response = await dataPlane.fetch(
    new Request('http://gateway.test/api/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: `acme/${slug}`,
        stream,
        messages: [{ role: 'user', content: 'Grüß Gott — 你好' }],
      }),
    }),
  )
  return { status: response.status, text: await response.text() }
}

const completions = () => asked.filter(({ target }) => target.includes('/chat/completions'))

describe('a key', () => {
  test.each([
    ['its shape’s own', {}, { authorization: 'Bearer sk-1' }, ''],
    ['bearer', { authScheme: 'bearer' }, { authorization: 'Bearer sk-1' }, ''],
    ['x-api-key', { authScheme: 'x-api-key' }, { 'x-api-key': 'sk-1' }, ''],
    ['x-goog-api-key', { authScheme: 'x-goog-api-key' }, { 'x-goog-api-key': 'sk-1' }, ''],
    ['api-key', { authScheme: 'api-key' }, { 'api-key': 'sk-1' }, ''],
    ['query', { authScheme: 'query' }, {}, '?key=sk-1'],
  ])('goes where %s has it', async (_name, over, headers, query) => {
    const slug = await connect({ apiKey: 'sk-1', ...over })
    expect((await ask(slug)).status).toBe(200)
    expect((await ask(slug, true)).text).toContain('Hello')
    await testConnection({ slug, body: {} })
    expect(completions()).toHaveLength(3)
    for (const one of completions()) {
      expect(one.target).toBe(`/v1/chat/completions${query}`)
      expect(one.headers).toMatchObject(headers)
      const shown = ['authorization', 'x-api-key', 'x-goog-api-key', 'api-key'].filter(
        (name) => one.headers[name],
      )
      expect(shown).toEqual(Object.keys(headers))
    }
  })

  test('is not sent where the provider takes none', async () => {
    const slug = await connect({ authScheme: 'none' })
    await ask(slug)
    expect(completions()[0]?.headers.authorization).toBeUndefined()
  })
})

test('what a connection adds goes with every request', async () => {
  const slug = await connect({
    baseUrl: `${url}/openai/deployments/{model}`,
    authScheme: 'api-key',
    apiKey: 'sk-1',
    apiVersion: '2024-10-21',
    headers: { 'OpenAI-Organization': 'org-1' },
    query: { tier: 'a b' },
  })
  await ask(slug)
  await testConnection({ slug, body: {} })
  expect(completions()).toHaveLength(2)
  for (const { target, headers } of completions()) {
    expect(target).toBe('/openai/deployments/gpt-5%20mini/chat/completions?tier=a+b&api-version=2024-10-21')
    expect(headers).toMatchObject({ 'api-key': 'sk-1', 'openai-organization': 'org-1' })
  }
})

describe('AWS credentials', () => {
  test.each([
    ['long-lived', {}],
    ['temporary', { sessionToken: 'FQoGZXIvYXdzE+/=' }],
  ])('that are %s sign each request', async (_name, more) => {
    const slug = await connect({
      baseUrl: `${url}/openai/{model}/v1`,
      authScheme: 'aws-sigv4',
      region: 'eu-west-1',
      awsCredentials: { ...AWS, ...more },
      query: { b: '2', a: '1' },
    })
    expect((await ask(slug)).status).toBe(200)
    expect((await ask(slug, true)).text).toContain('Hello')
    expect((await testConnection({ slug, body: {} })).ok).toBe(true)
    expect(completions()).toHaveLength(3)
    for (const one of completions()) {
      expect(isSignedBySigV4(one, AWS)).toBe(true)
      expect(isSignedBySigV4({ ...one, body: `${one.body} ` }, AWS)).toBe(false)
      expect(one.headers.authorization).toContain('/eu-west-1/bedrock/aws4_request')
      expect(one.headers['x-amz-security-token']).toBe('sessionToken' in more ? more.sessionToken : undefined)
    }
  })
})

describe('a service account', () => {
  const keyFile = (over: Record<string, unknown> = {}) => ({
    type: 'service_account',
    project_id: 'p',
    client_email: `robot-${randomUUID()}@p.iam.gserviceaccount.com`,
    private_key: privateKey,
    private_key_id: 'kid-1',
    token_uri: `${url}/token`,
    ...over,
  })
  const connectWith = (serviceAccountKey: unknown) =>
    connect({ authScheme: 'google-service-account', serviceAccountKey })

  test('trades its key for one token, which many requests use', async () => {
    const assertions: string[] = []
    tokens = (assertion) => {
      assertions.push(assertion)
      return { status: 200, body: { access_token: `ya29.token-${assertions.length}`, expires_in: 3600 } }
    }
    const file = keyFile()
    const slug = await connectWith(JSON.stringify(file))
    const answers = await Promise.all([ask(slug), ask(slug, true), ask(slug), ask(slug, true)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect((await testConnection({ slug, body: {} })).ok).toBe(true)
    expect(assertions).toHaveLength(1)
    expect(new Set(completions().map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer ya29.token-1']),
    )
    const { payload, protectedHeader } = await jwtVerify(
      assertions[0] ?? '',
      await importSPKI(publicKey, 'RS256'),
      { audience: file.token_uri, issuer: file.client_email },
    )
    expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: 'kid-1' })
    expect(payload).toMatchObject({
      sub: file.client_email,
      scope: 'https://www.googleapis.com/auth/cloud-platform',
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600)
  })

  test('renews a token that is about to end, one at a time', async () => {
    let count = 0
    tokens = () => {
      count += 1
      return { status: 200, body: { access_token: `ya29.short-${count}`, expires_in: 10 } }
    }
    const slug = await connectWith(keyFile())
    await ask(slug)
    await Promise.all([ask(slug), ask(slug)])
    expect(completions().map(({ headers }) => headers.authorization)).toEqual([
      'Bearer ya29.short-1',
      'Bearer ya29.short-2',
      'Bearer ya29.short-2',
    ])
  })

  test('whose token a provider quotes has it masked', async () => {
    const token = `ya29.${randomUUID()}`
    tokens = () => ({ status: 200, body: { access_token: token, expires_in: 3600 } })
    const slug = await connectWith(keyFile())
    refusal = ({ headers }) => `Invalid credential: ${headers.authorization}`
    const answer = await ask(slug)
    expect(answer.text).toContain('Invalid credential: Bearer …')
    expect(answer.text).not.toContain(token)
  })

  test('that Google refuses is told in its words, and never by its key', async () => {
    tokens = () => ({ status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT' } })
    const slug = await connectWith(keyFile())
    const answer = await ask(slug)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.text).toContain('invalid_grant: Invalid JWT')
    expect(answer.text).not.toContain('PRIVATE KEY')
    expect(completions()).toEqual([])
    const tested = await testConnection({ slug, body: {} })
    expect(tested).toMatchObject({ ok: false, message: expect.stringContaining('invalid_grant') })
  })

  test('whose token address leads nowhere is a connection that failed', async () => {
    const slug = await connectWith(keyFile({ token_uri: 'http://127.0.0.1:9/token' }))
    const answer = await ask(slug)
    expect(answer.text).toContain('no access token could be fetched from 127.0.0.1:9')
  })
})
