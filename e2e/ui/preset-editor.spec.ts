import type { Page } from '@playwright/test'
import { connectOwnModel, createOwnPreset, firstTried, openPreset, readPreset } from '../own-preset'
import { expect, test } from './test'

const plan = (page: Page) => page.getByRole('region', { name: 'What would happen' })

/** Chooses what a search for its name or slug finds. */
async function pick(page: Page, button: string, search: string) {
  await page.getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog', { name: button })
  await dialog.getByRole('combobox').fill(search)
  await dialog.getByRole('option').filter({ hasText: search }).click()
  await page.keyboard.press('Escape')
}

test('a preset is created in the form, and its plan is seen before it is saved', async ({
  signedIn: page,
  request,
}) => {
  const { model, helios, cumulus } = await connectOwnModel(request)
  const name = `Named ${model.split('/')[0]}`
  await page.goto('/presets')
  await page.getByRole('link', { name: 'New preset' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await expect(page.getByLabel('Slug')).toHaveValue(/^named-own-/)
  const slug = await page.getByLabel('Slug').inputValue()

  await pick(page, 'Add a model', model)
  await pick(page, 'Add to the order', helios.slug)
  await expect(firstTried(page)).toContainText(helios.name)
  await expect(firstTried(page)).toContainText('named 1 of 1 to be tried first')
  await pick(page, 'Exclude', cumulus.slug)
  await expect(plan(page).getByRole('region', { name: 'Left out' })).toContainText(cumulus.name)

  await page.getByRole('checkbox', { name: 'Temperature' }).check()
  await page.getByRole('textbox', { name: 'Temperature' }).fill('0')
  await page.getByRole('button', { name: 'Create preset' }).click()
  await expect(page).toHaveURL(`/presets/${slug}`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  expect((await readPreset(request, slug)).config).toEqual({
    models: [model],
    provider: { order: [helios.slug], ignore: [cumulus.slug] },
    temperature: 0,
  })

  await page.getByRole('link', { name: 'Presets' }).last().click()
  await page.getByRole('searchbox', { name: 'Search presets' }).fill(helios.slug)
  const row = page.getByRole('row', { name })
  await expect(row).toContainText(`${helios.slug}; never ${cumulus.slug}`)
})

test('an edit becomes a version, is compared with the one before, and rolled back', async ({
  signedIn: page,
  request,
}) => {
  const { model, helios, borealis } = await connectOwnModel(request)
  const config = { models: [model], provider: { order: [helios.slug, borealis.slug] } }
  const preset = await createOwnPreset(request, { config, system_prompt: 'Be brief.' })
  await openPreset(page, preset)
  await expect(firstTried(page)).toContainText(helios.name)

  await page.getByRole('button', { name: `Remove ${helios.name}` }).click()
  await expect(firstTried(page)).toContainText(borealis.name)
  await page.getByLabel('System prompt').fill('Be brief.\nUse tools.')
  await page.getByRole('button', { name: 'Save as version 2' }).click()
  await expect(page.getByText('Saved as version 2')).toBeVisible()

  await page.getByRole('button', { name: 'Compare version 1' }).click()
  const comparison = page.getByRole('dialog', { name: 'Compare versions' })
  await expect(comparison.getByText('provider.order')).toBeVisible()
  await expect(comparison.getByText(`${helios.slug}, ${borealis.slug}`)).toBeVisible()
  await expect(comparison.getByRole('region', { name: 'System prompt' })).toContainText('Use tools.')
  await comparison.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('button', { name: 'Roll back to version 1' }).click()
  const rollback = page.getByRole('dialog', { name: 'Roll back to version 1?' })
  await rollback.getByRole('button', { name: 'Roll back to version 1' }).click()
  await expect(rollback).toBeHidden()
  await expect(page.getByLabel('System prompt')).toHaveValue('Be brief.')
  await expect(firstTried(page)).toContainText(helios.name)
  expect(await readPreset(request, preset.slug)).toMatchObject({
    version: 3,
    system_prompt: 'Be brief.',
    config,
  })
})

test('providers are put in order by keyboard', async ({ signedIn: page, request }) => {
  const { model, helios, borealis } = await connectOwnModel(request)
  const order = [helios.slug, borealis.slug]
  const preset = await createOwnPreset(request, { config: { models: [model], provider: { order } } })
  await openPreset(page, preset)
  const list = page.getByRole('list', { name: 'Try first, in this order' })
  await expect(list.getByRole('listitem').first()).toContainText(helios.name)
  await page.getByRole('button', { name: `Move ${borealis.slug}` }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByText(`${borealis.slug} is over place 2 of 2.`)).toBeAttached()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByText(`${borealis.slug} is over place 1 of 2.`)).toBeAttached()
  await page.keyboard.press('Space')
  await expect(list.getByRole('listitem').first()).toContainText(borealis.name)
  await expect(firstTried(page)).toContainText(borealis.name)
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved as version 2')).toBeVisible()
  expect((await readPreset(request, preset.slug)).config.provider.order).toEqual([borealis.slug, helios.slug])
})

test('models are put in order by dragging', async ({ signedIn: page, request }) => {
  const models = ['own/first', 'own/second', 'own/third']
  const preset = await createOwnPreset(request, { config: { models } })
  await openPreset(page, preset)
  // Hovering waits until the row has come to rest.
  await page.getByRole('button', { name: 'Move own/third', exact: true }).hover()
  await page.mouse.down()
  const target = await page.getByRole('button', { name: 'Move own/first', exact: true }).boundingBox()
  if (!target) throw new Error('the first row is on screen')
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2 - 4, { steps: 8 })
  // Dropped before the page has followed, the row would go back.
  await expect(page.getByText('own/third is over place 1 of 3.')).toBeAttached()
  await page.mouse.up()
  const rows = page.getByRole('list', { name: 'Models in the order in which they are tried' })
  await expect(rows.getByRole('listitem').first()).toContainText('own/third')
  // By key: after a drop clicks count for nothing for 50 ms, so that the drop itself is none.
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved as version 2')).toBeVisible()
  expect((await readPreset(request, preset.slug)).config.models).toEqual([
    'own/third',
    'own/first',
    'own/second',
  ])
})

test('a preset that lets nobody answer says so, with the rule for each', async ({
  signedIn: page,
  request,
}) => {
  const { model, helios } = await connectOwnModel(request)
  const preset = await createOwnPreset(request, { config: { models: [model] } })
  await openPreset(page, preset)
  await page.getByLabel('Highest prompt price').fill('0.01')
  await expect(plan(page).getByText('Nobody would be asked')).toBeVisible()
  const left = plan(page).getByRole('region', { name: 'Left out' })
  await expect(left.getByRole('listitem').filter({ hasText: helios.name })).toContainText('max_price')
})

test('wrong fields are named beside them, and nothing is sent', async ({ signedIn: page, request }) => {
  const preset = await createOwnPreset(request)
  await openPreset(page, preset)
  await page.getByLabel('Highest prompt price').fill('cheap')
  await expect(page.getByText('Expected US dollars, such as 0.8')).toBeVisible()
  await page.getByLabel('Tool definitions').fill('[{"type": "function",\n  "function": {"name": 7}}]')
  await expect(page.getByText('Line 2, column 24: expected a name')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('2 fields need a look')).toBeVisible()
  await expect(page.getByLabel('Highest prompt price')).toBeFocused()
  expect((await readPreset(request, preset.slug)).version).toBe(1)
})
