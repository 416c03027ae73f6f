import { generateKeyPairSync } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { db } from '../platform/db.server'
import { setEnvironment } from '../platform/env.server'
import { AppError, type FieldError } from '../platform/errors'
import { catalogChangeCount } from './catalog-changes.server'
import { disconnectProvider } from './disconnect-provider.server'
import { listEndpoints } from './list-endpoints.server'
import { listProviders } from './list-providers.server'
import { putEndpoint } from './put-endpoint.server'
import { putProvider } from './put-provider.server'
import { type PutProviderBody, putProviderBody } from './schema'
import { openSecret } from './sealed-secret.server'

let made = 0

function freshSlug(): string {
  made += 1
  return `helios-${made}`
}

/** Puts a provider as a request body would; a literal public address keeps DNS out of it. */
async function put(slug: string, over: Record<string, unknown> = {}) {
  const body: PutProviderBody = putProviderBody.parse({
    name: 'Helios',
    baseUrl: 'https://93.184.215.14/v1',
    apiShape: 'openai-chat',
    ...over,
  })
  return (await putProvider({ slug, body, actor: 'test' })).data
}

async function detailsOf(promise: Promise<unknown>): Promise<FieldError[]> {
  const error = await promise.then(() => null).catch((thrown: unknown) => thrown)
  if (error instanceof AppError && error.code === 'validation_failed') return error.details ?? []
  throw new Error(`expected validation_failed, got ${error}`)
}

afterEach(() => setEnvironment({ HOST: '' }))

describe('connecting', () => {
  test('shows what was put, and says that the catalog changed', async () => {
    const slug = freshSlug()
    const before = catalogChangeCount()
    expect(await put(slug)).toEqual({
      slug,
      name: 'Helios',
      baseUrl: 'https://93.184.215.14/v1',
      apiShape: 'openai-chat',
      authScheme: null,
      hasApiKey: false,
      region: null,
      apiVersion: null,
      headers: {},
      query: {},
      allowPrivateNetwork: false,
      dataCollection: 'allow',
      enabled: true,
      enabledEndpoints: 0,
    })
    expect(catalogChangeCount()).toBe(before + 1)
  })

  test('keeps what a later body leaves out', async () => {
    const slug = freshSlug()
    await put(slug, { apiKey: 'sk-first', dataCollection: 'deny', enabled: false })
    expect(await put(slug, { name: 'Renamed' })).toMatchObject({
      name: 'Renamed',
      hasApiKey: true,
      dataCollection: 'deny',
      enabled: false,
    })
  })

  test('lists connected providers before those of logs, by name', async () => {
    const slug = freshSlug()
    await db().provider.create({ data: { slug: 'aaa-only-in-logs' } })
    await put(slug, { name: 'zzz' })
    await put(freshSlug(), { name: 'Yyy' })
    const { data, privateNetworkAllowed } = await listProviders()
    const names = data.map(({ name }) => name)
    expect(names.indexOf('zzz')).toBeGreaterThan(names.indexOf('Yyy'))
    expect(names.indexOf('aaa-only-in-logs')).toBeGreaterThan(names.indexOf('zzz'))
    expect(data.map((one) => one.slug)).not.toContain('unknown')
    expect(privateNetworkAllowed).toBe(true)
  })

  test('one put while another runs makes one provider', async () => {
    const slug = freshSlug()
    await Promise.all([put(slug), put(slug), put(slug)])
    expect(await db().provider.count({ where: { slug } })).toBe(1)
  })

  test('does not take the row of logs without a provider', async () => {
    expect(await detailsOf(put('unknown'))).toMatchObject([{ path: 'slug' }])
  })
})

describe('a key', () => {
  const storedOf = async (slug: string) =>
    (await db().provider.findUniqueOrThrow({ where: { slug } })).sealedSecret ?? ''

  test('is sealed at rest, shown nowhere, and in no audit entry', async () => {
    const slug = freshSlug()
    const answer = await put(slug, { apiKey: 'sk-never-shown' })
    expect(answer.hasApiKey).toBe(true)
    const stored = await storedOf(slug)
    expect(await openSecret({ providerSlug: slug, sealed: stored })).toBe('sk-never-shown')
    const audits = await db().auditLog.findMany({ where: { target: `provider:${slug}` } })
    const seen = JSON.stringify([answer, await listProviders(), audits.map(({ detail }) => detail), stored])
    expect(audits).toHaveLength(1)
    expect(seen.slice(0, -stored.length - 2)).not.toContain(stored)
    expect(seen).not.toContain('sk-never-shown')
  })

  test('is kept by an empty field, replaced by another, and forgotten by null', async () => {
    const slug = freshSlug()
    await put(slug, { apiKey: 'sk-first' })
    const first = await storedOf(slug)
    await put(slug, { apiKey: '' })
    expect(await storedOf(slug)).toBe(first)
    await put(slug, { apiKey: 'sk-second' })
    expect(await openSecret({ providerSlug: slug, sealed: await storedOf(slug) })).toBe('sk-second')
    expect((await put(slug, { apiKey: null })).hasApiKey).toBe(false)
    expect(await storedOf(slug)).toBe('')
  })

  test('goes to no other host than it was given for', async () => {
    const slug = freshSlug()
    await put(slug, { apiKey: 'sk-first' })
    const elsewhere = { baseUrl: 'https://93.184.215.15/v1' }
    expect(await detailsOf(put(slug, elsewhere))).toMatchObject([
      { path: 'apiKey', message: expect.stringContaining('enter it again for https://93.184.215.15') },
    ])
    expect(await detailsOf(put(slug, { baseUrl: 'http://93.184.215.14/v1' }))).toMatchObject([
      { path: 'apiKey' },
    ])
    expect(await put(slug, { baseUrl: 'https://93.184.215.14:8443/v2' })).toMatchObject({ hasApiKey: true })
    expect(await put(slug, { ...elsewhere, apiKey: 'sk-second' })).toMatchObject(elsewhere)
    expect(await put(slug, { apiKey: null })).toMatchObject({ hasApiKey: false })
  })
})

describe('credentials of a cloud', () => {
  const awsCredentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'aws-never-shown' }
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const keyFile = { type: 'service_account', client_email: 'robot@p.example', private_key: privateKey }
  const google = { authScheme: 'google-service-account' }
  const aws = { authScheme: 'aws-sigv4' }

  test('are sealed and shown nowhere', async () => {
    const slug = freshSlug()
    const answer = await put(slug, { ...aws, region: 'eu-west-1', awsCredentials })
    expect(answer).toMatchObject({ authScheme: 'aws-sigv4', region: 'eu-west-1', hasApiKey: true })
    const other = freshSlug()
    expect(await put(other, { ...google, serviceAccountKey: keyFile })).toMatchObject({ hasApiKey: true })
    const rows = await db().provider.findMany({ where: { slug: { in: [slug, other] } } })
    const audits = await db().auditLog.findMany({
      where: { target: { in: [`provider:${slug}`, `provider:${other}`] } },
    })
    const seen = JSON.stringify([answer, await listProviders(), audits.map(({ detail }) => detail), rows])
    expect(seen).not.toMatch(/aws-never-shown|AKIDEXAMPLE|PRIVATE KEY/)
  })

  test('are kept by a later body, and go to no other host', async () => {
    const slug = freshSlug()
    await put(slug, { ...aws, awsCredentials })
    expect(await put(slug, { name: 'Renamed' })).toMatchObject({ authScheme: 'aws-sigv4', hasApiKey: true })
    expect(await detailsOf(put(slug, { baseUrl: 'https://93.184.215.15/v1' }))).toMatchObject([
      { path: 'awsCredentials', message: expect.stringContaining('enter them again') },
    ])
  })

  test('are never taken for those of another kind', async () => {
    const slug = freshSlug()
    await put(slug, { apiKey: 'sk-first' })
    expect(await detailsOf(put(slug, aws))).toMatchObject([{ path: 'awsCredentials' }])
    await put(slug, { ...aws, awsCredentials })
    expect(await detailsOf(put(slug, google))).toMatchObject([{ path: 'serviceAccountKey' }])
    expect(await put(slug, { authScheme: null })).toMatchObject({ authScheme: null, hasApiKey: false })
    await put(slug, { apiKey: 'sk-second' })
    expect(await put(slug, { authScheme: 'none' })).toMatchObject({ hasApiKey: false })
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['a key beside AWS', { ...aws, apiKey: 'sk' }, 'apiKey'],
    ['AWS without its credentials', aws, 'awsCredentials'],
    ['AWS that forgets them', { ...aws, awsCredentials: null }, 'awsCredentials'],
    ['AWS credentials beside a key', { awsCredentials }, 'awsCredentials'],
    ['a key where none is sent', { authScheme: 'none', apiKey: 'sk' }, 'apiKey'],
    ['Google without a key file', google, 'serviceAccountKey'],
    [
      'a key file whose key is none',
      {
        ...google,
        serviceAccountKey: {
          ...keyFile,
          private_key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
        },
      },
      'serviceAccountKey',
    ],
  ])('%s is refused by its field', async (_case, over, path) => {
    expect(await detailsOf(put(freshSlug(), over))).toMatchObject([{ path }])
  })

  test.each<[string, unknown, RegExp]>([
    ['no JSON', 'not json', /no JSON object/],
    ['a user’s credentials', { ...keyFile, type: 'authorized_user' }, /service account’s key file/],
    ['one without an address', { ...keyFile, client_email: undefined }, /client_email/],
    ['one without a key', JSON.stringify({ ...keyFile, private_key: 'abc' }), /private_key/],
  ])('a key file that is %s is refused in words', (_case, serviceAccountKey, message) => {
    const parsed = putProviderBody.safeParse({
      name: 'x',
      baseUrl: 'https://a.example/v1',
      apiShape: 'openai-chat',
      serviceAccountKey,
    })
    expect(parsed.error?.issues).toMatchObject([
      { path: ['serviceAccountKey'], message: expect.stringMatching(message) },
    ])
    expect(JSON.stringify(parsed.error?.issues)).not.toContain('BEGIN PRIVATE KEY-----\\n')
  })
})

describe('an address', () => {
  test.each([
    'http://169.254.169.254/v1',
    'http://[fe80::1]/v1',
    'http://[fd00:ec2::254]/v1',
    'http://100.100.100.200/v1',
    'http://0.0.0.0/v1',
    'http://0/v1',
    'http://2852039166/v1',
    'http://[::ffff:169.254.169.254]/v1',
    'http://224.0.0.1/v1',
    'http://metadata.google.internal/v1',
  ])('%s is refused even where private networks are allowed', async (baseUrl) => {
    expect(await detailsOf(put(freshSlug(), { baseUrl, allowPrivateNetwork: true }))).toMatchObject([
      { path: 'baseUrl' },
    ])
  })

  test.each([
    'http://127.0.0.1:9801/v1',
    'http://localhost:9801/v1',
    'http://10.1.2.3/v1',
    'http://[::1]:9801/v1',
  ])('%s is taken on a machine-local install without further ado', async (baseUrl) => {
    expect(await put(freshSlug(), { baseUrl })).toMatchObject({ baseUrl, allowPrivateNetwork: true })
  })

  test('inside the private network is refused when the provider or the operator says no', async () => {
    const baseUrl = 'http://10.1.2.3/v1'
    expect(await detailsOf(put(freshSlug(), { baseUrl, allowPrivateNetwork: false }))).toMatchObject([
      { path: 'baseUrl', message: expect.stringContaining('allow the private network for this provider') },
    ])
    setEnvironment({ HOST: '0.0.0.0' })
    expect(await detailsOf(put(freshSlug(), { baseUrl }))).toMatchObject([
      { path: 'baseUrl', message: expect.stringContaining('SIGHTGLASS_ALLOW_PRIVATE_NETWORK') },
    ])
    expect(await detailsOf(put(freshSlug(), { allowPrivateNetwork: true }))).toMatchObject([
      { path: 'allowPrivateNetwork' },
    ])
  })

  test('whose name does not resolve is refused by name', async () => {
    expect(await detailsOf(put(freshSlug(), { baseUrl: 'https://no-such-host.invalid/v1' }))).toEqual([
      { path: 'baseUrl', message: expect.stringContaining('no-such-host.invalid was not found') },
    ])
  })

  test.each([
    'https://user:pass@a.example/v1',
    'https://a.example/v1?key=1',
    'https://a.example/#x',
    'ftp://a.example',
    'https://a.{region}.example/v1',
    'https://{model}.example/v1',
    'https://a.example/{deployment}/v1',
    'no address',
    '',
  ])('%s is no base URL', (baseUrl) => {
    const parsed = putProviderBody.safeParse({ name: 'x', baseUrl, apiShape: 'openai-chat' })
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(['baseUrl'])
  })
})

describe('disconnecting', () => {
  test('forgets address, key and endpoints, and keeps what logs say', async () => {
    const slug = freshSlug()
    await put(slug, { apiKey: 'sk-first' })
    const model = `acme/${slug}`
    await putEndpoint({
      body: { model, provider: slug, promptUsdPerMTok: 1 },
      actor: 'test',
      nowMs: Date.now(),
    })
    const { data } = await disconnectProvider({ slug, actor: 'test' })
    expect(data).toMatchObject({ slug, name: slug, baseUrl: null, hasApiKey: false, enabledEndpoints: 0 })
    expect(await db().endpoint.count({ where: { provider: { slug } } })).toBe(1)
    expect((await listEndpoints({ provider: slug }, Date.now())).data).toEqual([])
    const again = await disconnectProvider({ slug, actor: 'test' }).catch((error: unknown) => error)
    expect(again).toMatchObject({ code: 'not_found' })
  })
})
