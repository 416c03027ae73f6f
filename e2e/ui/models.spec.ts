import { MODELS_WINDOW, type OwnModels, sendOwnModels } from '../own-models'
import { BEARER } from '../server-under-test'
import { watchLayoutShift } from './layout-shift'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

let own: OwnModels

test.beforeAll(async ({ request }) => {
  own = await sendOwnModels(request)
})

const nameOf = (model: string) => model.slice(model.indexOf('/') + 1)

test('a model is searched for, and its row leads to its page', async ({ signedIn: page }) => {
  await page.goto(`/models?${MODELS_WINDOW}`)
  await page.getByRole('searchbox', { name: 'Search models' }).fill(own.main)
  await expect(page).toHaveURL(/q=/)
  const row = page
    .getByRole('table', { name: 'Models' })
    .getByRole('row')
    .filter({ hasText: nameOf(own.main) })
  await expect(row).toContainText('4.40K')
  await expect(row).toContainText('first seen')
  await row.getByRole('link', { name: nameOf(own.main), exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`/models/${own.main}\\?from=`))
  await expect(page.getByRole('heading', { level: 1, name: nameOf(own.main) })).toBeVisible()
})

test('the page compares providers and does not judge too few attempts', async ({ signedIn: page }) => {
  await page.goto(`/models/${own.main}?${MODELS_WINDOW}`)
  const table = page.getByRole('table', { name: 'Providers of the model' })
  const helios = table.getByRole('row').filter({ hasText: own.helios })
  await expect(helios).toContainText('Healthy')
  await expect(helios).toContainText('20.0%')
  await expect(table.getByRole('row').filter({ hasText: own.polaris })).toContainText('not enough data')
  await page.goto(`/models/${own.sparse}?${MODELS_WINDOW}`)
  await expect(table.getByRole('row').filter({ hasText: own.helios })).toContainText('not enough data')
})

test('a model’s providers push nothing down when they come @phone', async ({ signedIn: page }) => {
  const shift = await watchLayoutShift(page)
  await page.goto(`/models/${own.main}?${MODELS_WINDOW}`)
  const table = page.getByRole('table', { name: 'Providers of the model' })
  await expect(table.getByRole('row').filter({ hasText: own.helios })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What does routing save?' })).toBeVisible()
  expect(await shift()).toBeLessThan(0.02)
})

test('the measure of the chart is part of the address', async ({ signedIn: page }) => {
  await page.goto(`/models/${own.main}?${MODELS_WINDOW}`)
  await page.getByRole('radio', { name: 'Bad tool calls' }).check()
  await expect(page).toHaveURL(/metric=toolCallErrorRate/)
  await expect(page.getByRole('region', { name: 'Which provider spoils tool calls?' })).toBeVisible()
})

test('a launch day is given by hand and taken back', async ({ signedIn: page }) => {
  await page.goto(`/models/${own.sparse}?${MODELS_WINDOW}`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Launch day').fill('2024-02-29')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const facts = page.getByRole('region', { name: 'Facts' })
  await expect(facts).toContainText('29 Feb 2024')
  await expect(facts).toContainText('released')
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await dialog.getByLabel('Launch day').fill('')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(facts).toContainText('first seen here')
})

test('another name’s address leads to the model', async ({ signedIn: page, request }) => {
  const put = (alias_of: string | null) =>
    request.put(`/api/v1/models/${own.other}`, { headers: BEARER, data: { alias_of } })
  await put(own.main)
  await page.goto(`/models/${own.other}?${MODELS_WINDOW}`)
  await expect(page).toHaveURL(new RegExp(`/models/${own.main}\\?`))
  await expect(page.getByText(`${own.other} is another name of this model.`)).toBeVisible()
  await put(null)
})

test.describe('an address that names nothing', () => {
  // The page asks for the model and learns that there is none.
  test.use({ expectedConsole: [/status of 404/] })

  test('says so', async ({ signedIn: page }) => {
    await page.goto('/models/nobody/nothing')
    await expect(page.getByText('There is no model nobody/nothing')).toBeVisible()
  })
})

test('a search without a match can be cleared', async ({ signedIn: page }) => {
  await page.goto(`/models?${MODELS_WINDOW}&q=no-such-model`)
  await page.getByRole('button', { name: 'Clear the search and filters' }).click()
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible()
})

test('the catalogue is saved as CSV', async ({ signedIn: page }) => {
  await page.goto(`/models?${MODELS_WINDOW}`)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the catalogue as CSV' }).click()
  expect((await downloading).suggestedFilename()).toBe('sightglass-models.csv')
})

test('models are accessible in light and dark and fit a phone @phone', async ({ signedIn: page }) => {
  await page.goto(`/models?${MODELS_WINDOW}&q=${own.main}`)
  await expect(page.getByRole('table', { name: 'Models' })).toContainText(nameOf(own.main))
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.goto(`/models?view=timeline&q=${own.main}`)
  await expect(page.getByRole('listitem').filter({ hasText: nameOf(own.main) })).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.goto(`/models/${own.main}?${MODELS_WINDOW}`)
  await expect(page.getByRole('table', { name: 'Providers of the model' })).toContainText(own.helios)
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
})
