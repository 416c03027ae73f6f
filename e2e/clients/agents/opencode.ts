import path from 'node:path'
import type { Client } from '../cell'

/** The provider packages it bundles, and what each adds its paths to. */
const PROVIDERS = [
  { npm: '@ai-sdk/openai-compatible', speaks: 'chat', base: '/api/v1' },
  { npm: '@ai-sdk/openai', speaks: 'responses', base: '/api/v1' },
  { npm: '@ai-sdk/anthropic', speaks: 'messages', base: '/api/v1' },
  { npm: '@ai-sdk/google', speaks: 'gemini', base: '/api/v1beta' },
] as const

/** https://opencode.ai/docs/config and /docs/cli#environment-variables */
export const OPENCODE: readonly Client[] = PROVIDERS.map(({ npm, speaks, base }) => ({
  name: `opencode-ai + ${npm}`,
  speaks,
  packages: { 'opencode-ai': '1.18.33' },
  start: ({ install, origin, key, model, prompt }) => ({
    command: path.join(install, 'node_modules/.bin/opencode'),
    args: ['run', '--auto', '--model', `own/${model}`, prompt],
    env: {
      OPENCODE_CONFIG_CONTENT: JSON.stringify({
        share: 'disabled',
        autoupdate: false,
        provider: {
          own: {
            npm,
            options: { baseURL: origin + base, apiKey: key },
            models: {
              [model]: { name: 'Atlas', tool_call: true, limit: { context: 128_000, output: 8_000 } },
            },
          },
        },
      }),
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      OPENCODE_DISABLE_DEFAULT_PLUGINS: '1',
    },
  }),
}))
