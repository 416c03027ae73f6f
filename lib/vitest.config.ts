import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = path.resolve(import.meta.dirname, '..')

/** Pure tests share their modules: loading them anew for each file would take most of the time. */
const unit = {
  include: ['{lib,app,components}/**/*.test.{ts,tsx}'],
  exclude: ['**/*.server.test.ts'],
  isolate: false,
  // Properties run hundreds of cases; a busy machine is no failure.
  testTimeout: 20_000,
}

/** `unit` and `unit-far-zone` are the pure tests in two time zones; `server` has a real Postgres. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { ...unit, name: 'unit', env: { TZ: 'UTC' } } },
      { extends: true, test: { ...unit, name: 'unit-far-zone', env: { TZ: 'Pacific/Auckland' } } },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['{lib,app}/**/*.server.test.ts'],
          globalSetup: ['lib/testing/postgres.global.server.ts'],
          setupFiles: ['lib/testing/own-database.setup.server.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // What a test waits for comes in its own time; the test's own limit is the one that counts.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
})
