import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { BROWSER_ARGUMENTS, ensureBrowser } from './browser'

/**
 * Takes the README's screenshots from a running demo:
 * `node --import tsx e2e/take-screenshots.ts http://127.0.0.1:3000 admin@sightglass.local PASSWORD [PART_OF_A_NAME]`
 */
const [url, email, password, onlyName = ''] = process.argv.slice(2)
if (!url || !email || !password) {
  console.error('Give the address of a running demo, the admin and the password.')
  process.exit(1)
}

const FOLDER = path.join(import.meta.dirname, '../public/screenshots')
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const PRESET = 'tool-runner'
/** Serves the preset's model well; the demo pins the preset to one that does not. */
const GOOD_PROVIDER = 'helios'
const MODEL = 'acme/atlas-120b'

type Shot = {
  name: string
  address: string
  theme: 'light' | 'dark'
  viewport: { width: number; height: number }
  /** What stands on the page once it is complete. */
  waitFor: string
}

await mkdir(FOLDER, { recursive: true })
const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: BROWSER_ARGUMENTS })
for (const shot of await listShots(browser)) if (shot.name.includes(onlyName)) await take(browser, shot)
await browser.close()

async function listShots(browser: Browser): Promise<Shot[]> {
  const { before, after } = await playStory(browser)
  const chart = '.recharts-surface'
  const badCall = await findBadToolCall(browser)
  const failing = await findFailingProvider(browser)
  return [
    desktop({ name: 'rankings-light', address: '/rankings?period=90d', theme: 'light', waitFor: chart }),
    phone({ name: 'rankings-phone', address: '/rankings?period=90d', theme: 'dark', waitFor: chart }),
    desktop({ name: 'overview-dark', address: '/?period=30d', theme: 'dark', waitFor: chart, height: 1120 }),
    phone({ name: 'overview-phone', address: '/?period=30d', theme: 'light', waitFor: chart }),
    desktop({
      name: 'models-light',
      address: '/models?period=30d',
      theme: 'light',
      waitFor: 'text=atlas-120b',
    }),
    phone({ name: 'models-phone', address: '/models?period=30d', theme: 'dark', waitFor: 'text=atlas' }),
    desktop({
      name: 'model-dark',
      address: `/models/${MODEL}?period=30d`,
      theme: 'dark',
      waitFor: chart,
      height: 1300,
    }),
    phone({ name: 'model-phone', address: `/models/${MODEL}?period=30d`, theme: 'light', waitFor: chart }),
    desktop({
      name: 'providers-dark',
      address: '/providers?period=24h',
      theme: 'dark',
      waitFor: 'text=helios',
      height: 1120,
    }),
    phone({
      name: 'providers-phone',
      address: '/providers?period=24h',
      theme: 'light',
      waitFor: 'text=Live',
    }),
    desktop({
      name: 'provider-light',
      address: `/providers/${failing}?period=7d`,
      theme: 'light',
      waitFor: chart,
      height: 1300,
    }),
    phone({
      name: 'provider-phone',
      address: `/providers/${failing}?period=7d`,
      theme: 'dark',
      waitFor: chart,
    }),
    desktop({
      name: 'agents-light',
      address: '/agents?period=90d',
      theme: 'light',
      waitFor: chart,
      height: 1300,
    }),
    phone({ name: 'agents-phone', address: '/agents?period=90d', theme: 'dark', waitFor: chart }),
    desktop({
      name: 'tools-light',
      address: `/tools?period=30d&model=${MODEL}`,
      theme: 'light',
      waitFor: chart,
      height: 1300,
    }),
    phone({ name: 'tools-phone', address: '/tools?period=30d', theme: 'dark', waitFor: chart }),
    desktop({
      name: 'use-cases-light',
      address: '/use-cases?period=30d&useCase=coding',
      theme: 'light',
      waitFor: chart,
      height: 1120,
    }),
    phone({ name: 'use-cases-phone', address: '/use-cases?period=30d', theme: 'dark', waitFor: chart }),
    desktop({ name: 'logs-dark', address: '/logs?period=24h', theme: 'dark', waitFor: 'table' }),
    phone({
      name: 'logs-phone',
      address: '/logs?period=24h',
      theme: 'light',
      waitFor: 'main li, main table',
    }),
    desktop({
      name: 'request-light',
      address: `/logs/${badCall}`,
      theme: 'light',
      waitFor: 'text=/why is this/i',
      height: 1120,
    }),
    phone({
      name: 'request-phone',
      address: `/logs/${badCall}`,
      theme: 'dark',
      waitFor: 'text=/why is this/i',
    }),
    desktop({
      name: 'preset-light',
      address: `/presets/${PRESET}`,
      theme: 'light',
      waitFor: 'text=/1 of 1|only endpoint/',
      height: 1180,
    }),
    phone({
      name: 'preset-phone',
      address: `/presets/${PRESET}`,
      theme: 'light',
      waitFor: 'text=/1 of 1|only endpoint/',
    }),
    desktop({ name: 'trial-dark', address: `/trials/${before}`, theme: 'dark', waitFor: 'text=Every call' }),
    desktop({
      name: 'trials-light',
      address: `/trials?compare=${before},${after}`,
      theme: 'light',
      waitFor: 'text=Errors',
      height: 1080,
    }),
    phone({ name: 'trial-phone', address: `/trials/${before}`, theme: 'dark', waitFor: 'text=Every call' }),
    desktop({ name: 'connections-light', address: '/settings', theme: 'light', waitFor: 'text=Providers' }),
  ]
}

function desktop({ height = 900, ...shot }: Omit<Shot, 'viewport'> & { height?: number }): Shot {
  return { ...shot, viewport: { width: 1440, height } }
}

function phone(shot: Omit<Shot, 'viewport'>): Shot {
  return { ...shot, viewport: PHONE }
}

/** The newest request of the model in which a provider broke a tool call. */
async function findBadToolCall(browser: Browser): Promise<string> {
  const page = await openSignedIn(browser, { theme: 'light', viewport: DESKTOP })
  const { rows } = await callApi(page, 'GET', `/api/logs?period=24h&model=${MODEL}&verdict=bad&limit=1`)
  await page.close()
  if (rows.length === 0) throw new Error(`No tool call of ${MODEL} went wrong today; try later.`)
  return rows[0].ref
}

/** The provider with the most errors in the last hour, as the live chart shows it. */
async function findFailingProvider(browser: Browser): Promise<string> {
  const page = await openSignedIn(browser, { theme: 'light', viewport: DESKTOP })
  const [from, to] = [Date.now() - 3_600_000, Date.now()].map((timeMs) => new Date(timeMs).toISOString())
  const { rows } = await callApi(page, 'GET', `/api/providers?from=${from}&to=${to}`)
  await page.close()
  type Row = { provider: string; attempts: number; ok: number }
  return rows.sort((a: Row, b: Row) => b.attempts - b.ok - (a.attempts - a.ok))[0].provider
}

/** A trial on the preset as the demo left it, one after an edit to the good provider, and the edit undone. */
async function playStory(browser: Browser): Promise<{ before: string; after: string }> {
  const page = await openSignedIn(browser, { theme: 'light', viewport: DESKTOP })
  const { data: preset } = await callApi(page, 'GET', `/api/v1/presets/${PRESET}`)
  const { config } = preset.designated_version
  const before = await runTrial(page)
  const provider = { ...config.provider, only: [GOOD_PROVIDER] }
  await callApi(page, 'PATCH', `/api/v1/presets/${PRESET}`, { config: { ...config, provider } })
  const after = await runTrial(page)
  await callApi(page, 'PATCH', `/api/v1/presets/${PRESET}`, { config })
  await page.close()
  return { before, after }
}

async function runTrial(page: Page): Promise<string> {
  const { data: trial } = await callApi(page, 'POST', '/api/v1/trials', { preset: PRESET, seconds: 60 })
  for (;;) {
    const { data } = await callApi(page, 'GET', `/api/v1/trials/${trial.id}`)
    if (data.status !== 'running') return trial.id
    await page.waitForTimeout(500)
  }
}

/** Calls the server as the page does, with its session. */
async function callApi(page: Page, method: string, address: string, body?: unknown) {
  return await page.evaluate(
    async ([method, address, body]) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(address, { method, headers, body: body ?? null })
      if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${await answer.text()}`)
      return await answer.json()
    },
    [method, address, body === undefined ? undefined : JSON.stringify(body)] as const,
  )
}

async function openSignedIn(
  browser: Browser,
  { theme, viewport }: Pick<Shot, 'theme' | 'viewport'>,
): Promise<Page> {
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
  return page
}

async function take(browser: Browser, { name, address, theme, viewport, waitFor }: Shot): Promise<void> {
  const page = await openSignedIn(browser, { theme, viewport })
  await page.goto(`${url}${address}`)
  await page.locator(waitFor).first().waitFor()
  // The page holds a stream open, so the network never rests.
  await page.waitForTimeout(2500)
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) })
  await page.close()
}
