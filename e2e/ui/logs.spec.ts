import type { APIRequestContext, Page } from '@playwright/test'
import { ask, post } from '../gateway-client'
import { ownModel, rankingOf } from '../own-model'
import { BEARER } from '../server-under-test'
import {
  connect,
  createPreset,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
  tidyUp,
} from '../simulated-upstream'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

/** A window of its own, far from those of other specs. */
const DAY = '2026-02-10'
const WINDOW = 'from=2026-02-10&to=2026-02-11'
const START_MS = Date.parse(`${DAY}T08:00:00Z`)

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterAll(async ({ request }) => {
  await tidyUp(request)
  await upstream.stop()
})

/** 60 requests of one model, a minute apart; the newest failed over, the one before failed. */
async function recordTraffic(request: APIRequestContext) {
  const names = {
    model: ownModel(),
    failing: ownName('failing'),
    saving: ownName('saving'),
    session: ownName('session'),
  }
  const records = Array.from({ length: 60 }, (_, index) => ({
    id: `${names.model}-${index}`,
    source: 'logs-ui-spec',
    startedAt: new Date(START_MS + index * 60_000).toISOString(),
    model: names.model,
    app: 'logs-ui-spec',
    callerKind: 'human',
    promptTokens: 1200,
    cachedTokens: 300,
    completionTokens: 80,
    ...(index >= 57 ? { sessionId: names.session } : {}),
    attempts:
      index === 59
        ? [
            { provider: names.failing, httpStatus: 401, durationMs: 300 },
            { provider: names.saving, httpStatus: 200, durationMs: 900, timeToFirstTokenMs: 200 },
          ]
        : [{ provider: names.saving, httpStatus: index === 58 ? 503 : 200, durationMs: 700 }],
  }))
  const response = await request.post('/api/v1/ingest', { headers: BEARER, data: records })
  expect(await response.json()).toMatchObject({ accepted: 60 })
  return names
}

const rows = (page: Page) =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('link') })

async function choose(page: Page, name: string, search = name) {
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByPlaceholder('Provider, model, app, error, tool…').fill(search)
  await page.getByRole('option', { name }).first().click()
  await page.keyboard.press('Escape')
}

test('requests are filtered, paged and opened', async ({ signedIn: page, request }) => {
  const { model, failing, saving } = await recordTraffic(request)
  await page.goto(`/logs?${WINDOW}`)
  await choose(page, model)
  await expect(page).toHaveURL(new RegExp(`model=${encodeURIComponent(model).replaceAll('%2F', '(%2F|/)')}`))
  await expect(rows(page)).toHaveCount(50)
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(rows(page)).toHaveCount(60)
  await expect(page.getByText('60 requests, no more in this window')).toBeVisible()
  await expect(rows(page).first()).toContainText('after Access refused')

  await choose(page, 'Failed', 'failed')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toContainText('Provider error')
  await page.getByRole('button', { name: 'Remove the filter Status: Failed' }).click()
  await expect(rows(page)).toHaveCount(60)

  await choose(page, failing)
  await choose(page, 'Access refused')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toContainText(`tried ${failing} before`)
  await rows(page).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: model })).toBeVisible()
  const attempts = page.getByRole('region', { name: '2 attempts, in order' }).getByRole('listitem')
  await expect(attempts).toHaveCount(2)
  await expect(attempts.first()).toContainText(failing)
  await expect(attempts.first()).toContainText('Access refused 401')
  await expect(attempts.last()).toContainText(saving)
  await expect(page).toHaveTitle(/^model-\d+ · [0-9a-f]{8} · Sightglass$/)
  await page.getByRole('link', { name: 'Filtered requests' }).click()
  await expect(rows(page)).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Remove the filter Attempt failed' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: model })).toBeVisible()
  await page.goBack()
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect(page.getByText('All requests', { exact: true })).toBeVisible()
})

test('filters that nothing fits say so and can be cleared', async ({ signedIn: page }) => {
  await page.goto(`/logs?${WINDOW}&provider=nobody&verdict=bad`)
  await expect(page.getByText('No request fits these filters')).toBeVisible()
  await page.getByRole('button', { name: 'Clear all filters' }).click()
  await expect(page).not.toHaveURL(/provider=/)
})

test('newer requests are announced, and shown when asked', async ({ signedIn: page, request }) => {
  const model = ownModel()
  const send = (count: number) =>
    request.post('/api/v1/ingest', {
      headers: BEARER,
      data: Array.from({ length: count }, () => ({
        id: ownName('newer'),
        source: 'logs-ui-spec',
        startedAt: new Date().toISOString(),
        model,
      })),
    })
  await send(1)
  await page.goto(`/logs?period=24h&model=${model}`)
  await expect(rows(page)).toHaveCount(1)
  await send(3)
  const notice = page.getByRole('button', { name: '3 newer requests' })
  await expect(notice).toBeVisible()
  await expect(rows(page)).toHaveCount(1)
  await notice.click()
  await expect(rows(page)).toHaveCount(4)
  await expect(notice).toBeHidden()
})

test('a session opens into its requests', async ({ signedIn: page, request }) => {
  const { session, model } = await recordTraffic(request)
  await page.goto(`/logs?${WINDOW}&model=${model}`)
  await page.getByRole('radio', { name: 'Sessions' }).check()
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page).first()).toContainText('3')
  await page.getByRole('link', { name: session }).click()
  await expect(page).toHaveURL(`/logs?session=${session}`)
  await expect(rows(page)).toHaveCount(3)
})

/** One request through the gateway whose first provider is down and whose second one calls a tool wrongly. */
async function askWrongly(request: APIRequestContext) {
  const [model, broken, wrong] = [ownModel(), ownName('broken'), ownName('wrong')]
  await upstream.behave(broken, { faults: { upstream_5xx: 1 } })
  await upstream.behave(wrong, { faults: { schema_mismatch: 1 } })
  for (const provider of [broken, wrong])
    await connect(request, { provider, model, upstreamUrl: upstream.url })
  const preset = await createPreset(request, { models: [model], provider: { order: [broken, wrong] } })
  const parameters = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  }
  const tools = [{ type: 'function', function: { name: 'get_weather', description: 'Weather', parameters } }]
  const sent = await post('openai', ask(`@preset/${preset}`, { tools, tool_choice: 'required' }))
  expect(sent.status, sent.text).toBe(200)
  // The record is written after the reply, and a page that is open shows later ones only when asked.
  await expect.poll(() => rankingOf(request, model)).toMatchObject({ requests: 1 })
  return { model, broken, wrong, preset, generationId: String(JSON.parse(sent.text).id) }
}

async function openNewest(page: Page, model: string) {
  await page.goto(`/logs?period=24h&model=${model}`)
  await rows(page).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: model })).toBeVisible()
}

test('a request tells why it was planned so, what went wrong and why it is agentic', async ({
  signedIn: page,
  request,
}) => {
  const { model, broken, wrong, preset, generationId } = await askWrongly(request)
  await openNewest(page, model)
  const plan = page.getByRole('list', { name: 'Tried in this order' }).getByRole('listitem')
  await expect(plan.filter({ hasText: broken })).toContainText('asked')
  await expect(plan.filter({ hasText: wrong })).toContainText('asked')
  const calls = page.getByRole('region', { name: 'Tool calls', exact: true })
  await expect(calls).toContainText('Wrong parameters')
  await expect(calls).toContainText('get_weather')
  await expect(page.getByRole('region', { name: 'Why is this agentic?' })).toContainText(
    'ended by calling one',
  )
  await expect(page.getByRole('table', { name: 'Tokens by part' })).toContainText('Tool definitions')
  await expect(page.getByRole('link', { name: `@preset/${preset}` })).toHaveAttribute(
    'href',
    `/presets/${preset}`,
  )
  await expect(page.getByText(generationId)).toBeVisible()
})

test.describe('what is not there', () => {
  test.use({ expectedConsole: [/404/] })
  test('a request that nobody sent says so', async ({ signedIn: page }) => {
    await page.goto('/logs/mm000000-00000000-0000-4000-8000-000000000000')
    await expect(page.getByRole('alert').filter({ hasText: 'There is no such request.' })).toBeVisible()
  })
})

test('strangers are asked to sign in, and led back to the same filters', async ({ page }) => {
  await page.goto('/logs?provider=helios')
  await expect(page).toHaveURL('/sign-in?callbackUrl=%2Flogs%3Fprovider%3Dhelios')
})

test('the logs pages are accessible in light and dark and fit a phone @phone', async ({
  signedIn: page,
  request,
}) => {
  test.slow()
  const { model } = await recordTraffic(request)
  await page.goto(`/logs?${WINDOW}&model=${model}`)
  await expect(rows(page)).toHaveCount(50)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.goto(`/logs?${WINDOW}&model=${model}&view=sessions`)
  await expect(rows(page)).toHaveCount(1)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  const asked = await askWrongly(request)
  await openNewest(page, asked.model)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
