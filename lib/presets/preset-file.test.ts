import { expect, test } from 'vitest'
import { presetFile, readPresetFile } from './preset-file'
import type { Preset } from './schema'

const preset: Preset = {
  id: 'p',
  slug: 'tool-runner',
  name: 'Tool runner',
  description: null,
  status: 'active',
  creator_user_id: 'ada@example.com',
  workspace_id: 'w',
  designated_version_id: 'v',
  created_at: '2026-11-24T10:00:00.000Z',
  updated_at: '2026-11-24T10:00:00.000Z',
  status_updated_at: null,
  designated_version: {
    id: 'v',
    preset_id: 'p',
    version: 3,
    creator_id: 'ada@example.com',
    system_prompt: 'Be brief.',
    config: { models: ['acme/atlas-120b'], provider: { order: ['helios'] } },
    created_at: '2026-11-24T10:00:00.000Z',
    updated_at: '2026-11-24T10:00:00.000Z',
  },
}
const source = {
  slug: 'tool-runner',
  name: 'Tool runner',
  description: null,
  system_prompt: 'Be brief.',
  config: preset.designated_version.config,
}

test('a written file is read back', () => {
  const { name, text } = presetFile(preset)
  expect(name).toBe('tool-runner.json')
  expect(readPresetFile(text)).toEqual({ ok: true, source })
})

test.each([
  ['the API’s answer', { data: preset }],
  ['a preset of it', preset],
])('%s is read too', (_what, value) => {
  expect(readPresetFile(JSON.stringify(value))).toEqual({ ok: true, source })
})

test.each([
  ['{"slug": }', '', 'line 1, column 10'],
  ['[]', '', ''],
  ['{"slug": "x", "config": {"temperature": "hot"}}', 'config.temperature', '0 to 2'],
  ['{"name": "x"}', 'slug', 'slug'],
])('%s is refused at the field "%s"', (text, path, words) => {
  expect(readPresetFile(text)).toMatchObject({
    ok: false,
    errors: [{ path, message: expect.stringContaining(words) }],
  })
})
