import type { Page } from '@playwright/test'
import { openLine } from '../cuttable-line'
import { logRequests, type OwnProvider, ownProvider, times } from '../own-provider'
import { BEARER } from '../server-under-test'
import { watchLayoutShift } from './layout-shift'
import { expect, test } from './test'

const COMMITS = 40
const FASTEST_EYE_MS = 1_000
/** A stream without a word for 25 seconds is dead, and so may be each connection the browser kept beside it. */
const NOTICED_MS = 80_000

/** The tile that counts the errors of five minutes. */
function errorTile(page: Page) {
  return page
    .getByRole('region', { name: 'Now' })
    .getByText(/^Errors, 5 min$/)
    .locator('xpath=following-sibling::dd')
}

async function openProvider(page: Page, { provider }: OwnProvider, base = ''): Promise<void> {
  await page.goto(`${base}/providers/${provider}`)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await expect(errorTile(page)).toContainText(/^\d/)
}

/** Notes when the tile first shows each number, by the clock that page and test share. */
async function watchTile(page: Page): Promise<void> {
  await errorTile(page).evaluate((tile) => {
    const seen: Record<string, number> = {}
    Object.assign(window, { seenErrors: seen })
    const look = () => {
      const figure = /^\d+/.exec(tile.textContent ?? '')?.[0]
      if (figure !== undefined) seen[figure] ??= Date.now()
      requestAnimationFrame(look)
    }
    look()
  })
}

async function seenAt(page: Page, errors: number): Promise<number> {
  const handle = await page.waitForFunction(
    (figure) => (window as unknown as { seenErrors: Record<string, number> }).seenErrors[figure],
    String(errors),
  )
  return Number(await handle.jsonValue())
}

function percentile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN
}

test('a new error is on screen within a second of its commit, without a reload @timed', async ({
  signedIn: page,
  request,
}) => {
  const own = ownProvider()
  await logRequests(request, own, times(1, 200))
  await openProvider(page, own)
  await watchTile(page)
  const delays: number[] = []
  for (let errors = 1; errors <= COMMITS; errors++) {
    await logRequests(request, own, times(1, 500))
    const committedMs = Date.now()
    delays.push((await seenAt(page, errors)) - committedMs)
    // Commits fall anywhere between two readings of the server.
    await page.waitForTimeout((errors * 137) % 400)
  }
  const p95 = percentile(delays, 0.95)
  const median = percentile(delays, 0.5)
  test
    .info()
    .annotations.push({ type: 'commit to screen', description: `median ${median} ms, p95 ${p95} ms` })
  expect(p95, `Delays in ms: ${delays.join(' ')}`).toBeLessThanOrEqual(FASTEST_EYE_MS)

  const chart = page.getByRole('region', { name: 'What goes wrong right now?' })
  await chart.getByRole('radio', { name: 'Table' }).check()
  await expect(chart.getByRole('columnheader', { name: 'Provider error' })).toBeVisible()
  const sumOfCells = async () =>
    (await chart.getByRole('row').getByRole('cell').allTextContents())
      .map(Number)
      .filter(Number.isFinite)
      .reduce((sum, count) => sum + count, 0)
  await expect.poll(sumOfCells).toBe(2 * COMMITS)
})

test('its last failures join without a reload and lead to the request', async ({
  signedIn: page,
  request,
}) => {
  const own = ownProvider()
  await logRequests(request, own, times(1, 200))
  await openProvider(page, own)
  const failures = page.getByRole('region', { name: 'What failed last?' })
  await expect(failures.getByText('Nothing failed in the last 24 hours')).toBeVisible()
  await logRequests(request, own, times(1, 503))
  const row = failures.getByRole('row').filter({ hasText: 'Provider error' })
  await expect(row).toContainText('503')
  await expect(row.getByRole('link')).toHaveAttribute('href', /^\/logs\/.+/)
})

test('three attempts are not enough data, but their errors show', async ({ signedIn: page, request }) => {
  const own = ownProvider()
  await logRequests(request, own, times(3, 500))
  await openProvider(page, own)
  await expect(errorTile(page)).toContainText(/^3/)
  const now = page.getByRole('region', { name: 'Now' })
  await expect(now.getByText('Not enough data')).toHaveCount(3)
  await expect(now.getByText('Too little traffic', { exact: true })).toBeVisible()
  await page.goto('/providers')
  const failing = page.getByRole('list', { name: 'Endpoints that fail' }).getByRole('listitem')
  await expect(failing.filter({ hasText: own.provider })).toContainText('no status yet')
  await expect(failing.filter({ hasText: own.provider })).toContainText('3 errors in 5 min')
})

test('what fails is called by its names, and the table by the same', async ({ signedIn: page, request }) => {
  const own = ownProvider()
  await logRequests(request, own, times(40, 500))
  const named = { name: `Named ${own.provider}`, baseUrl: 'http://127.0.0.1:9801/v1', apiShape: 'openai' }
  const path = `/api/v1/providers/${own.provider}`
  expect((await request.put(path, { headers: BEARER, data: named })).ok()).toBe(true)
  const model = `Model of ${own.provider}`
  const put = await request.put(`/api/v1/models/${own.model}`, { headers: BEARER, data: { name: model } })
  expect(put.ok()).toBe(true)
  await page.goto('/providers')
  const failing = page.getByRole('list', { name: 'Endpoints that fail' }).getByRole('listitem')
  await expect(failing.filter({ hasText: named.name })).toContainText(model)
  await expect(page.getByRole('row').filter({ hasText: named.name })).toBeVisible()
  await request.delete(path, { headers: BEARER })
})

test('the wall pushes nothing down when it comes late @phone', async ({ signedIn: page, request }) => {
  const own = ownProvider()
  await logRequests(request, own, times(40, 500))
  const shift = await watchLayoutShift(page)
  // The names of the cells come last of all: after the table's rows.
  const rows = page.waitForResponse(/\/api\/providers\?/)
  await page.route('**/api/endpoints', async (route) => {
    await rows
    await route.continue()
  })
  await page.goto('/providers')
  await expect(page.getByRole('list', { name: 'Endpoints that fail' })).toContainText(own.provider)
  await expect(page.getByRole('table', { name: 'Attempts by provider' })).toBeVisible()
  expect(await shift()).toBeLessThan(0.02)
})

test('arrow keys move over the wall, and Enter opens the provider', async ({ signedIn: page, request }) => {
  const own = ownProvider()
  await logRequests(request, own, times(40, 500))
  await page.goto('/providers')
  const wall = page.getByRole('application', { name: 'Endpoints, one cell each' })
  const failing = page.getByRole('list', { name: 'Endpoints that fail' }).getByRole('listitem')
  await expect(failing.filter({ hasText: own.provider })).toContainText('0.0% up')
  await expectDrawn(page)
  await wall.focus()
  await wall.press('Home')
  await wall.press('ArrowRight')
  await wall.press('ArrowLeft')
  // What is down stands first; a spec before this one may have left another.
  const spoken = page.locator('[aria-live]').filter({ hasText: /: Down/ })
  await expect(spoken).toBeAttached()
  const provider = / at (\S+):/.exec((await spoken.textContent()) ?? '')?.[1] ?? ''
  await wall.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: provider })).toBeVisible()
})

/** Until it is measured and ordered, the wall takes neither keys nor touches. */
async function expectDrawn(page: Page, provider = ''): Promise<void> {
  const panel = page.getByRole('region', { name: 'Which endpoints fail now?' })
  // The list beside it leads to requests, the headings above the cells to providers.
  const headings = panel.locator('a[href^="/providers/"]')
  await expect(headings.filter({ hasText: provider }).first()).toBeVisible()
}

/** The middle of the wall's first cell, below its provider's name. */
const FIRST_CELL = { x: 6, y: 30 }

test('a cell tells what it knows to the mouse, and a click opens its provider', async ({
  signedIn: page,
  request,
}) => {
  const own = ownProvider()
  await logRequests(request, own, [...times(10, 200), ...times(30, 500)])
  await page.goto('/providers?order=name&status=down')
  const wall = page.getByRole('application', { name: 'Endpoints, one cell each' })
  await expectDrawn(page, own.provider)
  await wall.hover({ position: FIRST_CELL })
  await expect(page.getByText(/^at /)).toBeVisible()
  await expect(page.getByText('Errors, 5 min', { exact: true })).toBeVisible()
  const name = ((await page.getByText(/^at /).textContent()) ?? '').replace('at ', '')
  await wall.click({ position: FIRST_CELL })
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('a finger chooses a cell first and finds its links there @phone', async ({
  signedIn: page,
  request,
  isMobile,
}) => {
  test.skip(!isMobile, 'a mouse hovers instead')
  const own = ownProvider()
  await logRequests(request, own, times(30, 500))
  await page.goto('/providers?status=down')
  const wall = page.getByRole('application', { name: 'Endpoints, one cell each' })
  await expect(page.getByRole('list', { name: 'Endpoints that fail' })).toContainText(own.provider)
  await expectDrawn(page)
  await wall.tap({ position: FIRST_CELL })
  await expect(page.getByRole('link', { name: 'Provider', exact: true })).toHaveAttribute(
    'href',
    /^\/providers\/.+/,
  )
  await expect(page.getByRole('link', { name: 'Requests', exact: true })).toHaveAttribute('href', /^\/logs\?/)
  await page.getByRole('link', { name: 'Provider', exact: true }).tap()
  await expect(page).toHaveURL(/\/providers\/.+/)
})

test('the wall shows one status alone, and says so in the URL', async ({ signedIn: page, request }) => {
  const good = ownProvider()
  const bad = ownProvider()
  await logRequests(request, good, times(40, 200))
  await logRequests(request, bad, times(40, 500))
  await page.goto('/providers')
  const headings = page.getByRole('region', { name: 'Which endpoints fail now?' })
  await expect(headings.getByRole('link', { name: good.provider, exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Down/ }).click()
  await expect(page).toHaveURL(/status=down/)
  await expect(headings.getByRole('link', { name: good.provider, exact: true })).toHaveCount(0)
  await expect(headings.getByRole('link', { name: bad.provider, exact: true })).toBeVisible()
})

test('a hidden tab rests and catches up when it is seen again', async ({ signedIn: page, request }) => {
  const own = ownProvider()
  await logRequests(request, own, times(1, 500))
  await openProvider(page, own)
  await expect(errorTile(page)).toContainText(/^1/)
  await setHidden(page, true)
  await expect(page.getByText('Paused', { exact: true })).toBeVisible()
  await logRequests(request, own, times(4, 500))
  await setHidden(page, false)
  await expect(errorTile(page)).toContainText(/^5/)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
})

/** Headless tabs are never hidden; this tells the page that it is. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
}

test.describe('over a line that breaks', () => {
  test.use({
    expectedConsole: [/ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|Failed to (load|fetch)|net::/],
  })

  test('the stream comes back by itself and counts nothing twice', async ({ signedIn: page, request }) => {
    const line = await openLine()
    try {
      const own = ownProvider()
      await logRequests(request, own, times(2, 500))
      // Cookies are kept by host, whatever the port.
      await openProvider(page, own, line.url)
      await expect(errorTile(page)).toContainText(/^2/)
      line.cut()
      await logRequests(request, own, times(3, 500))
      await expect(page.getByText('Reconnecting', { exact: true })).toBeVisible()
      line.mend()
      await expect(errorTile(page)).toContainText(/^5/)
      await expect(page.getByText('Live', { exact: true })).toBeVisible()
      await logRequests(request, own, times(1, 500))
      await expect(errorTile(page)).toContainText(/^6/)
    } finally {
      await line.close()
    }
  })

  test('a stream that dies without a word is noticed and opened anew, and a quiet one is left alone', async ({
    signedIn: page,
    request,
    context,
  }) => {
    test.setTimeout(150_000)
    const line = await openLine()
    try {
      const own = ownProvider()
      await logRequests(request, own, times(2, 500))
      const streams: string[] = []
      context.on('request', (sent) => {
        if (sent.url().endsWith('/api/live')) streams.push(sent.url())
      })
      await openProvider(page, own, line.url)
      await expect(errorTile(page)).toContainText(/^2/)
      const healthy = await context.newPage()
      await openProvider(healthy, own)
      const opened = streams.length
      line.silence()
      await logRequests(request, own, times(3, 500))
      await expect(errorTile(healthy)).toContainText(/^5/)
      await expect(errorTile(page)).toContainText(/^2/)
      await expect(errorTile(page)).toContainText(/^5/, { timeout: NOTICED_MS })
      await expect(page.getByText('Live', { exact: true })).toBeVisible()
      await logRequests(request, own, times(1, 500))
      await expect(errorTile(page)).toContainText(/^6/)
      await expect(errorTile(healthy)).toContainText(/^6/)
      const anew = streams.slice(opened)
      expect(anew).not.toHaveLength(0)
      expect(anew.filter((url) => !url.startsWith(line.url))).toEqual([])
    } finally {
      await line.close()
    }
  })
})
