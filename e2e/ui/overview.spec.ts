import { fastestOf } from '../fastest-of'
import { BEARER } from '../server-under-test'
import { ownName } from '../simulated-upstream'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

const WITHIN_MS = 2_000

test.beforeEach(async ({ signedIn: page, request }) => {
  // As many tokens as a record may say, so that it leads whatever the specs before sent for today.
  const record = { id: 'now', source: 'e2e-overview', model: 'acme/overview-test', promptTokens: 100_000_000 }
  const data = { ...record, startedAt: new Date().toISOString(), completionTokens: 10, httpStatus: 200 }
  expect((await request.post('/api/v1/ingest', { headers: BEARER, data })).status()).toBe(200)
  await page.goto('/')
})

test('the overview names its numbers and leads to the models behind them', async ({ signedIn: page }) => {
  const tiles = [/^Requests/, /^Tokens/, /^Spend/, /^Success rate/, /^Agentic share/, /^Ended by tool call/]
  await expect(page.getByRole('term')).toHaveText(tiles)
  await expect(page.getByText('overview-test').filter({ visible: true }).first()).toBeVisible()
})

test('a theme that was chosen is kept', async ({ signedIn: page }) => {
  for (const theme of ['Dark', 'Light']) {
    await page.getByRole('radio', { name: theme }).check()
    await page.reload()
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme.toLowerCase()}\\b`))
  }
})

test('the overview is accessible in light and dark and fits a phone @phone', async ({ signedIn: page }) => {
  await expect(page.getByText('overview-test').filter({ visible: true }).first()).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test('a provider that starts to fail is on the overview within two seconds, without a reload @timed', async ({
  signedIn: page,
  request,
}) => {
  const failing = page.getByRole('list', { name: 'Providers that fail now' })
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
  const tookMs = await fastestOf(WITHIN_MS, async () => {
    const provider = ownName('overview-outage')
    await expect(failing.getByText(provider)).toBeHidden()
    const data = Array.from({ length: 200 }, (_, index) => ({
      id: `${provider}-${index}`,
      source: 'e2e-overview',
      model: 'acme/overview-test',
      provider,
      startedAt: new Date().toISOString(),
      httpStatus: 503,
    }))
    expect((await request.post('/api/v1/ingest', { headers: BEARER, data })).status()).toBe(200)
    const committedMs = Date.now()
    const row = failing.getByRole('listitem').filter({ hasText: provider })
    await row.filter({ hasText: '200 errors in 5 min' }).waitFor()
    const shownMs = Date.now()
    await expect(row.getByRole('link', { name: provider })).toHaveAttribute('href', `/providers/${provider}`)
    return shownMs - committedMs
  })
  expect(tookMs).toBeLessThanOrEqual(WITHIN_MS)
  const panel = page.getByRole('region', { name: 'What is failing now?' })
  await expect(panel.getByRole('button', { name: 'Provider error' })).toBeVisible()
})
