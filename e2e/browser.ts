import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium } from '@playwright/test'

const KNOWN_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const DOWNLOAD_MS = 300_000
const INSTALL_MS = 900_000

/** As root Chromium refuses its own sandbox; the rest keeps it from calling home during tests. */
export const BROWSER_ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** Path of a Chromium that is already here, or null: $CHROME, where systems put it, or Playwright's own. */
export function findBrowser(): string | null {
  const given = process.env.CHROME
  const candidates = [...(given ? [given] : []), ...KNOWN_PATHS, chromium.executablePath()]
  return candidates.find((candidate) => candidate !== '' && existsSync(candidate)) ?? null
}

/**
 * Path of a Chromium that starts. Gets one when there is none: Playwright's download, else Debian's package when we are
 * root. Throws an Error that says how to help when neither works.
 */
export async function ensureBrowser(): Promise<string> {
  const attempts = [findBrowser, downloadBrowser, installPackage]
  const reasons: string[] = []
  for (const attempt of attempts) {
    try {
      const executablePath = attempt()
      if (executablePath === null) continue
      await launchOnce(executablePath)
      return executablePath
    } catch (error) {
      reasons.push(`${attempt.name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
    }
  }
  throw new Error(
    `There is no browser for the UI tests. Install Chromium or set CHROME to its path. ${reasons.join('; ')}`,
  )
}

async function launchOnce(executablePath: string): Promise<void> {
  const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS })
  await browser.close()
}

function downloadBrowser(): string | null {
  const playwright = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@playwright/test')),
    'cli.js',
  )
  run({ command: process.execPath, args: [playwright, 'install', 'chromium'], timeoutMs: DOWNLOAD_MS })
  return findBrowser()
}

function installPackage(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  run({ command: 'apt-get', args: ['update'], timeoutMs: INSTALL_MS })
  const args = ['install', '--yes', '--no-install-recommends', 'chromium']
  run({ command: 'apt-get', args, timeoutMs: INSTALL_MS })
  return findBrowser()
}

function run({ command, args, timeoutMs }: { command: string; args: string[]; timeoutMs: number }): void {
  execFileSync(command, args, {
    timeout: timeoutMs,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      DEBIAN_FRONTEND: 'noninteractive',
      PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
    },
  })
}
