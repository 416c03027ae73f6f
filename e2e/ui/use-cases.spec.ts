import type { APIRequestContext, Page } from '@playwright/test'
import { ownModel } from '../own-model'
import { addRule, deleteOwnRules, RULES, useCasesOf } from '../own-rules'
import { BEARER, SERVER } from '../server-under-test'
import { ownName } from '../simulated-upstream'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

/** A week of requests that nobody else sends, and an empty day before it with one request without a use case. */
const WEEK = { from: '2024-05-06', to: '2024-05-13' }
const UNSORTED_DAY = { from: '2024-04-20', to: '2024-04-21' }
const inWindow = ({ from, to }: { from: string; to: string }) => `from=${from}&to=${to}`

const SENT = [
  { model: 'acme/atlas-120b', useCase: 'code review', callerKind: 'agentic', promptTokens: 5000 },
  { model: 'borealis/lyra', useCase: 'code review', callerKind: 'human', promptTokens: 1000 },
  { model: 'acme/atlas-120b', useCase: 'support', callerKind: 'human', promptTokens: 3000 },
  { model: 'acme/atlas-8b', callerKind: 'human', promptTokens: 1000 },
]

test.beforeAll(async ({ playwright }) => {
  const request = await playwright.request.newContext({ baseURL: SERVER.url })
  const records = [
    ...SENT.map((fields, index) => ({ id: `week-${index}`, startedAt: `${WEEK.from}T10:00:00Z`, ...fields })),
    { id: 'unsorted', startedAt: `${UNSORTED_DAY.from}T10:00:00Z`, model: 'acme/atlas-8b', promptTokens: 10 },
  ].map((record) => ({ ...record, source: 'e2e-use-cases', completionTokens: 0 }))
  const answer = await request.post('/api/v1/ingest', { headers: BEARER, data: records })
  expect((await answer.json()).rejected).toEqual([])
  await request.dispose()
})
test.afterEach(({ request }) => deleteOwnRules(request))

test('use cases are ranked with share and agentic share, and lead to their models and requests', async ({
  signedIn: page,
}) => {
  await page.goto(`/use-cases?${inWindow(WEEK)}`)
  const rows = page.getByRole('table', { name: 'Use cases ranked by total tokens' }).locator('tbody tr')
  await expect(rows).toContainText([
    /1.*code review.*6\.00K.*60\.0%.*83\.3%/s,
    /2.*support.*3\.00K.*30\.0%.*0\.0%/s,
    /3.*No use case.*1\.00K.*10\.0%/s,
  ])
  await expect(page.getByText('10.0% of tokens have no use case.')).toBeVisible()

  await rows.first().getByRole('link', { name: 'code review', exact: true }).click()
  await expect(page).toHaveURL(/useCase=code(\+|%20)review/)
  const models = page.getByRole('region', { name: 'Top models' })
  await expect(models.getByRole('listitem')).toContainText([/atlas-120b.*5\.00K.*83\.3%/s, /lyra.*1\.00K/s])
  await expect(page.getByRole('region', { name: 'Which models serve “code review”?' })).toBeVisible()
  const requests = models.getByRole('link', { name: 'Requests of this use case' })
  await expect(requests).toHaveAttribute('href', /^\/logs\?useCase=code\+review&from=2024-05-06T00/)

  await page.getByRole('button', { name: 'All use cases' }).click()
  await expect(page).not.toHaveURL(/useCase=/)
  await page.goBack()
  await expect(models).toBeVisible()
})

test('Rankings have use cases too', async ({ page }) => {
  await page.goto(`/rankings?${inWindow(WEEK)}`)
  await page.getByRole('radio', { name: 'Use cases' }).check()
  await expect(page).toHaveURL(/by=useCase/)
  const rows = page.getByRole('table', { name: /use cases ranked/ }).locator('tbody tr')
  await expect(rows).toContainText([/code review/, /support/, /No use case/])
})

test('where no request has a use case, the page says how they get one', async ({ signedIn: page }) => {
  await page.goto(`/use-cases?${inWindow(UNSORTED_DAY)}`)
  await expect(page.getByText('No request has a use case yet.')).toBeVisible()
  const ways = page.getByRole('region', { name: 'Three ways to a use case' })
  await expect(ways.getByRole('listitem')).toContainText([
    /useCase/,
    /X-Sightglass-Use-Case/,
    /names of offered tools/,
  ])
  await page.getByRole('button', { name: 'Write a rule' }).click()
  await expect(page).toHaveURL(/tab=rules/)
  await expect(page.getByRole('button', { name: 'Add a rule' })).toBeVisible()
})

test('a rule is written, tried, takes effect, and is edited, switched off and deleted', async ({
  signedIn: page,
  request,
}) => {
  const [app, model, useCase] = [ownName('app'), ownModel(), ownName('purpose')]
  let sent = 0
  const send = async () => {
    sent += 1
    const record = { id: `${app}-${sent}`, startedAt: new Date().toISOString(), model, app, promptTokens: 1 }
    await request.post('/api/v1/ingest', { headers: BEARER, data: record })
  }
  await send()
  await page.goto('/use-cases?tab=rules')
  await page.getByRole('button', { name: 'Add a rule' }).click()
  const form = page.getByRole('dialog', { name: 'Add a rule' })
  await form.getByRole('button', { name: 'Add the rule' }).click()
  await expect(form.getByText('Give the use case a name')).toBeVisible()
  await expect(form.getByText('Say at least one thing that requests have in common')).toBeVisible()
  await form.getByLabel('Use case').fill(useCase)
  await form.getByLabel('System prompt').fill('kindly')
  await expect(form.getByText('Tools and prompts of past requests are not kept')).toBeVisible()
  await form.getByRole('button', { name: 'Find them anywhere in it' }).click()
  await expect(form.getByLabel('System prompt')).toHaveValue('*kindly*')
  await form.getByLabel('App').fill(`${app}*`)
  await expect(form.getByText(/At most\s+1 of the newest/)).toBeVisible()
  await form.getByLabel('System prompt').fill('')
  await expect(form.getByText(`${app} 1`)).toBeVisible()
  await form.getByRole('button', { name: 'Add the rule' }).click()

  const row = page.getByRole('listitem').filter({ hasText: useCase }).first()
  await expect(row).toContainText(`App ${app}*`)
  await send()
  await expect
    .poll(() => useCasesOf(request, model, [useCase, 'unknown']))
    .toEqual({ [useCase]: 1, unknown: 1 })

  const panel = page.getByRole('region', { name: 'Try the rules' })
  await panel.getByLabel('App').fill(`${app}-anything`)
  await expect(panel.getByText(`Such a request is for ${useCase}.`)).toBeVisible()
  await panel.getByLabel('App').fill('nobody')
  await expect(panel.getByText('No rule fits: such a request has no use case.')).toBeVisible()

  await act(page, useCase, 'Edit')
  const edit = page.getByRole('dialog', { name: 'Edit the rule' })
  await expect(edit.getByText('Your sample does not fit.')).toBeVisible()
  await edit.getByLabel('App').fill('NO*')
  await expect(edit.getByText('Your sample fits.')).toBeVisible()
  await edit.getByLabel('App').fill(`${app}*`)
  await edit.getByLabel('Tool').fill('never_*')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('Tool never_*')
  await send()
  await expect
    .poll(() => useCasesOf(request, model, [useCase, 'unknown']))
    .toEqual({ [useCase]: 1, unknown: 2 })

  await row.getByRole('switch').click()
  await expect(row).toContainText('switched off')
  await act(page, useCase, 'Delete…')
  await page.getByRole('button', { name: 'Delete the rule' }).click()
  await expect(row).toHaveCount(0)
})

test('rules are reordered by keyboard, and the first that fits decides', async ({
  signedIn: page,
  request,
}) => {
  const app = ownName('both')
  const first = await addRule(request, { app, useCase: ownName('first') })
  const second = await addRule(request, { app, useCase: ownName('second') })
  await page.goto('/use-cases?tab=rules')
  const panel = page.getByRole('region', { name: 'Try the rules' })
  await panel.getByLabel('App').fill(app)
  await expect(panel.getByText(`Such a request is for ${first.useCase}.`)).toBeVisible()
  const saved = page.waitForResponse((response) => response.url().endsWith(`${RULES}/order`))
  const { length } = await idsOf(request)
  const isOver = (place: number) =>
    expect(
      page.getByText(`the rule for ${second.useCase} is over place ${place} of ${length}.`),
    ).toBeAttached()
  await page.getByRole('button', { name: `Move the rule for ${second.useCase}` }).focus()
  await page.keyboard.press('Space')
  await isOver(length)
  await page.keyboard.press('ArrowUp')
  await isOver(length - 1)
  await page.keyboard.press('Space')
  expect((await saved).status()).toBe(200)
  await expect(panel.getByText(`Such a request is for ${second.useCase}.`)).toBeVisible()
  const ids = await idsOf(request)
  expect(ids.indexOf(second.id)).toBeLessThan(ids.indexOf(first.id))
})

test('traffic is accessible in light and dark and fits a phone @phone', async ({ signedIn: page }) => {
  await page.goto(`/use-cases?${inWindow(WEEK)}&useCase=code+review`)
  await expect(page.getByRole('region', { name: 'Top models' }).getByRole('listitem')).toHaveCount(2)
  await expect(page.locator('.recharts-surface').first()).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

test('rules are accessible in light and dark and fit a phone @phone', async ({ signedIn: page, request }) => {
  const { useCase } = await addRule(request, {
    app: 'an-app-with-a-rather-long-name-*',
    systemPrompt: '*words that stand somewhere in the middle of a prompt*',
    enabled: false,
  })
  await page.goto('/use-cases?tab=rules')
  await expect(page.getByText(useCase)).toBeVisible()
  const panel = page.getByRole('region', { name: 'Try the rules' })
  await panel.getByLabel('System prompt').fill('Some words')
  await expect(panel.getByText(/No rule/)).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await act(page, useCase, 'Edit')
  await expect(page.getByRole('dialog', { name: 'Edit the rule' })).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})

async function act(page: Page, useCase: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${useCase}` }).click()
  await page
    .getByRole('dialog', { name: `Actions for ${useCase}` })
    .getByText(action)
    .click()
}

async function idsOf(request: APIRequestContext): Promise<string[]> {
  const { rules } = await (await request.get(RULES, { headers: BEARER })).json()
  return rules.map(({ id }: { id: string }) => id)
}
