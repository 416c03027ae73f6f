import path from 'node:path'
import type { Client, Setup } from '../cell'

const PROVIDERS = [
  { provider: 'openai', speaks: 'chat', base: '/api/v1' },
  { provider: 'anthropic', speaks: 'messages', base: '/api/v1' },
  { provider: 'gemini', speaks: 'gemini', base: '/api/v1beta' },
  { provider: 'openrouter', speaks: 'chat', base: '/api/v1' },
] as const

/** https://docs.continue.dev/reference */
const config = ({ model, key }: Setup, provider: string, apiBase: string) => `
name: Clients
version: 1.0.0
schema: v1
models:
  - name: Atlas
    provider: ${provider}
    model: ${model}
    apiKey: ${key}
    apiBase: ${apiBase}/
    roles: [chat]
    capabilities: [tool_use]
`

export const CONTINUE_CLI: readonly Client[] = PROVIDERS.map(({ provider, speaks, base }) => ({
  name: `@continuedev/cli: ${provider}`,
  speaks,
  packages: { '@continuedev/cli': '1.5.47' },
  start: (setup) => ({
    command: path.join(setup.install, 'node_modules/.bin/cn'),
    args: ['--print', '--auto', '--config', path.join(setup.home, 'config.yaml'), setup.prompt],
    env: {
      // Its Gemini adapter hands `apiBase` to embeddings only; the SDK below it reads this.
      GOOGLE_GEMINI_BASE_URL: `${setup.origin}/api`,
      CONTINUE_GLOBAL_DIR: path.join(setup.home, '.continue'),
      CONTINUE_METRICS_ENABLED: '0',
      CONTINUE_CLI_ENABLE_TELEMETRY: '0',
      CONTINUE_CLI_AUTO_UPDATED: 'true',
    },
    files: {
      'config.yaml': config(setup, provider, setup.origin + base),
      '.continue/.onboarding_complete': '2026-12-01T00:00:00.000Z',
    },
  }),
}))
