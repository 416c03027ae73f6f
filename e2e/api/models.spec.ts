import { type APIRequestContext, expect, test } from '@playwright/test'
import { MODELS_DAY, MODELS_WINDOW, type OwnModels, sendOwnModels } from '../own-models'
import { BEARER } from '../server-under-test'

const WINDOW = MODELS_WINDOW.replace(/(\d{4}-\d\d-\d\d)/g, '$1T00:00:00Z')
let own: OwnModels

test.beforeAll(async ({ request }) => {
  own = await sendOwnModels(request)
})

const get = (request: APIRequestContext, path: string) => request.get(path, { headers: BEARER })

async function rowOf(request: APIRequestContext, model: string) {
  const { rows } = await (await get(request, `/api/models?${WINDOW}`)).json()
  return rows.find((row: { model: string }) => row.model === model)
}

test('the catalogue says what a model did and since when', async ({ request }) => {
  expect(await rowOf(request, own.main)).toMatchObject({
    launchedOn: MODELS_DAY,
    launchSource: 'first_seen',
    totalTokens: 4400,
    requests: 40,
    providers: 2,
    supportsTools: true,
    toolCallErrorRate: 0.2,
    uptime: 0.8,
  })
})

test('a model’s page has its providers, and too few attempts say nothing', async ({ request }) => {
  const answer = await (await get(request, `/api/models/${own.main}?${WINDOW}`)).json()
  expect(answer).toMatchObject({
    model: own.main,
    askedAs: null,
    availability: { withRouting: 1, withoutRouting: 0.8 },
    providers: [
      { provider: own.helios, attempts: 40, uptime: 1, status: 'healthy', toolCallErrorRate: 0.2 },
      { provider: own.polaris, attempts: 10, uptime: null, errorsByClass: { upstream_5xx: 10 } },
    ],
    apps: [{ app: 'shop-bot', totalTokens: 4400 }],
  })
  const series = await get(request, `/api/models/${own.main}/series?${WINDOW}&granularity=hour`)
  expect((await series.json()).providers).toMatchObject([
    { provider: own.helios, points: [{ start: `${MODELS_DAY}T10:00:00.000Z`, attempts: 40 }] },
    { provider: own.polaris, points: [{ attempts: 10, latencyMsP50: null }] },
  ])
})

test('another name counts as the model until that is taken back', async ({ request }) => {
  const put = (data: unknown) => request.put(`/api/v1/models/${own.other}`, { headers: BEARER, data })
  expect((await put({ alias_of: own.main })).status()).toBe(200)
  expect(await rowOf(request, own.main)).toMatchObject({ totalTokens: 4840, aliases: [own.other] })
  expect(await rowOf(request, own.other)).toBeUndefined()
  const asked = await (await get(request, `/api/models/${own.other}?${WINDOW}`)).json()
  expect(asked).toMatchObject({ model: own.main, askedAs: own.other })
  expect((await put({ alias_of: null })).status()).toBe(200)
  expect(await rowOf(request, own.main)).toMatchObject({ totalTokens: 4400, aliases: [] })
})

test('what cannot be is refused by field, and an unknown name is not found', async ({ request }) => {
  const path = `/api/v1/models/${own.main}`
  const self = await request.put(path, { headers: BEARER, data: { alias_of: own.main } })
  expect(self.status()).toBe(422)
  expect((await self.json()).error.details).toMatchObject([{ path: 'alias_of' }])
  const day = await request.put(path, { headers: BEARER, data: { released_on: 'soon' } })
  expect((await day.json()).error.details).toMatchObject([{ path: 'released_on' }])
  expect((await get(request, `/api/models/nobody/nothing?${WINDOW}`)).status()).toBe(404)
  expect((await get(request, '/api/models?period=soon')).status()).toBe(400)
})

test('the character NUL names nothing, in a path or a parameter', async ({ request }) => {
  expect((await get(request, `/api/models/%00/x?${WINDOW}`)).status()).toBe(404)
  expect((await get(request, `/api/models/a/x%00?${WINDOW}`)).status()).toBe(404)
  const inParameter = await get(request, `/api/tools/providers?${WINDOW}&model=a/%00`)
  expect(inParameter.status()).toBe(400)
  expect((await inParameter.json()).error.code).toBe('bad_request')
})

test('readers need a key or a session, and tables come as CSV', async ({ request }) => {
  expect((await request.get(`/api/models?${WINDOW}`)).status()).toBe(401)
  for (const path of [
    `/api/models?${WINDOW}`,
    '/api/models/launches?',
    `/api/models/${own.main}?${WINDOW}`,
  ]) {
    const response = await get(request, `${path}&format=csv`)
    expect(response.headers()['content-type']).toContain('text/csv')
  }
})
