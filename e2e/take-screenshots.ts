import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { BROWSER_ARGUMENTS, ensureBrowser } from './browser'

/**
 * Takes the README's screenshots from a running demo:
 * `node --import tsx e2e/take-screenshots.ts http://127.0.0.1:3000 admin@sightglass.local PASSWORD`
 */
const [url, email, password] = process.argv.slice(2)
if (!url || !email || !password) {
  console.error('Give the address of a running demo, the admin and the password.')
  process.exit(1)
}

const FOLDER = path.join(import.meta.dirname, '../public/screenshots')
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

const SHOTS = [
  { name: 'rankings-light', page: '/rankings?period=90d', theme: 'light', viewport: DESKTOP },
  { name: 'rankings-phone', page: '/rankings?period=90d', theme: 'dark', viewport: PHONE },
  { name: 'overview-dark', page: '/?period=30d', theme: 'dark', viewport: { width: 1440, height: 1120 } },
] as const

await mkdir(FOLDER, { recursive: true })
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: BROWSER_ARGUMENTS })
for (const shot of SHOTS) await take(browser, shot)
await browser.close()

async function take(
  browser: Browser,
  { name, page: address, theme, viewport }: (typeof SHOTS)[number],
): Promise<void> {
  const page = await browser.newPage({
    viewport,
    colorScheme: theme,
    deviceScaleFactor: viewport === PHONE ? 2 : 1,
  })
  await page.goto(`${url}/sign-in`)
  await page.getByLabel(/e-?mail/i).fill(email ?? '')
  await page.getByLabel(/password/i).fill(password ?? '')
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL((current) => !current.pathname.startsWith('/sign-in'))
  await page.goto(`${url}${address}`)
  await page.locator('.recharts-surface').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) })
  await page.close()
}
