import type { APIRequestContext, Browser } from '@playwright/test'
import { BEARER } from '../server-under-test'
import { expect, test } from './test'

const PROVIDERS = 75
const MODELS = 40
const CELLS = PROVIDERS * MODELS
/** As many as a status needs. */
const ATTEMPTS_EACH = 20
/** The middle one of them counts: a burst of the browser's own, or of its collector, is not what the wall takes. */
const WINDOWS = 3
const SECONDS_EACH = 4
const MOST_OF_A_CORE = 0.5

const RUN = Date.now().toString(36)
let sent = 0

/** One attempt at each of thousands of endpoints, a moment ago. */
async function callEveryEndpoint(request: APIRequestContext, statusOf: (cell: number) => number, rounds = 1) {
  const startedAt = new Date().toISOString()
  const data = Array.from({ length: CELLS * rounds }, (_, index) => {
    const cell = index % CELLS
    sent += 1
    return {
      id: `wall-${RUN}-${sent}`,
      source: 'e2e-wall',
      startedAt,
      model: `e2e-wall/model-${cell % MODELS}`,
      provider: `wall-${Math.floor(cell / MODELS)}`,
      httpStatus: statusOf(cell),
      durationMs: 500,
    }
  })
  const response = await request.post('/api/v1/ingest', { headers: BEARER, data, timeout: 120_000 })
  expect((await response.json()).accepted).toBe(data.length)
}

/** What the browser's own processes have taken of a processor so far, in seconds: the page, its drawing and the rest. */
async function browserCpuSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

test('three thousand cells that all change each second take less than half a core @timed', async ({
  signedIn: page,
  request,
  browser,
}) => {
  test.setTimeout(240_000)
  await callEveryEndpoint(request, (cell) => (cell % 50 === 0 ? 500 : 200), ATTEMPTS_EACH)
  await page.goto('/providers')
  const healthy = page.getByRole('button', { name: /^Healthy/ })
  await expect(healthy).toContainText(/[2-9],\d{3}/)
  const wall = page.getByRole('application', { name: 'Endpoints, one cell each' })
  await expect(wall.locator('canvas')).toBeVisible()
  const reconnected = page.getByText('Live', { exact: true })
  await expect(reconnected).toBeVisible()

  const shares: number[] = []
  for (let window = 0; window < WINDOWS; window++) {
    const before = await browserCpuSeconds(browser)
    const startedMs = performance.now()
    for (let second = 1; second <= SECONDS_EACH; second++) {
      await callEveryEndpoint(request, (cell) => ((cell + second) % 3 === 0 ? 500 : 200))
      const restMs = startedMs + second * 1_000 - performance.now()
      if (restMs > 0) await page.waitForTimeout(restMs)
    }
    const elapsedSeconds = (performance.now() - startedMs) / 1_000
    shares.push(((await browserCpuSeconds(browser)) - before) / elapsedSeconds)
  }
  const share = shares.toSorted((left, right) => left - right)[Math.floor(WINDOWS / 2)]
  const percents = shares.map((one) => (one * 100).toFixed(1)).join(', ')
  const description = `${percents} % of a core, over ${SECONDS_EACH} s each`
  test.info().annotations.push({ type: 'browser at 3,000 cells', description })
  // Of every endpoint a third of the last attempts failed: the changes have arrived.
  await expect(page.getByRole('button', { name: /^Degraded/ })).not.toContainText(/\b0$/)
  expect(share, description).toBeLessThan(MOST_OF_A_CORE)
})
