import { SERVER } from '../server-under-test'
import { EMPTY_DAYS, sendToolDays, TOOL_DAYS } from '../tool-traffic'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

const search = ({ from, to }: { from: string; to: string }) => `from=${from}&to=${to}`
const DAYS = search(TOOL_DAYS)
const COMPARED = `/tools?${DAYS}&compare=${TOOL_DAYS.servedModel}`

test.beforeAll(async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: SERVER.url })
  await sendToolDays(request)
  await request.dispose()
})

test('a model with the talk’s proportions reads 55 %, 83 % and 46 %', async ({ signedIn: page }) => {
  await page.goto(`/tools?${DAYS}&model=${TOOL_DAYS.talkModel}`)
  const panel = page.getByRole('region', { name: 'Do requests offer tools, and do models use them?' })
  await expect(panel.getByRole('definition')).toHaveText(['55%', '83%', '46%'])
  const steps = panel.getByRole('list', { name: 'Tool funnel' }).getByRole('listitem')
  await expect(steps).toHaveText([/Tools known.*2,000/, /55\.0%.*1,100/, /83\.0%.*913/, /45\.6%.*913/])
  await expect(panel).toContainText('150 requests are left out: their logs say nothing about tools.')
})

test('the filter is chosen by name, kept in the address and taken back', async ({ signedIn: page }) => {
  await page.goto(`/tools?${DAYS}`)
  const steps = page.getByRole('list', { name: 'Tool funnel' }).getByRole('listitem')
  await expect(steps.first()).toContainText('2,128')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByPlaceholder('Find a model, author, provider or app').fill('tool-desk')
  await page.getByRole('option', { name: 'tool-desk' }).click()
  await expect(page).toHaveURL(/app=tool-desk/)
  await expect(steps.first()).toContainText('128')
  await page.goBack()
  await expect(steps.first()).toContainText('2,128')
  await page.getByRole('button', { name: `Show only model ${TOOL_DAYS.talkModel}` }).click()
  await expect(page).toHaveURL(/model=tool-talk/)
  await page.getByRole('button', { name: /Show all requests again/ }).click()
  await expect(page).not.toHaveURL(/model=/)
})

test('panels that a filter does not narrow say so', async ({ signedIn: page }) => {
  const everybodys = [
    /^Which provider breaks the tool calls of/,
    'Whose requests are these?',
    'Which models call the most tools?',
    'Which endpoints break tool calls most?',
    'Which tools are called, and which fail?',
  ]
  await page.goto(`/tools?${DAYS}&app=tool-desk`)
  for (const name of everybodys) {
    await expect(page.getByRole('region', { name })).toContainText('not narrowed to app tool-desk')
  }
  await page.getByRole('button', { name: /Show all requests again/ }).click()
  await expect(page.getByText('not narrowed')).toHaveCount(0)
})

test.describe('while the ranking of models cannot be had', () => {
  test.use({ expectedConsole: [/status of 400/] })

  test('the providers’ panel says so, and asks again on request', async ({ signedIn: page }) => {
    const message = 'The ranking cannot be had.'
    // A refusal is shown at once; a failure of the server would first be asked about again.
    await page.route('**/api/tools/models?*', (route) =>
      route.fulfill({ status: 400, json: { error: { code: 'bad_request', message } } }),
    )
    await page.goto(`/tools?${DAYS}`)
    const panel = page.getByRole('region', { name: /^Which provider breaks the tool calls of/ })
    await expect(panel.getByRole('alert')).toContainText(message)
    await page.unroute('**/api/tools/models?*')
    await panel.getByRole('button', { name: 'Try again' }).click()
    await expect(panel.getByRole('table')).toBeVisible()
  })
})

test('an author’s days lead nowhere, as requests are not told apart by author', async ({
  signedIn: page,
}) => {
  const panel = page.getByRole('region', { name: 'How does that change over time?' }).first()
  await page.goto(`/tools?${DAYS}&view=table`)
  await expect(panel.getByRole('table').getByRole('link').first()).toBeVisible()
  await page.goto(`/tools?${DAYS}&view=table&author=${TOOL_DAYS.talkModel.split('/')[0]}`)
  await expect(panel.getByRole('cell', { name: '%' }).first()).toBeVisible()
  await expect(panel.getByRole('table').getByRole('link')).toHaveCount(0)
})

test('the table behind the chart has the shares, or the requests, of each day', async ({
  signedIn: page,
}) => {
  await page.goto(`/tools?${DAYS}&model=${TOOL_DAYS.talkModel}`)
  const panel = page.getByRole('region', { name: 'How does that change over time?' }).first()
  await panel.getByRole('radio', { name: 'Table' }).check()
  const day = panel.getByRole('row').filter({ hasText: '45.6%' })
  await expect(day).toHaveCount(1)
  await expect(day.getByRole('cell')).toHaveText(['55.0%', '83.0%', '45.6%'])
  await panel.getByRole('radio', { name: 'Requests' }).check()
  await expect(page).toHaveURL(/measure=requests/)
  await expect(panel.getByRole('row').filter({ hasText: '913' }).getByRole('cell')).toHaveText([
    ...['2.00K', '1.10K', '913', '913'],
  ])
})

test('the providers of a model are compared by how often they break its calls', async ({
  signedIn: page,
}) => {
  await page.goto(COMPARED)
  const rows = page
    .getByRole('table', { name: /error rates and tool-use rates of the providers/ })
    .locator('tbody tr')
  await expect(rows).toHaveText([
    /tool-parhelion.*25\.0%.*14\.2–40\.2%.*10 of 40 attempts.*80\.0%.*of 50/s,
    /tool-polaris.*2\.0%.*1 of 50 attempts.*100\.0%/s,
    /tool-helios.*0\.0%.*0 of 25 attempts.*100\.0%/s,
    /tool-quiet.*Not enough data.*2 of 3 attempts bad/s,
  ])
  for (const text of ['5 Invalid JSON', '2 Made-up tool name', '3 Wrong parameters']) {
    await expect(rows.first()).toContainText(text)
  }
  await expect(page.getByText('offered tools are used in 80.0% (tool-parhelion) to 100.0%')).toBeVisible()
})

test('a failing call opens into its reason and leads to its request', async ({ signedIn: page }) => {
  await page.goto(`/tools?${DAYS}`)
  const panel = page.getByRole('region', { name: 'Failing tool calls' })
  const calls = panel.getByRole('list', { name: 'Failing tool calls' }).getByRole('listitem')
  await expect(calls).toHaveCount(13)
  await panel.getByRole('radio', { name: 'Made-up tool name' }).check()
  await expect(page).toHaveURL(/verdict=unknown_name/)
  await expect(calls).toHaveCount(2)
  await expect(calls.first()).toContainText('get_wether')
  await expect(page.getByText('No tool is called get_wether.').first()).toBeHidden()
  await calls.first().locator('summary').click()
  await expect(page.getByText('No tool is called get_wether.').first()).toBeVisible()
  await expect(calls.first().getByRole('link', { name: 'Open the request' })).toHaveAttribute(
    'href',
    /^\/logs\/[0-9a-z]+-[0-9a-f-]{36}$/,
  )
  await panel.getByRole('radio', { name: 'All' }).check()
  await page.getByRole('button', { name: 'book_table' }).click()
  await expect(page).toHaveURL(/tool=book_table/)
  await expect(calls).toHaveCount(4)
})

test('tables are saved as CSV with the numbers on the page', async ({ signedIn: page }) => {
  await page.goto(COMPARED)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the providers as CSV' }).click()
  const stream = await (await downloading).createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  const lines = Buffer.concat(chunks).toString('utf8').trim().split(/\r?\n/)
  expect(lines).toHaveLength(5)
  expect(lines[1]).toContain('tool-parhelion,tool-parhelion,40,10,0.25')
})

test('a window in which nothing was logged says so', async ({ signedIn: page }) => {
  await page.goto(`/tools?${search(EMPTY_DAYS)}`)
  await expect(page.getByText('No requests in this window')).toHaveCount(2)
  await expect(page.getByText('No tool calls in this window')).toHaveCount(2)
  await expect(page.getByText('No failing tool calls')).toBeVisible()
  await expectAccessible(page)
})

test('Tools are accessible in light and dark and fit a phone @phone', async ({ signedIn: page }) => {
  await page.goto(COMPARED)
  await expect(page.getByRole('list', { name: 'Failing tool calls' }).getByRole('listitem')).toHaveCount(13)
  await expect(page.getByRole('cell', { name: /Not enough data/ }).first()).toBeVisible()
  await expectNoSidewaysScroll(page)
  await page.getByRole('list', { name: 'Failing tool calls' }).locator('summary').first().click()
  await expectAccessible(page)
})

test('somebody who is not signed in is asked to', async ({ page }) => {
  await page.goto('/tools')
  await expect(page).toHaveURL(/sign-in\?callbackUrl=(%2F|\/)tools/)
})
