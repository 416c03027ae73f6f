import { type APIRequestContext, expect, test } from '@playwright/test'
import { BEARER } from '../server-under-test'

const RUN = Date.now().toString(36)
const PRESETS = '/api/v1/presets'
let named = 0

function ownSlug(): string {
  named += 1
  return `e2e-${RUN}-${named}`
}

async function create(request: APIRequestContext, data: Record<string, unknown> = {}) {
  const response = await request.post(PRESETS, { headers: BEARER, data: { slug: ownSlug(), ...data } })
  expect(response.status()).toBe(201)
  return (await response.json()).data
}

async function keyWith(request: APIRequestContext, ...scopes: string[]) {
  const data = { name: scopes.join(' '), scopes }
  const { key } = await (await request.post('/api/keys', { headers: BEARER, data })).json()
  return { authorization: `Bearer ${key}` }
}

test('a preset is created and read in OpenRouter’s shape', async ({ request }) => {
  const config = { models: ['acme/atlas-120b'], provider: { order: ['helios'] }, temperature: 0 }
  const created = await create(request, { name: 'Tool runner', system_prompt: 'Be brief.', config })
  const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/)
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)
  const actor = expect.stringMatching(/^key:/)
  expect(created).toEqual({
    id: uuid,
    slug: created.slug,
    name: 'Tool runner',
    description: null,
    status: 'active',
    creator_user_id: actor,
    workspace_id: uuid,
    designated_version_id: created.designated_version.id,
    designated_version: {
      id: uuid,
      preset_id: created.id,
      version: 1,
      creator_id: actor,
      system_prompt: 'Be brief.',
      config,
      created_at: time,
      updated_at: time,
    },
    created_at: time,
    updated_at: time,
    status_updated_at: null,
  })
  const read = await request.get(`${PRESETS}/${created.slug}`, { headers: BEARER })
  expect(await read.json()).toEqual({ data: created })
  const list = await (await request.get(`${PRESETS}?limit=1`, { headers: BEARER })).json()
  expect(list.data).toEqual([created])
  expect(list.total_count).toBeGreaterThanOrEqual(1)
})

test('PATCH makes versions, which are listed oldest first and rolled back to', async ({ request }) => {
  const { slug } = await create(request, { config: { temperature: 0 } })
  const patch = (data: object) => request.patch(`${PRESETS}/${slug}`, { headers: BEARER, data })
  const second = await (await patch({ config: { temperature: 1 }, expected_version: 1 })).json()
  expect(second.data.designated_version).toMatchObject({ version: 2, config: { temperature: 1 } })
  const back = await (await patch({ designated_version: 1 })).json()
  expect(back.data.designated_version).toMatchObject({ version: 3, config: { temperature: 0 } })
  const versions = await (await request.get(`${PRESETS}/${slug}/versions`, { headers: BEARER })).json()
  expect(versions.data.map((one: { version: number }) => one.version)).toEqual([1, 2, 3])
  const one = await (await request.get(`${PRESETS}/${slug}/versions/2`, { headers: BEARER })).json()
  expect(one.data.config).toEqual({ temperature: 1 })

  const late = await patch({ config: {}, expected_version: 1 })
  expect(late.status()).toBe(409)
  expect((await late.json()).error).toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/^key:.* changed .* to version 3 on .*UTC/),
  })
})

test('a slug is taken once', async ({ request }) => {
  const { slug } = await create(request)
  const again = await request.post(PRESETS, { headers: BEARER, data: { slug } })
  expect(again.status()).toBe(409)
  expect((await again.json()).error).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(slug),
  })
})

test('DELETE archives, then removes for good', async ({ request }) => {
  const { slug } = await create(request)
  const remove = async () => (await request.delete(`${PRESETS}/${slug}`, { headers: BEARER })).json()
  expect(await remove()).toMatchObject({ deleted: false, data: { status: 'archived' } })
  expect(await remove()).toMatchObject({ deleted: true })
  const gone = await request.get(`${PRESETS}/${slug}`, { headers: BEARER })
  expect(gone.status()).toBe(404)
  expect((await gone.json()).error.message).toContain(slug)
})

test('a live request becomes a preset', async ({ request }) => {
  const slug = ownSlug()
  const response = await request.post(`${PRESETS}/${slug}/chat/completions`, {
    headers: BEARER,
    data: {
      model: 'acme/atlas-120b',
      temperature: 0.5,
      stream: true,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'hi' },
      ],
    },
  })
  expect(response.status()).toBe(200)
  expect((await response.json()).data).toMatchObject({
    slug,
    designated_version: {
      version: 1,
      system_prompt: 'Be brief.',
      config: { model: 'acme/atlas-120b', temperature: 0.5 },
    },
  })
  const messages = await request.post(`${PRESETS}/${slug}/messages`, {
    headers: BEARER,
    data: { model: 'acme/atlas-8b', max_tokens: 9, system: 'Be long.', messages: [] },
  })
  expect((await messages.json()).data.designated_version).toMatchObject({
    version: 2,
    system_prompt: 'Be long.',
  })
})

test('bad input names the field and what was expected', async ({ request }) => {
  const cases: [object, string, RegExp][] = [
    [{ slug: 'Not A Slug' }, 'slug', /lower-case/],
    [{ slug: ownSlug(), config: { temperature: 9 } }, 'config.temperature', /0 to 2/],
    [{ slug: ownSlug(), config: { provider: { order: 'helios' } } }, 'config.provider.order', /list/],
    [{ slug: ownSlug(), config: { models: ['atlas'] } }, 'config.models.0', /author\/slug/],
    [{ slug: ownSlug(), config: { temprature: 1 } }, 'config', /temprature/],
    [{ slug: ownSlug(), system_prompt: 'a\0b' }, 'system_prompt', /NUL/],
  ]
  for (const [data, path, words] of cases) {
    const response = await request.post(PRESETS, { headers: BEARER, data })
    expect(response.status()).toBe(422)
    expect((await response.json()).error.details).toEqual([{ path, message: expect.stringMatching(words) }])
  }
  const broken = await request.post(PRESETS, {
    headers: { ...BEARER, 'content-type': 'application/json' },
    data: Buffer.from('{"slug":'),
  })
  expect(broken.status()).toBe(400)
  expect((await request.get(`${PRESETS}?limit=1000`, { headers: BEARER })).status()).toBe(400)
})

test('reading takes the scope read, changing takes manage', async ({ request }) => {
  const { slug } = await create(request)
  const reader = await keyWith(request, 'read')
  const caller = await keyWith(request, 'gateway')
  const change = { data: { name: 'Changed' } }
  expect((await request.get(`${PRESETS}/${slug}`)).status()).toBe(401)
  expect((await request.get(`${PRESETS}/${slug}`, { headers: caller })).status()).toBe(403)
  expect((await request.get(`${PRESETS}/${slug}`, { headers: reader })).status()).toBe(200)
  expect((await request.patch(`${PRESETS}/${slug}`, { headers: reader, ...change })).status()).toBe(403)
  expect((await request.delete(`${PRESETS}/${slug}`, { headers: reader })).status()).toBe(403)
  expect((await request.post(PRESETS, { headers: reader, data: { slug: ownSlug() } })).status()).toBe(403)
  expect((await request.patch(`${PRESETS}/${slug}`, { headers: BEARER, ...change })).status()).toBe(200)
})

test('what is not there says so', async ({ request }) => {
  const { slug } = await create(request)
  for (const path of ['nobody', `${slug}/versions/9`, `${slug}/versions/first`, 'Not%20A%20Slug']) {
    expect((await request.get(`${PRESETS}/${path}`, { headers: BEARER })).status()).toBe(404)
  }
  const wrongMethod = await request.put(`${PRESETS}/${slug}`, { headers: BEARER, data: {} })
  expect(wrongMethod.status()).toBe(405)
  expect(wrongMethod.headers().allow).toBe('GET, PATCH, DELETE')
})
