import { expect, test } from 'vitest'
import type { Preset, PresetConfig } from '@/lib/presets/schema'
import { filterPresets } from './filter-presets'

function preset(slug: string, config: PresetConfig = {}, status: Preset['status'] = 'active'): Preset {
  const at = '2026-11-24T10:00:00.000Z'
  const version = { id: 'v', preset_id: slug, version: 1, creator_id: 'ada', system_prompt: null, config }
  return {
    ...{ id: slug, slug, name: `The ${slug}`, description: null, status, creator_user_id: 'ada' },
    ...{
      workspace_id: 'w',
      designated_version_id: 'v',
      created_at: at,
      updated_at: at,
      status_updated_at: null,
    },
    designated_version: { ...version, created_at: at, updated_at: at },
  }
}

const presets = [
  preset('runner', { models: ['acme/atlas-120b'], provider: { order: ['helios'] } }),
  preset('writer', { provider: { ignore: ['helios'] } }),
  preset('old', {}, 'archived'),
]

test.each([
  ['', false, ['runner', 'writer']],
  ['', true, ['runner', 'writer', 'old']],
  ['HELIOS', false, ['runner', 'writer']],
  ['the atlas', false, ['runner']],
  ['old', false, []],
  ['nothing', true, []],
])('"%s" (archived: %s) finds %j', (search, withArchived, slugs) => {
  expect(filterPresets({ presets, search, withArchived }).map(({ slug }) => slug)).toEqual(slugs)
})
