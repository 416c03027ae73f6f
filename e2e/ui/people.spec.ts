import { createOwnUser } from '../own-user'
import { BEARER } from '../server-under-test'
import { ownName } from '../simulated-upstream'
import { expect, expectAccessible, expectNoSidewaysScroll, signIn, submitSignIn, test } from './test'

test('an admin adds a person, who signs in; a new role counts at once; removed is signed out', async ({
  signedIn: page,
  browser,
  request,
}) => {
  const email = `${ownName('new')}@example.com`
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Add a person' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a person' })
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByRole('radio', { name: /^Viewer/ }).check()
  await dialog.getByRole('button', { name: 'Add the person' }).click()
  const created = page.getByRole('dialog', { name: 'Copy the password now' })
  const secret = created.getByText(/^(\w{4}-){4}\d{4}$/)
  await expect(secret).toBeVisible()
  const password = (await secret.textContent()) ?? ''
  await created.getByRole('button', { name: 'I have kept it' }).click()
  await expect(page.getByText(password)).toHaveCount(0)

  const role = page.getByRole('combobox', { name: `Role of ${email}` })
  await expect(role).toHaveValue('viewer')
  const theirs = await browser.newPage()
  try {
    await signIn(theirs, { email, password })
    await theirs.goto('/trials')
    await expect(theirs.getByRole('heading', { level: 1, name: 'Trials' })).toBeVisible()
    await expect(theirs.getByRole('heading', { name: 'Run a trial' })).toHaveCount(0)

    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
    await role.selectOption('member')
    expect((await saved).status()).toBe(200)
    await theirs.goto('/trials')
    await expect(theirs.getByRole('heading', { name: 'Run a trial' })).toBeVisible()

    await page.getByRole('button', { name: `Actions for ${email}` }).click()
    await page.getByRole('button', { name: 'Remove…' }).filter({ visible: true }).click()
    await page.getByRole('button', { name: 'Remove the person' }).click()
    await expect(page.getByRole('row', { name: email })).toHaveCount(0)
    await theirs.goto('/trials')
    await expect(theirs).toHaveURL(/\/sign-in/)
  } finally {
    await theirs.close()
    const { users } = await (await request.get('/api/users', { headers: BEARER })).json()
    const left = users.find((user: { email: string }) => user.email === email)
    if (left) await request.delete(`/api/users/${left.id}`, { headers: BEARER })
  }
})

test.describe('what the server refuses', () => {
  test.use({ expectedConsole: [/status of 4(01|09|22)/] })

  test('what is wrong with an address stands beside it, and what was typed stays', async ({
    signedIn: page,
    request,
  }) => {
    const person = await createOwnUser(request, 'viewer')
    try {
      await page.goto('/settings')
      await page.getByRole('button', { name: 'Add a person' }).click()
      const dialog = page.getByRole('dialog', { name: 'Add a person' })
      await dialog.getByLabel('E-mail address').fill('nobody')
      await dialog.getByRole('button', { name: 'Add the person' }).click()
      await expect(dialog.getByText('expected an e-mail address')).toBeVisible()
      await dialog.getByLabel('E-mail address').fill(person.email)
      await dialog.getByRole('button', { name: 'Add the person' }).click()
      await expect(dialog.getByText('has an account already')).toBeVisible()
      await expect(dialog.getByLabel('E-mail address')).toHaveValue(person.email)
    } finally {
      await person.remove()
    }
  })

  test('a person changes their own password and stays signed in, here only', async ({
    page,
    browser,
    request,
  }) => {
    const person = await createOwnUser(request, 'viewer')
    const elsewhere = await browser.newPage()
    try {
      await signIn(elsewhere, person)
      await signIn(page, person)
      await page.getByRole('link', { name: person.email }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible()
      const change = page.getByRole('button', { name: 'Change the password' })

      await page.getByLabel('Current password').fill('not this one')
      await page.getByLabel('New password').fill('short')
      await change.click()
      await expect(page.getByText('at least 10 characters', { exact: true })).toBeVisible()
      await page.getByLabel('New password').fill('a longer secret')
      await change.click()
      await expect(page.getByText('this is not your current password')).toBeVisible()

      await page.getByLabel('Current password').fill(person.password)
      await change.click()
      await expect(page.getByText('Your password is changed.')).toBeVisible()
      await page.goto('/account')
      await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible()
      await elsewhere.goto('/account')
      await expect(elsewhere).toHaveURL(/\/sign-in/)
      await submitSignIn(elsewhere, { ...person, password: 'a longer secret' })
      await expect(elsewhere.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible()
    } finally {
      await elsewhere.close()
      await person.remove()
    }
  })
})

test('an admin makes a new password for somebody who forgot theirs', async ({
  signedIn: page,
  browser,
  request,
}) => {
  const person = await createOwnUser(request, 'member')
  const theirs = await browser.newPage()
  try {
    await page.goto('/settings')
    await page.getByRole('button', { name: `Actions for ${person.email}` }).click()
    await page.getByRole('button', { name: 'New password…' }).filter({ visible: true }).click()
    await page.getByRole('button', { name: 'Make a new one' }).click()
    const shown = page.getByRole('dialog', { name: 'Copy the password now' })
    const secret = shown.getByText(/^(\w{4}-){4}\d{4}$/)
    await expect(secret).toBeVisible()
    await signIn(theirs, { email: person.email, password: (await secret.textContent()) ?? '' })
  } finally {
    await theirs.close()
    await person.remove()
  }
})

test('the account page is accessible in light and dark @phone', async ({ signedIn: page }) => {
  await page.goto('/account')
  await expect(page.getByLabel('Current password')).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
})
