import path from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { SERVER, SERVERS, WORKERS } from './server-under-test'

const root = path.resolve(import.meta.dirname, '..')
/** What meets a browser may be tried twice in CI; the run's last lines list every test that needed it as flaky. */
const browserRetries = process.env.CI ? 1 : 0
const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } }

/**
 * `api` needs no browser; `ui` is a desktop and `phone` a small touch screen, both in a real Chromium; `timed` holds
 * the tests that measure time, which run last and alone.
 */
export default defineConfig({
  testDir: '.',
  outputDir: path.join(root, 'test-results'),
  // Settings are of a whole server, so the specs of one server take turns.
  fullyParallel: false,
  workers: WORKERS,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // No trace: recording one takes a fifth of the time. `--trace retain-on-failure` asks for it.
  use: { baseURL: SERVER.url, timezoneId: 'UTC', locale: 'en-US' },
  projects: [
    { name: 'api', testMatch: 'api/**/*.spec.ts', grepInvert: /@timed/ },
    { name: 'browser', testMatch: 'ui/browser.setup.ts' },
    {
      name: 'ui',
      testMatch: 'ui/**/*.spec.ts',
      grepInvert: /@timed/,
      dependencies: ['browser'],
      retries: browserRetries,
      use: desktop,
    },
    {
      name: 'phone',
      testMatch: 'ui/**/*.spec.ts',
      grep: /@phone/,
      dependencies: ['browser'],
      retries: browserRetries,
      use: { ...devices['Pixel 7'] },
    },
    {
      name: 'timed',
      testMatch: '{api,ui}/**/*.spec.ts',
      grep: /@timed/,
      dependencies: ['api', 'ui', 'phone'],
      workers: 1,
      use: desktop,
    },
  ],
  // Started one after the other: the first builds the dashboard, the second finds it built.
  webServer: SERVERS.map((server) => ({
    name: `Server ${server.port}`,
    // Every run starts on an empty data folder.
    command: `node -e "fs.rmSync(process.env.SIGHTGLASS_DATA_DIR, { recursive: true, force: true })" && npm start`,
    cwd: root,
    url: `${server.url}/api/instance`,
    // Ten times what a build takes on an idle machine.
    timeout: 600_000,
    reuseExistingServer: process.env.E2E_REUSE === '1',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'pipe',
    env: {
      PORT: String(server.port),
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      SIGHTGLASS_DATA_DIR: server.dataDir,
      SIGHTGLASS_ADMIN_EMAIL: server.adminEmail,
      SIGHTGLASS_ADMIN_PASSWORD: server.adminPassword,
      SIGHTGLASS_API_KEY: server.apiKey,
      SIGHTGLASS_URL: '',
      SIGHTGLASS_ROLE: 'all',
      // Hanging providers are part of the specs, and nobody wants to wait for them.
      SIGHTGLASS_SILENCE_TIMEOUT_MS: '2000',
      SIGHTGLASS_ANSWER_TIMEOUT_MS: '3000',
    },
  })),
})
