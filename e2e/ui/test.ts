import { test as base, type Cookie, expect, type Page } from '@playwright/test'
import axe from 'axe-core'
import { BROWSER_ARGUMENTS, findBrowser } from '../browser'
import { SERVER } from '../server-under-test'
import { signInByHttp } from '../session'

export { expect }

declare global {
  interface Window {
    /** There once `axe.source` ran in the page. */
    axe: typeof axe
  }
}

type Fixtures = {
  /** What the page may write to the console as an error in this test, such as a refused request. */
  expectedConsole: RegExp[]
  /** A blank page with the admin's session. */
  signedIn: Page
}

type WorkerFixtures = {
  /** Cookies of one session of the admin for all tests of a worker; none of them may sign out with it. */
  adminSession: Cookie[]
}

export const ADMIN = { email: SERVER.adminEmail, password: SERVER.adminPassword }

/** A browser test: it fails when the page writes an error to the console or throws. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const executablePath = findBrowser()
      await use({ ...launchOptions, ...(executablePath ? { executablePath } : {}), args: BROWSER_ARGUMENTS })
    },
    { scope: 'worker' },
  ],

  expectedConsole: [[], { option: true }],

  page: async ({ page, expectedConsole }, use) => {
    const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)]
    page.goto = async (url, options) => {
      const response = await goto(url, options)
      await waitForHydration(page)
      return response
    }
    page.reload = async (options) => {
      const response = await reload(options)
      await waitForHydration(page)
      return response
    }
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`))
    page.on('console', (message) => {
      const text = message.text()
      if (message.type() === 'error' && !expectedConsole.some((expected) => expected.test(text))) {
        problems.push(`console: ${text} (${message.location().url})`)
      }
    })
    await use(page)
    expect(problems, 'The page reports errors.').toEqual([])
  },

  adminSession: [
    async ({ playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: SERVER.url })
      expect((await signInByHttp(request, ADMIN)).status()).toBe(200)
      const { cookies } = await request.storageState()
      await request.dispose()
      await use(cookies)
    },
    { scope: 'worker' },
  ],

  signedIn: async ({ page, context, adminSession }, use) => {
    await context.addCookies(adminSession)
    await use(page)
  },
})

/** Until React has taken over what the server drew, what is typed may be lost: people are not as fast as specs. */
async function waitForHydration(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('a, button, input, select, textarea')].every((element) =>
      Object.keys(element).some((key) => key.startsWith('__reactProps')),
    ),
  )
}

/** Fills in the sign-in form and sends it; on any page, also one that was led there. */
export async function submitSignIn(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await expect(page.getByLabel('E-mail address')).toBeVisible()
  await waitForHydration(page)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Signs in and waits for the page behind it. */
export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in')
  await submitSignIn(page, person)
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
}

/** Holds the page against the accessibility rules in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveClass(new RegExp(`(^| )${colorScheme}( |$)`))
    const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        (node) => `${colorScheme}: ${id} (${help}) at ${node.target.join(' ')}: ${node.failureSummary}`,
      ),
    )
    expect(found, `Accessibility problems in ${colorScheme}.`).toEqual([])
  }
}

/** Fails when the page can be scrolled sideways, as it must not be on a phone. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  // A chart is drawn anew a frame after its column got narrower.
  await expect.poll(overflow, { message: 'The page is wider than the screen.' }).toBeLessThanOrEqual(0)
}
