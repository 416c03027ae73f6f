import { expect, test } from '@playwright/test'
import { listenLive } from '../listen-live'
import { createOwnDatabase, type ServerHalf, startHalf } from '../server-half'
import { BEARER } from '../server-under-test'

const RUN = Date.now().toString(36)

let database: Awaited<ReturnType<typeof createOwnDatabase>>
let dataPlane: ServerHalf
let dashboard: ServerHalf

test.describe.configure({ timeout: 180_000 })

test.beforeAll(async () => {
  test.setTimeout(180_000)
  database = await createOwnDatabase()
  dataPlane = await startHalf({ role: 'data-plane', database: database.url })
  dashboard = await startHalf({ role: 'dashboard', database: database.url })
})

test.afterAll(async () => {
  await dashboard?.stop()
  await dataPlane?.stop()
  await database?.drop()
})

const failures = (provider: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${provider}-${count}-${index}`,
    source: 'e2e-halves',
    startedAt: new Date().toISOString(),
    model: `acme/halves-${RUN}`,
    provider,
    httpStatus: 503,
    durationMs: 40,
  }))

test('what one process takes in, another that only serves pages tells at once and counts the same', async ({
  request,
}) => {
  const provider = `halves-${RUN}`
  const page = await listenLive({ url: dashboard.url })
  await expect.poll(() => page.events[0]?.name).toBe('snapshot')
  for (const [count, sum] of [
    [3, 3],
    [2, 5],
  ] as const) {
    const sent = await request.post(`${dataPlane.url}/api/v1/ingest`, {
      headers: BEARER,
      data: failures(provider, count),
    })
    expect(await sent.json()).toMatchObject({ accepted: count })
    await expect.poll(() => page.failuresOf(provider)).toBe(sum)
  }
  expect(page.events.slice(1).every(({ name }) => name === 'change')).toBe(true)
  await page.close()
  const listed = await request.get(`${dashboard.url}/api/providers?period=24h`, { headers: BEARER })
  const { rows } = await listed.json()
  expect(rows.find((row: { provider: string }) => row.provider === provider)).toMatchObject({
    attempts: 5,
    errorsByClass: { upstream_5xx: 5 },
  })
})

test('each answers for its half alone, and both say that they are well', async ({ request }) => {
  const refused = await request.post(`${dashboard.url}/api/v1/ingest`, {
    headers: BEARER,
    data: failures('nobody', 1),
  })
  expect(refused.status()).toBe(404)
  for (const path of ['/api/live', '/api/providers?period=24h', '/rankings']) {
    const elsewhere = await request.get(`${dataPlane.url}${path}`, { headers: BEARER })
    expect(elsewhere.status(), path).toBe(404)
    expect((await elsewhere.json()).error.message).toContain('SIGHTGLASS_ROLE')
  }
  for (const { url } of [dataPlane, dashboard]) {
    expect((await request.get(`${url}/api/health`)).status()).toBe(200)
  }
})
