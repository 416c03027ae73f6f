import type { APIRequestContext, Page } from '@playwright/test'
import { ownModel } from '../own-model'
import { BEARER } from '../server-under-test'
import { type SimulatedUpstream, startSimulatedUpstream } from '../simulated-upstream'
import { connectSimulated, createPinnedPreset } from '../trial-command'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

const FAULTY = { faults: { invalid_json: 0.3, unknown_name: 0.2, schema_mismatch: 0.3 } }
const SLOW = { timeToFirstTokenMs: 500 }
/** So many calls to a slow provider that no delay lets them end before they are stopped. */
const MANY_CALLS = 2_000

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterAll(() => upstream.stop())

async function presetOn(request: APIRequestContext, profile: object) {
  const model = ownModel()
  const provider = await connectSimulated({ request, upstream, word: 'pinned', model, profile })
  return { preset: await createPinnedPreset({ request, model, provider }), provider }
}

/** Runs a trial to its end over the API and gives its id. */
async function ranTrial(request: APIRequestContext, { preset, calls }: { preset: string; calls: number }) {
  const started = await request.post('/api/v1/trials', { headers: BEARER, data: { preset, calls } })
  const { id } = (await started.json()).data
  const status = async () =>
    (await (await request.get(`/api/v1/trials/${id}`, { headers: BEARER })).json()).data.status
  await expect.poll(status).toBe('finished')
  return id
}

async function startByForm(
  page: Page,
  { preset, calls, seconds = 30 }: { preset: string; calls: number; seconds?: number },
) {
  await page.goto(`/trials?preset=${preset}`)
  await expect(page.getByLabel('Preset')).toHaveValue(preset)
  await page.getByLabel('Calls', { exact: true }).fill(String(calls))
  await page.getByLabel('Seconds at most').fill(String(seconds))
  await page.getByRole('button', { name: 'Start the trial' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `@preset/${preset}` })).toBeVisible()
}

/** The number in a tile of the page. */
const tile = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Key figures' })
    .locator('div')
    .filter({ has: page.getByRole('term').filter({ hasText: name }) })
    .getByRole('definition')

const grid = (page: Page) => page.getByRole('group', { name: 'Every call in order' })
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Call \d+$/ })

test('a trial is started in the form and shows what went wrong, down to the schema', async ({
  signedIn: page,
  request,
}) => {
  const { preset, provider } = await presetOn(request, FAULTY)
  await startByForm(page, { preset, calls: 60 })
  await expect(page.getByText('Finished', { exact: true })).toBeVisible()
  await expect(grid(page).getByRole('button')).toHaveCount(60)
  await expect(tile(page, 'Calls made')).toContainText('60')
  await expect(tile(page, 'Errors')).not.toHaveText(/^0/)
  const classes = page.getByRole('region', { name: 'Errors by class' })
  for (const name of ['Invalid JSON', 'Made-up tool name', 'Wrong parameters']) {
    await expect(classes).toContainText(name)
  }
  await expect(page.getByRole('row', { name: new RegExp(`^${provider} 60 `) })).toBeVisible()

  const failing = page.getByRole('region', { name: 'Failing calls' })
  await failing.getByRole('row', { name: 'Wrong parameters' }).first().getByRole('button').click()
  await expect(dialog(page).getByText('Arguments', { exact: true })).toBeVisible()
  await expect(dialog(page).getByText('Offered schema')).toBeVisible()
  await expect(dialog(page).getByText('"additionalProperties": false').first()).toBeVisible()
  await expect(dialog(page).getByText(provider)).toBeVisible()
  await expect(page).toHaveURL(/[?&]call=\d+/)
  const opened = page.url()
  await dialog(page)
    .getByRole('button', { name: /failing/i })
    .and(page.locator(':enabled'))
    .first()
    .click()
  await expect(page).not.toHaveURL(opened)
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await page.goto(opened)
  await expect(dialog(page).getByText('Offered schema')).toBeVisible()
})

test('the grid is walked by keyboard', async ({ signedIn: page, request }) => {
  const { preset } = await presetOn(request, {})
  await page.goto(`/trials/${await ranTrial(request, { preset, calls: 30 })}`)
  const cells = grid(page).getByRole('button')
  await expect(cells).toHaveCount(30)
  await cells.first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(cells.nth(1)).toBeFocused()
  await page.keyboard.press('End')
  await expect(cells.last()).toBeFocused()
  await expect(cells.last()).toHaveAccessibleName(/^Call 30: Good tool call, pinned-.*, [\d.]+ m?s$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Call 30' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(cells.last()).toBeFocused()
})

test('a running trial counts down, and stops when told to', async ({ signedIn: page, request }) => {
  const { preset } = await presetOn(request, SLOW)
  await startByForm(page, { preset, calls: MANY_CALLS, seconds: 300 })
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect(tile(page, 'Time left')).toHaveText(/^\d+ s/)
  await expect(grid(page).getByRole('button').first()).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(tile(page, 'Took')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible()
})

test('a trial is deleted, once that was confirmed', async ({ signedIn: page, request }) => {
  const { preset } = await presetOn(request, {})
  const id = await ranTrial(request, { preset, calls: 3 })
  await page.goto(`/trials/${id}`)
  await page.getByRole('button', { name: 'Delete the trial' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the trial' }).click()
  await expect(page).toHaveURL('/trials')
  await expect(page.getByRole('heading', { level: 2, name: 'Runs' })).toBeVisible()
  await expect(page.getByRole('link', { name: preset })).toHaveCount(0)
})

test('a form that cannot be sent names its fields', async ({ signedIn: page, request }) => {
  const { preset } = await presetOn(request, {})
  await page.goto(`/trials?preset=${preset}`)
  await page.getByLabel('Calls', { exact: true }).fill('0')
  await page.getByLabel('Seconds at most').fill('601')
  await page.getByRole('button', { name: 'Start the trial' }).click()
  await expect(page.getByText('a whole number from 1 to 5000')).toBeVisible()
  await expect(page.getByText('a whole number from 1 to 600')).toBeVisible()
  await expect(page).toHaveURL(`/trials?preset=${preset}`)
})

test('the command beside the form does the same trial', async ({ signedIn: page, request }) => {
  const { preset } = await presetOn(request, {})
  await page.goto(`/trials?preset=${preset}`)
  await page.getByLabel('At a time').fill('3')
  await page.getByLabel('Ask for streamed answers').check()
  const command = page.getByRole('figure', { name: 'The same from a terminal' }).locator('code')
  await expect(command).toContainText(`npm run trial -- --preset ${preset}`)
  await expect(command).toContainText('--calls 213 --concurrency 3 --seconds 30 --stream')
})

test.describe('what is not there', () => {
  test.use({ expectedConsole: [/404/] })
  test('a trial that nobody ran says so', async ({ signedIn: page }) => {
    await page.goto(`/trials/${crypto.randomUUID()}`)
    await expect(page.getByRole('alert').filter({ hasText: 'There is no trial' })).toBeVisible()
  })
})

test('strangers are asked to sign in', async ({ page }) => {
  await page.goto('/trials')
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=\/trials/)
})

test('the trials pages are accessible in light and dark and fit a phone @phone', async ({
  signedIn: page,
  request,
}) => {
  test.slow()
  const { preset } = await presetOn(request, FAULTY)
  const [first, second] = [
    await ranTrial(request, { preset, calls: 40 }),
    await ranTrial(request, { preset, calls: 40 }),
  ]
  await page.goto(`/trials?preset=${preset}&compare=${first},${second}`)
  await expect(page.getByRole('region', { name: 'Side by side' }).getByRole('table')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Runs' }).getByRole('table')).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)

  await page.goto(`/trials/${first}`)
  await expect(grid(page).getByRole('button')).toHaveCount(40)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)

  const failing = page.getByRole('region', { name: 'Failing calls' })
  await failing.getByRole('row', { name: 'Wrong parameters' }).first().getByRole('button').click()
  await expect(dialog(page).getByText('Offered schema')).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
