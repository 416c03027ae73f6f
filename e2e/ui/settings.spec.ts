import { BEARER } from '../server-under-test'
import { expect, expectAccessible, expectNoSidewaysScroll, test } from './test'

test('an admin creates a key, uses it, and revokes it', async ({ signedIn: page, request }, { project }) => {
  const name = `browser key ${project.name} ${Date.now()}`
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Create a key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create an API key' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Create the key' }).click()

  const created = page.getByRole('dialog', { name: 'Copy the key now' })
  const key = (await created.getByText(/^sg_/).textContent()) ?? ''
  await created.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByText(key)).toHaveCount(0)
  const row = page.getByRole('row', { name })
  await expect(row).toContainText(key.slice(0, 8))

  const ingest = () =>
    request.post('/api/v1/ingest', { headers: { authorization: `Bearer ${key}` }, data: [] })
  expect((await ingest()).status()).not.toBe(401)

  await row.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByRole('button', { name: 'Revoke the key' }).click()
  await expect(row).toContainText('Revoked')
  expect((await ingest()).status()).toBe(401)
})

test('a key without a name or a scope is not created', async ({ signedIn: page }) => {
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Create a key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create an API key' })
  // A list of locators is taken as things are: the dialog has to be there.
  await expect(dialog.getByRole('checkbox').first()).toBeVisible()
  for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck()
  await dialog.getByRole('button', { name: 'Create the key' }).click()
  await expect(dialog.getByText('give the key a name')).toBeVisible()
  await expect(dialog.getByText('choose at least one scope')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('Rankings can be closed to strangers and opened again', async ({ signedIn: page, browser, request }) => {
  await page.goto('/settings')
  const toggle = page.getByRole('switch', { name: 'Rankings are readable without signing in' })
  const stranger = await browser.newPage()
  try {
    await expect(toggle).toBeChecked()
    await toggle.click()
    await expect(toggle).not.toBeChecked()
    // It shows the new value at once and is enabled again when that is saved.
    await expect(toggle).toBeEnabled()
    await stranger.goto('/rankings?by=provider')
    await expect(stranger).toHaveURL(/\/sign-in\?callbackUrl=/)
    await toggle.click()
    await expect(toggle).toBeChecked()
    await expect(toggle).toBeEnabled()
    await stranger.goto('/rankings?by=provider')
    await expect(stranger).toHaveURL('/rankings?by=provider')
  } finally {
    await stranger.close()
    await request.patch('/api/settings', { headers: BEARER, data: { publicRankings: true } })
  }
})

test('the settings page is accessible in light and dark @phone', async ({ signedIn: page }) => {
  await page.goto('/settings')
  await expect(page.getByRole('table', { name: 'API keys, newest first' })).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})
