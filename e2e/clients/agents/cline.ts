import path from 'node:path'
import type { Client } from '../cell'

const PROVIDERS = [
  { id: 'openai-compatible', speaks: 'chat', base: '/api/v1' },
  { id: 'openai-native', speaks: 'responses', base: '/api/v1' },
  { id: 'anthropic', speaks: 'messages', base: '/api/v1' },
  { id: 'gemini', speaks: 'gemini', base: '/api' },
  { id: 'openrouter', speaks: 'chat', base: '/api/v1' },
] as const

/** The package's README: `cline auth` writes this file. */
export const CLINE: readonly Client[] = PROVIDERS.map(({ id, speaks, base }) => ({
  name: `cline: ${id}`,
  speaks,
  packages: { cline: '3.0.65' },
  start: ({ install, home, origin, key, model, prompt }) => ({
    command: path.join(install, 'node_modules/.bin/cline'),
    args: [
      '--data-dir',
      path.join(home, 'cline'),
      '--provider',
      id,
      '--model',
      model,
      '--auto-approve',
      'true',
      prompt,
    ],
    files: {
      'cline/settings/global-settings.json': JSON.stringify({
        telemetryOptOut: true,
        autoUpdateEnabled: false,
        // With Google's own search it offers none of its tools to a model that is not called gemini-2 or later.
        tools: { web_search: { enabled: speaks !== 'gemini' } },
      }),
      'cline/settings/providers.json': JSON.stringify({
        version: 1,
        lastUsedProvider: id,
        modes: {},
        providers: {
          [id]: {
            settings: { provider: id, apiKey: key, model, baseUrl: origin + base },
            updatedAt: '2026-12-01T00:00:00.000Z',
            tokenSource: 'manual',
          },
        },
      }),
    },
  }),
}))
