import path from 'node:path'
import type { Client } from '../cell'

const APIS = [
  { api: 'openai-completions', speaks: 'chat', base: '/api/v1' },
  { api: 'openai-responses', speaks: 'responses', base: '/api/v1' },
  { api: 'anthropic-messages', speaks: 'messages', base: '/api' },
  { api: 'google-generative-ai', speaks: 'gemini', base: '/api/v1beta' },
] as const

/** docs/models.md of the package. */
export const PI: readonly Client[] = APIS.map(({ api, speaks, base }) => ({
  name: `@mariozechner/pi-coding-agent: ${api}`,
  speaks,
  packages: { '@mariozechner/pi-coding-agent': '0.73.1' },
  start: ({ install, home, origin, key, model, prompt }) => ({
    command: path.join(install, 'node_modules/.bin/pi'),
    args: ['--print', '--offline', '--no-session', '--provider', 'own', '--model', model, prompt],
    env: { PI_CODING_AGENT_DIR: path.join(home, '.pi/agent'), PI_TELEMETRY: '0' },
    files: {
      '.pi/agent/models.json': JSON.stringify({
        providers: {
          own: {
            baseUrl: origin + base,
            api,
            apiKey: key,
            models: [
              {
                id: model,
                name: 'Atlas',
                reasoning: true,
                input: ['text'],
                contextWindow: 128_000,
                maxTokens: 8_000,
                cost: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0 },
              },
            ],
          },
        },
      }),
    },
  }),
}))
