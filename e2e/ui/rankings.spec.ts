import { AZURE_TRACE, importAzureTrace, KNOWN_WEEK, sendKnownWeek } from '../known-traffic'
import { SERVER } from '../server-under-test'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

const WEEK = `from=${KNOWN_WEEK.from}&to=${KNOWN_WEEK.to}`

test.beforeAll(async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: SERVER.url })
  await sendKnownWeek(request)
  await request.dispose()
})

test('models are ranked by tokens, with their share and exact counts', async ({ page }) => {
  await page.goto(`/rankings?${WEEK}`)
  const rows = page.getByRole('table', { name: /models ranked by total tokens/ }).locator('tbody tr')
  await expect(rows).toHaveCount(3)
  await expect(rows).toContainText([/1.*atlas-120b.*90\.1/s, /2.*atlas-8b.*9\.0/s, /3.*lyra.*0\.9/s])
  await expect(rows.first().getByTitle('7,700 tokens')).toBeVisible()
  await expect(rows.first().getByTitle('7', { exact: true })).toBeVisible()
})

test('the subject is chosen by tab, kept in the address, and Back returns', async ({ page }) => {
  await page.goto(`/rankings?${WEEK}`)
  await page.getByRole('radio', { name: 'Providers' }).check()
  await expect(page).toHaveURL(/by=provider/)
  const table = page.getByRole('table', { name: /providers ranked/ })
  await expect(table.locator('tbody tr')).toContainText(['helios', 'polaris'])
  await page.goBack()
  await expect(page.getByRole('table', { name: /models ranked/ })).toBeVisible()
})

test('a filter and the table behind the chart are part of the address', async ({ page }) => {
  await page.goto(`/rankings?${WEEK}`)
  await page.getByRole('searchbox', { name: 'Filter models by name' }).fill('lyra')
  await expect(page).toHaveURL(/q=lyra/)
  const leaderboard = page.getByRole('table', { name: /models ranked/ })
  await expect(leaderboard.locator('tbody tr')).toHaveCount(1)
  await page.getByRole('radio', { name: 'Table' }).check()
  await expect(page).toHaveURL(/view=table/)
  await page.reload()
  const numbers = page.getByRole('region', { name: 'Which models use the most tokens?' })
  await expect(numbers.getByRole('row')).toHaveCount(8)
  await expect(leaderboard.locator('tbody tr')).toHaveCount(1)
})

test('a custom window is picked by its first and last day', async ({ page }) => {
  await page.goto('/rankings')
  await page.getByRole('button', { name: 'Custom' }).click()
  await page.getByLabel('First day').fill('2024-03-04')
  await page.getByLabel('Last day').fill('2024-03-10')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(WEEK))
  await expect(page.getByRole('table', { name: /models ranked/ }).locator('tbody tr')).toHaveCount(3)
})

test('the ranking is saved as CSV with the numbers on the page', async ({ page }) => {
  await page.goto(`/rankings?${WEEK}`)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download models as CSV' }).click()
  const stream = await (await downloading).createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  const lines = Buffer.concat(chunks).toString('utf8').trim().split(/\r?\n/)
  expect(lines).toHaveLength(4)
  expect(lines[1]).toContain('acme/atlas-120b')
  expect(lines[1]).toContain('7700')
})

test('Rankings are accessible in light and dark and fit a phone @phone', async ({ page }) => {
  await page.goto(`/rankings?${WEEK}`)
  await expect(page.getByRole('table', { name: /models ranked/ }).locator('tbody tr')).toHaveCount(3)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test('the Azure trace is counted to the last token, once, and shown', async ({ page, request }) => {
  test.skip(!AZURE_TRACE.isThere, 'The trace files are not on this machine.')
  test.setTimeout(180_000)
  const url = `/api/rankings?by=model&from=${AZURE_TRACE.from}T00:00:00Z&to=${AZURE_TRACE.to}T00:00:00Z`
  await importAzureTrace()
  const first = await (await request.get(url)).json()
  const [again] = await importAzureTrace()
  expect(again).toContain('19,366')
  expect(await (await request.get(url)).json()).toEqual(first)
  for (const [index, { model, requests, promptTokens, completionTokens }] of AZURE_TRACE.files.entries()) {
    expect(first.rows[index]).toMatchObject({ key: model, requests, promptTokens, completionTokens })
  }
  await page.goto(`/rankings?from=${AZURE_TRACE.from}&to=${AZURE_TRACE.to}`)
  await expect(page.getByTitle('19,366', { exact: true })).toBeVisible()
  await expect(page.getByTitle('8,819', { exact: true })).toBeVisible()
})
