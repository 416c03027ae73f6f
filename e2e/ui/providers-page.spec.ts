import type { Locator, Page } from '@playwright/test'
import { type OwnProvider, times } from '../own-provider'
import { BEARER } from '../server-under-test'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

const DAY_MS = 86_400_000

/** A day that no other spec uses, young enough to be kept by the hour. */
const DAY = daysAgo(150)
const WINDOW = `from=${DAY}&to=${daysAgo(149)}`
const AT = `${DAY}T10:30:00Z`

const healthy = knownProvider('healthy')
const failing = knownProvider('failing')
const sparse = knownProvider('sparse')
const SENT = [
  ...times(40, 200).map((sent) => ({ ...healthy, ...sent })),
  ...[...times(30, 200), ...times(8, 503), ...times(2, 429)].map((sent) => ({ ...failing, ...sent })),
  ...[...times(1, 200), ...times(2, 500)].map((sent) => ({ ...sparse, ...sent })),
]

// The day has these three providers alone, also when a project or a second run sends them again.
test.beforeAll(async ({ request }) => {
  const data = SENT.map((record, index) => ({
    ...record,
    id: `${DAY}-${index}`,
    source: 'e2e-providers-page',
    startedAt: AT,
    durationMs: 900,
    timeToFirstTokenMs: 200,
    promptTokens: 100,
    completionTokens: 10,
  }))
  const response = await request.post('/api/v1/ingest', { headers: BEARER, data })
  const answer = await response.json()
  expect(answer.rejected).toEqual([])
  expect(answer.accepted + answer.duplicates).toBe(data.length)
})

function knownProvider(word: string): OwnProvider {
  return { provider: `e2e-page-${word}`, model: `e2e-page/${word}` }
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
}

function row(page: Page, { provider }: OwnProvider): Locator {
  return page.getByRole('row').filter({ hasText: provider })
}

test('providers are told worst first, with too little traffic to judge last', async ({ signedIn: page }) => {
  await page.goto(`/providers?${WINDOW}`)
  const table = page.getByRole('table', { name: 'Attempts by provider' })
  await expect(table.getByRole('rowheader')).toHaveText(
    [failing, healthy, sparse].map((one) => new RegExp(one.provider)),
  )
  // 30 ÷ (30 + 8): the two rate limits are in neither count.
  await expect(row(page, failing)).toContainText('78.9%')
  await expect(row(page, failing)).toContainText('Down')
  await expect(row(page, healthy)).toContainText('Healthy')
  await expect(row(page, sparse)).toContainText('not enough data')
  await expect(row(page, sparse)).toContainText('Too little traffic')
})

test('every error class has its number on demand', async ({ signedIn: page }) => {
  await page.goto(`/providers?${WINDOW}`)
  await page
    .getByRole('button', { name: `10 errors of ${failing.provider}, by class` })
    .filter({ visible: true })
    .click()
  const classes = page.getByRole('dialog', { name: `Errors of ${failing.provider} by class` })
  await expect(classes.getByRole('listitem')).toHaveText([/Provider error\s*8/, /Rate limited\s*2/])
})

test('the order and the filter are in the URL', async ({ signedIn: page }) => {
  await page.goto(`/providers?${WINDOW}`)
  const table = page.getByRole('table', { name: 'Attempts by provider' })
  await table.getByRole('button', { name: 'Attempts', exact: true }).click()
  await expect(page).toHaveURL(/sort=attempts/)
  await expect(table.getByRole('columnheader', { name: 'Attempts' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await table.getByRole('button', { name: 'Attempts', exact: true }).click()
  await expect(page).toHaveURL(/direction=asc/)
  await expect(table.getByRole('rowheader').first()).toHaveText(new RegExp(sparse.provider))
  await page.getByLabel('Filter providers by name').fill(failing.provider)
  await expect(page).toHaveURL(new RegExp(`q=${failing.provider}`))
  await expect(table.getByRole('rowheader')).toHaveText([new RegExp(failing.provider)])
  await page.reload()
  await expect(table.getByRole('rowheader')).toHaveText([new RegExp(failing.provider)])
  await page.getByLabel('Filter providers by name').fill('nobody is called that')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(table.getByRole('rowheader')).toHaveCount(3)
})

test('the table is a file too', async ({ signedIn: page }) => {
  await page.goto(`/providers?${WINDOW}`)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download providers as CSV' }).click()
  const file = await (await download).createReadStream()
  const text = (await file.toArray()).join('')
  expect(text.split('\n')[0]).toMatch(/^provider,name,endpoints,status,attempts,ok,/)
  expect(text).toContain(`${failing.provider},`)
})

test('what failover saves is said with its definition', async ({ signedIn: page }) => {
  await page.goto(`/providers?${WINDOW}`)
  const section = page.getByRole('region', { name: 'Availability' })
  // One attempt a request: 71 ok ÷ (71 + 10 errors), with routing and without.
  await expect(section.getByText('87.65%')).toHaveCount(2)
  await section.getByRole('button', { name: 'What “Availability without routing” means' }).click()
  await expect(page.getByText('Mean attempt success: ok ÷ (ok + errors)')).toBeVisible()
})

test('a provider leads to its page in the same window, its chart to the requests', async ({
  signedIn: page,
}) => {
  await page.goto(`/providers?${WINDOW}`)
  await row(page, failing).getByRole('link', { name: failing.provider }).click()
  await expect(page.getByRole('heading', { level: 1, name: failing.provider })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(WINDOW))

  const errors = page.getByRole('region', { name: 'Which errors over time?' })
  await errors.getByRole('radio', { name: 'Table' }).check()
  const busy = errors.getByRole('row', { name: /10:00–11:00/ })
  await expect(busy.getByRole('cell')).toHaveText(['10', '8', '2'])
  // An hour without an attempt is a gap, not zero.
  await expect(errors.getByRole('row', { name: /11:00–12:00/ }).getByRole('cell')).toHaveText(['–', '–', '–'])
  await busy.getByRole('link').click()
  await expect(page).toHaveURL(
    new RegExp(`/logs\\?from=${DAY}T10%3A00%3A00.000Z&to=${DAY}T11%3A00%3A00.000Z`),
  )
  await expect(page).toHaveURL(new RegExp(`provider=${failing.provider}&errorClass=any`))
})

test('a click on a column leads to its requests', async ({ signedIn: page }) => {
  await page.goto(`/providers/${failing.provider}?${WINDOW}`)
  const errors = page.getByRole('region', { name: 'Which errors over time?' })
  const column = errors.locator('.recharts-bar-rectangle path, .recharts-bar-rectangle rect').first()
  await column.hover()
  await expect(errors.getByText('Click for the requests')).toBeVisible()
  await expect(errors.getByText('10:00–11:00')).toBeVisible()
  await column.click()
  await expect(page).toHaveURL(
    new RegExp(`/logs\\?from=${DAY}T10%3A00%3A00.000Z&to=${DAY}T11%3A00%3A00.000Z`),
  )
})

test('its models stand worst first and lead to their pages', async ({ signedIn: page }) => {
  await page.goto(`/providers/${failing.provider}?${WINDOW}`)
  const models = page.getByRole('table', { name: 'Attempts by model' })
  await expect(models.getByRole('rowheader')).toHaveCount(1)
  const [author = '', slug = ''] = failing.model.split('/')
  await expect(models.getByRole('link', { name: slug })).toHaveAttribute(
    'href',
    `/models/${author}/${slug}?${WINDOW}`,
  )
})

test.describe('a provider nobody has heard of', () => {
  test.use({ expectedConsole: [/status of 404/] })

  test('is said to be unknown', async ({ signedIn: page }) => {
    await page.goto('/providers/nobody-is-called-that')
    await expect(page.getByText('There is no provider nobody-is-called-that')).toBeVisible()
  })
})

test('admins are led to its connection', async ({ signedIn: page }) => {
  await page.goto(`/providers/${failing.provider}?${WINDOW}`)
  await expect(page.getByRole('link', { name: 'Its connection in Settings' })).toHaveAttribute(
    'href',
    `/settings/providers/${failing.provider}`,
  )
})

test('who is not signed in is asked to', async ({ page }) => {
  await page.goto(`/providers/${failing.provider}`)
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/)
})

test('the page of all is accessible in light and dark and fits a phone @phone', async ({
  signedIn: page,
}) => {
  await page.goto(`/providers?${WINDOW}`)
  await expect(page.getByText(failing.provider).filter({ visible: true }).first()).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test('the page of one is accessible in light and dark and fits a phone @phone', async ({
  signedIn: page,
}) => {
  await page.goto(`/providers/${failing.provider}?${WINDOW}`)
  await expect(
    page.getByRole('region', { name: 'Is it up?' }).locator('.recharts-surface').first(),
  ).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
