import path from 'node:path'
import type { Client } from '../cell'

const PROVIDERS = [
  { auth: 'openai', speaks: 'chat', variables: 'OPENAI', url: 'OPENAI_BASE_URL', base: '/api/v1' },
  { auth: 'anthropic', speaks: 'messages', variables: 'ANTHROPIC', url: 'ANTHROPIC_BASE_URL', base: '/api' },
  { auth: 'gemini', speaks: 'gemini', variables: 'GEMINI', url: 'GOOGLE_GEMINI_BASE_URL', base: '/api' },
] as const

const SETTINGS = {
  general: { enableAutoUpdate: false, disableAutoUpdate: true },
  privacy: { usageStatisticsEnabled: false },
  telemetry: { enabled: false },
}

/** https://qwenlm.github.io/qwen-code-docs/en/users/configuration/settings */
export const QWEN_CODE: readonly Client[] = PROVIDERS.map(({ auth, speaks, variables, url, base }) => ({
  name: `@qwen-code/qwen-code: ${auth}`,
  speaks,
  packages: { '@qwen-code/qwen-code': '0.15.10' },
  start: ({ install, origin, key, model, prompt }) => ({
    command: path.join(install, 'node_modules/.bin/qwen'),
    args: ['--auth-type', auth, '--model', model, '--yolo', '--prompt', prompt],
    env: {
      [`${variables}_API_KEY`]: key,
      [url]: origin + base,
      [`${variables}_MODEL`]: model,
      // It sends everything to a proxy that is set, whatever NO_PROXY says.
      HTTP_PROXY: '',
      HTTPS_PROXY: '',
    },
    files: { '.qwen/settings.json': JSON.stringify(SETTINGS) },
  }),
}))
