import type { APIRequestContext, Page } from '@playwright/test'
import {
  changePreset,
  connectOwnModel,
  createOwnPreset,
  firstTried,
  openPreset,
  readPreset,
} from '../own-preset'
import { BEARER } from '../server-under-test'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

test('a preset is exported, imported under another name, duplicated, archived and deleted', async ({
  signedIn: page,
  request,
}) => {
  const config = { models: ['acme/atlas-120b'], seed: 7 }
  const preset = await createOwnPreset(request, { config })
  await page.goto(`/presets?q=${preset.slug}`)
  const act = async (name: string, action: string) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click()
    await page
      .getByRole('dialog', { name: `Actions for ${name}` })
      .getByText(action)
      .click()
  }
  const download = page.waitForEvent('download')
  await act(preset.name, 'Export as JSON')
  const file = await (await download).path()
  expect((await download).suggestedFilename()).toBe(`${preset.slug}.json`)

  await page.getByLabel('Preset file').setInputFiles(file)
  await expect(page).toHaveURL('/presets/new?from=file')
  await expect(page.getByLabel('Slug')).toHaveValue(preset.slug)
  await page.getByLabel('Slug').fill(`${preset.slug}-imported`)
  await page.getByRole('button', { name: 'Create preset' }).click()
  await expect(page).toHaveURL(`/presets/${preset.slug}-imported`)
  expect((await readPreset(request, `${preset.slug}-imported`)).config).toEqual(config)

  await page.goto(`/presets/${preset.slug}`)
  await act(preset.name, 'Duplicate')
  await expect(page.getByLabel('Slug')).toHaveValue(`${preset.slug}-copy`)
  await page.getByRole('button', { name: 'Create preset' }).click()
  await expect(page).toHaveURL(`/presets/${preset.slug}-copy`)

  await page.goto(`/presets/${preset.slug}`)
  await act(preset.name, 'Archive')
  await expect(page.getByText('Archived: requests that name this preset')).toBeVisible()
  await act(preset.name, 'Delete for good…')
  await page.getByRole('button', { name: 'Delete for good', exact: true }).click()
  await expect(page).toHaveURL(/\/presets\?archived=true/)
  const gone = await request.get(`/api/v1/presets/${preset.slug}`, { headers: BEARER })
  expect(gone.status()).toBe(404)
})

test('a file that is no preset is refused with its fields', async ({ signedIn: page }) => {
  await page.goto('/presets')
  const buffer = Buffer.from('{"slug": "x", "config": {"temperature": "hot"}}')
  await page.getByLabel('Preset file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer })
  const dialog = page.getByRole('dialog', { name: 'This file is not a preset' })
  await expect(dialog).toContainText('config.temperature: expected a number from 0 to 2')
})

test('snippets name this server and are copied whole', async ({ signedIn: page, request, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const preset = await createOwnPreset(request, { config: { models: ['acme/atlas-120b'] } })
  await openPreset(page, preset)
  const panel = page.getByRole('region', { name: 'Use it' })
  await panel.getByText('Python').click()
  await panel.getByRole('button', { name: 'Copy' }).click()
  // The browser writes to the clipboard in its own time.
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toContain(`model="@preset/${preset.slug}"`)
  expect(await copied()).toContain(`base_url="${new URL(page.url()).origin}/api/v1"`)
})

test.describe('missing', () => {
  test.use({ expectedConsole: [/status of 404/] })

  test('a preset that is not there says so', async ({ signedIn: page }) => {
    await page.goto('/presets/nobody-made-this')
    await expect(page.getByRole('heading', { name: 'There is no such preset' })).toBeVisible()
  })
})

async function openFullPreset(page: Page, request: APIRequestContext) {
  const { model, helios, cumulus } = await connectOwnModel(request)
  const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }]
  const preset = await createOwnPreset(request, {
    config: {
      ...{ models: [model], tools, stop: ['END'], temperature: 0.5, reasoning: { effort: 'low' } },
      provider: { order: [helios.slug], ignore: [cumulus.slug] },
    },
  })
  await changePreset(request, preset.slug, { system_prompt: 'Be brief.' })
  await openPreset(page, preset)
  await expect(firstTried(page)).toContainText(helios.name)
  return preset
}

test('the list is accessible in light and dark @phone', async ({ signedIn: page, request }) => {
  const preset = await createOwnPreset(request, { config: { provider: { order: ['helios'] } } })
  await page.goto(`/presets?q=${preset.slug}`)
  await expect(page.getByRole('link', { name: preset.name })).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})

test('the editor is accessible in light and dark @phone', async ({ signedIn: page, request }) => {
  await openFullPreset(page, request)
  await expect(page.getByRole('button', { name: 'Roll back to version 1' })).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})

test('searching and comparing are accessible in light and dark @phone', async ({
  signedIn: page,
  request,
}) => {
  await openFullPreset(page, request)
  await page.getByRole('button', { name: 'Add to the order' }).click()
  await expect(page.getByRole('option').first()).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Compare version 1' }).click()
  await expect(page.getByRole('dialog', { name: 'Compare versions' })).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})
