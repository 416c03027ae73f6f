import { expect, test } from 'vitest'
import type { PresetConfig, PresetVersion } from '@/lib/presets/schema'
import { changeWords } from './change-words'

function version(config: PresetConfig, system_prompt: string | null = null): PresetVersion {
  const created_at = '2026-11-24T10:00:00.000Z'
  return {
    id: 'v',
    preset_id: 'p',
    version: 1,
    creator_id: 'ada',
    system_prompt,
    config,
    created_at,
    updated_at: created_at,
  }
}

test.each([
  ['First version', undefined, version({})],
  ['No difference', version({ seed: 1 }), version({ seed: 1 })],
  ['provider.order', version({}), version({ provider: { order: ['helios'] } })],
  ['system prompt, seed', version({}, 'Be brief.'), version({ seed: 1 }, 'Be long.')],
  ['seed, top_k, top_p, 1 more', version({}), version({ seed: 1, top_k: 1, top_p: 1, min_p: 0 })],
])('says "%s"', (words, before, after) => {
  expect(changeWords(before, after)).toBe(words)
})
