import { KNOWN_AGENTS, sendKnownAgents, takeBackDeclaration } from '../known-agents'
import { SERVER } from '../server-under-test'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

const WEEKS = `/agents?from=${KNOWN_AGENTS.from}&to=${KNOWN_AGENTS.to}`

test.beforeAll(async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: SERVER.url })
  await sendKnownAgents(request)
  await request.dispose()
})

test('the headline says how much is agents’, how much heavier they are, and since when they lead', async ({
  signedIn: page,
}) => {
  await page.goto(WEEKS)
  const figures = page.getByRole('region', { name: 'Key figures' })
  await expect(figures.getByRole('term')).toHaveText([
    /^Agentic tokens/,
    /^Agentic requests/,
    /^Agentic factor/,
    /^Crossover/,
  ])
  await expect(figures.getByRole('definition')).toHaveText([
    /^80\.0%/,
    /^28\.0%/,
    /^10×10\.0K against 1\.00K tokens a request/,
    /^12 May 2020/,
  ])
})

test('the chart marks the crossover, and words date it', async ({ signedIn: page }) => {
  await page.goto(WEEKS)
  const panel = page.getByRole('region', { name: 'Agents or people?' })
  await expect(panel.getByText('Agents overtook people on 12 May 2020')).toBeVisible()
  await expect(panel.locator('svg').getByText('Agents overtook people, 12 May')).toBeVisible()
})

test('a crossover before the window is told, not drawn', async ({ signedIn: page }) => {
  await page.goto(`/agents?from=2020-05-14&to=${KNOWN_AGENTS.to}`)
  const panel = page.getByRole('region', { name: 'Agents or people?' })
  await expect(panel.getByText('on 12 May 2020, before this window')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Agentic', exact: true })).toBeVisible()
  await expect(panel.locator('svg').getByText('Agents overtook people, 12 May')).toHaveCount(0)
})

test('measure, scale and table are part of the address', async ({ signedIn: page }) => {
  await page.goto(WEEKS)
  const panel = page.getByRole('region', { name: 'Agents or people?' }).first()
  await panel.getByRole('radio', { name: 'Requests' }).check()
  await panel.getByRole('radio', { name: 'Amount' }).check()
  await panel.getByRole('radio', { name: 'Table' }).check()
  await expect(page).toHaveURL(/measure=requests/)
  await expect(page).toHaveURL(/scale=linear/)
  await page.reload()
  const numbers = page.getByRole('region', { name: 'Agents or people? As a table' })
  await expect(numbers.getByRole('row')).toHaveCount(15)
  // The newest day comes first: two agentic requests and the unknown one.
  await expect(numbers.getByRole('row').nth(1)).toContainText(/Sun 17 May\s*3\s*2\s*0\s*1/)
  await expect(numbers.getByRole('link', { name: 'Sun 17 May' })).toHaveAttribute(
    'href',
    /^\/logs\?from=2020-05-17/,
  )
})

test('a turn is taken apart, agents beside people', async ({ signedIn: page }) => {
  await page.goto(WEEKS)
  const panel = page.getByRole('region', { name: 'Where do the tokens of a turn go?' })
  await expect(
    panel.getByRole('img', { name: /^Agentic: System prompt 1,000, .*66\.7% of the prompt cached/ }),
  ).toBeVisible()
  const row = (name: RegExp) => panel.getByRole('row', { name })
  await expect(row(/^Tool results/)).toContainText(/4,500.*45\.0%.*0/)
  await expect(row(/^MCP definitions/)).toContainText('1,500')
  await expect(row(/^Reasoning/)).toContainText('400')
  await expect(row(/^Output/)).toContainText(/600.*100.*6×/)
  await expect(row(/^Tokens a request/)).toContainText(/10,000.*1,000.*10×/)
  await expect(panel.getByText('Parts known for 14 of 14 agentic and 35 of 35 human requests.')).toBeVisible()
})

test('apps are classed, filtered, and lead to their requests', async ({ signedIn: page }) => {
  await page.goto(WEEKS)
  const rows = page.getByRole('table', { name: 'apps by class and tokens' }).locator('tbody tr')
  await expect(rows).toContainText([
    /e2e-night-agent.*Agentic.*100\.0%/s,
    /e2e-help-desk.*Human.*0\.0%/s,
    /e2e-mill.*Mixed.*66\.7%/s,
    /e2e-pipe.*Unknown.*–/s,
  ])
  await page.getByRole('radio', { name: 'Mixed' }).check()
  await expect(page).toHaveURL(/class=mixed/)
  await expect(rows).toHaveCount(1)
  await page.getByRole('searchbox', { name: 'Filter apps by name' }).fill('nobody')
  await expect(page.getByText('No app matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(rows).toHaveCount(4)
  await expect(page.getByRole('link', { name: 'e2e-mill' })).toHaveAttribute(
    'href',
    /^\/logs\?app=e2e-mill&from=2020-05-04/,
  )
})

test.describe('a declaration', () => {
  test.afterEach(({ request }) => takeBackDeclaration(request))

  test('says who drives an app from its row, and is taken back', async ({ signedIn: page }) => {
    await page.goto(WEEKS)
    const row = page.getByRole('row', { name: /e2e-mill/ })
    await row.getByRole('button', { name: 'Declare who drives e2e-mill' }).click()
    await page.getByRole('button', { name: 'Declare human' }).click()
    await expect(row).toContainText(/Human\s*declared/)
    await row.getByRole('button', { name: 'Declare who drives e2e-mill' }).click()
    await page.getByRole('button', { name: 'Decide by its tokens' }).click()
    await expect(row).toContainText('Mixed')
    await expect(row).not.toContainText('declared')
  })
})

test('sessions have their median by turns, and requests their lengths', async ({ signedIn: page }) => {
  await page.goto(WEEKS)
  const sessions = page.getByRole('region', { name: 'What does a session cost?' })
  await expect(sessions.getByRole('row', { name: /^1 turn/ })).toContainText(/\$0\.0(099|10).*10/)
  await expect(sessions.getByRole('row', { name: /^2–9 turns/ })).toContainText(/\$0\.(099|10).*7/)
  await expect(sessions.getByRole('row', { name: /^50\+ turns/ })).toContainText('–')
  await expect(sessions.getByText('The cost of 5 of 17 sessions is not fully known')).toBeVisible()
  const lengths = page.getByRole('region', { name: 'How long are requests?' })
  await expect(lengths.getByRole('row', { name: /^up to 1K/ })).toContainText(/35.*71\.4%/)
  await expect(lengths.getByRole('row', { name: /^up to 10K/ })).toContainText(/14.*28\.6%/)
  await expect(lengths.getByText('Length known for 49 of 50 requests.')).toBeVisible()
})

test('callers are saved as CSV with the numbers on the page', async ({ signedIn: page }) => {
  await page.goto(WEEKS)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download apps as CSV' }).click()
  const stream = await (await downloading).createReadStream()
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  const lines = Buffer.concat(chunks).toString('utf8').trim().split(/\r?\n/)
  expect(lines).toHaveLength(5)
  expect(lines[1]).toContain('e2e-night-agent,e2e-night-agent,agentic,,1,130000')
})

test('a window without requests says so in every panel', async ({ signedIn: page }) => {
  await page.goto('/agents?from=2018-01-01&to=2018-01-08')
  for (const words of [
    'Nothing in this window',
    'No agentic or human requests in this window',
    'No requests were logged in this window',
    'No sessions began in this window',
    'No request of this window tells its length',
  ]) {
    await expect(page.getByText(words)).toBeVisible()
  }
  await expect(
    page.getByRole('region', { name: 'Key figures' }).getByRole('definition').last(),
  ).toContainText('nothing to compare')
})

test('Agents is accessible in light and dark and fits a phone @phone', async ({ signedIn: page }) => {
  await page.goto(WEEKS)
  await expect(page.getByText('e2e-night-agent')).toBeVisible()
  await expect(page.getByText('Parts known for 14 of 14')).toBeVisible()
  await expect(page.locator('svg').getByText('Agents overtook people, 12 May')).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
