import { SERVER } from '../server-under-test'
import { ADMIN, expect, expectAccessible, expectNoSidewaysScroll, signIn, submitSignIn, test } from './test'

test('a stranger is shown Rankings, and may not see Settings before signing in @phone', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveURL('/rankings')
  await page.goto('/settings')
  await expect(page).toHaveURL('/sign-in?callbackUrl=/settings')
  await submitSignIn(page, ADMIN)
  await expect(page).toHaveURL('/settings')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
})

test('a person signs in and out again', async ({ page }) => {
  await signIn(page, ADMIN)
  await expect(page.getByText(SERVER.adminEmail).filter({ visible: true })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
  await page.goto('/settings')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('empty fields are named before anything is sent', async ({ page }) => {
  await page.goto('/sign-in')
  await submitSignIn(page, { email: '', password: '' })
  await expect(page.getByText('Enter your e-mail address.')).toBeVisible()
  await expect(page.getByLabel('E-mail address')).toBeFocused()
})

test('an address that leads elsewhere is not followed after signing in', async ({ page }) => {
  await page.goto('/sign-in?callbackUrl=https://evil.example/')
  await submitSignIn(page, ADMIN)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  expect(new URL(page.url()).host).toBe(new URL(SERVER.url).host)
})

test('the sign-in page is accessible in light and dark @phone', async ({ page }) => {
  await page.goto('/sign-in')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})

test.describe('refused', () => {
  test.use({ expectedConsole: [/status of 401/] })

  test('a wrong password is said plainly and can be corrected', async ({ page }) => {
    await page.goto('/sign-in')
    await submitSignIn(page, { ...ADMIN, password: 'wrong' })
    await expect(page.getByRole('alert').filter({ hasText: 'password is not right' })).toBeVisible()
    await submitSignIn(page, ADMIN)
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  })

  test('too many wrong passwords are said plainly too', async ({ page }) => {
    await page.goto('/sign-in')
    const message = page.getByRole('alert').filter({ hasText: 'Too many failed sign-ins' })
    for (let attempt = 0; attempt < 11; attempt += 1) {
      const answered = page.waitForResponse(/callback\/credentials/)
      await submitSignIn(page, { email: 'guessed-in-browser@example.com', password: 'guess' })
      await answered
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled()
    }
    await expect(message).toBeVisible()
  })
})
