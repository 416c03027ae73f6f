import path from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { SERVER } from './server-under-test'

const root = path.resolve(import.meta.dirname, '..')

/** `api` needs no browser; `ui` is a desktop and `phone` a small touch screen, both in a real Chromium. */
export default defineConfig({
  testDir: '.',
  outputDir: path.join(root, 'test-results'),
  fullyParallel: false,
  // Settings are of the whole server, so specs take turns.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: { baseURL: SERVER.url, timezoneId: 'UTC', locale: 'en-US', trace: 'retain-on-failure' },
  projects: [
    { name: 'api', testMatch: 'api/**/*.spec.ts' },
    { name: 'browser', testMatch: 'ui/browser.setup.ts' },
    {
      name: 'ui',
      testMatch: 'ui/**/*.spec.ts',
      dependencies: ['browser'],
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
    },
    {
      name: 'phone',
      testMatch: 'ui/**/*.spec.ts',
      grep: /@phone/,
      dependencies: ['browser'],
      use: { ...devices['Pixel 7'] },
    },
  ],
  webServer: {
    // Every run starts on an empty data folder.
    command: `node -e "fs.rmSync(process.env.SIGHTGLASS_DATA_DIR, { recursive: true, force: true })" && npm start`,
    cwd: root,
    url: `${SERVER.url}/api/instance`,
    timeout: 300_000,
    // E2E_REUSE=1 with E2E_PORT tries specs on a server that already runs with the values below.
    reuseExistingServer: process.env.E2E_REUSE === '1',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'pipe',
    env: {
      PORT: String(SERVER.port),
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      SIGHTGLASS_DATA_DIR: SERVER.dataDir,
      SIGHTGLASS_ADMIN_EMAIL: SERVER.adminEmail,
      SIGHTGLASS_ADMIN_PASSWORD: SERVER.adminPassword,
      SIGHTGLASS_API_KEY: SERVER.apiKey,
      SIGHTGLASS_URL: '',
      SIGHTGLASS_ROLE: 'all',
      // Hanging providers are part of the specs, and nobody wants to wait for them.
      SIGHTGLASS_FIRST_TOKEN_TIMEOUT_MS: '2000',
      SIGHTGLASS_ANSWER_TIMEOUT_MS: '3000',
    },
  },
})
