import { changePreset, createOwnPreset, openPreset, readPreset } from '../own-preset'
import { expect, test } from './test'

test('unsaved changes survive a misclick and a lost tab', async ({ signedIn: page, request }) => {
  const preset = await createOwnPreset(request)
  await openPreset(page, preset)
  await page.getByLabel('Description').fill('Not lost')
  await page.getByRole('link', { name: 'Rankings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await dialog.getByRole('button', { name: 'Stay here' }).click()
  await expect(page.getByLabel('Description')).toHaveValue('Not lost')

  await page.getByRole('link', { name: 'Rankings' }).click()
  await dialog.getByRole('button', { name: 'Leave', exact: true }).click()
  await expect(page).toHaveURL(/\/rankings/)
  await openPreset(page, preset)
  await expect(page.getByLabel('Description')).toHaveValue('')
  await page.getByRole('button', { name: 'Restore them' }).click()
  await expect(page.getByLabel('Description')).toHaveValue('Not lost')

  await page.getByRole('link', { name: 'Rankings' }).click()
  await dialog.getByRole('button', { name: 'Save and leave' }).click()
  await expect(page).toHaveURL(/\/rankings/)
  await openPreset(page, preset)
  await expect(page.getByLabel('Description')).toHaveValue('Not lost')
  await expect(page.getByRole('button', { name: 'Restore them' })).toBeHidden()
})

test('a name that somebody else gave meanwhile stays', async ({ signedIn: page, request }) => {
  const preset = await createOwnPreset(request)
  await openPreset(page, preset)
  await changePreset(request, preset.slug, { name: 'Their name' })
  await page.getByRole('checkbox', { name: 'Temperature' }).check()
  await page.getByRole('button', { name: 'Save as version 2' }).click()
  await expect(page.getByText('Saved as version 2')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Their name' })).toBeVisible()
  await page.getByLabel('Description').fill('Mine')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible()
  expect((await readPreset(request, preset.slug)).version).toBe(2)
})

test.describe('at once', () => {
  test.use({ expectedConsole: [/status of 409/] })

  test('two people editing one preset hear of each other, and choose', async ({
    signedIn: page,
    request,
  }) => {
    const preset = await createOwnPreset(request, { config: { temperature: 0 } })
    await openPreset(page, preset)
    await changePreset(request, preset.slug, { config: { temperature: 1 } })
    await page.getByRole('textbox', { name: 'Temperature' }).fill('0.5')
    await page.getByRole('button', { name: 'Save as version 2' }).click()
    const dialog = page.getByRole('dialog', { name: 'Somebody saved in between' })
    await expect(dialog).toContainText(/key:.* changed .* to version 2 on .* UTC/)
    await expect(dialog.getByText('temperature', { exact: true })).toBeVisible()
    await dialog.getByRole('button', { name: 'Keep mine and save over' }).click()
    await expect(page.getByText('Saved as version 3')).toBeVisible()
    expect((await readPreset(request, preset.slug)).config).toEqual({ temperature: 0.5 })

    await changePreset(request, preset.slug, { config: { temperature: 2 } })
    await page.getByRole('textbox', { name: 'Temperature' }).fill('0.7')
    await page.getByRole('button', { name: 'Save as version 4' }).click()
    await dialog.getByRole('button', { name: 'Load theirs' }).click()
    await expect(page.getByRole('textbox', { name: 'Temperature' })).toHaveValue('2')
    await page.getByRole('button', { name: 'Restore them' }).click()
    await expect(page.getByRole('textbox', { name: 'Temperature' })).toHaveValue('0.7')
    await page.getByRole('button', { name: 'Save as version 5' }).click()
    await expect(page.getByText('Saved as version 5')).toBeVisible()
  })

  test('a taken slug is said beside the field', async ({ signedIn: page, request }) => {
    const preset = await createOwnPreset(request)
    await page.goto('/presets/new')
    await page.getByLabel('Name', { exact: true }).fill('Another')
    await page.getByLabel('Slug').fill(preset.slug)
    await page.getByRole('button', { name: 'Create preset' }).click()
    await expect(page.getByText('Taken by another preset')).toBeVisible()
  })
})
