import { diffVersions } from '@/lib/presets/diff-versions'
import type { PresetContent } from '@/lib/presets/merge-preset'
import type { PresetVersion } from '@/lib/presets/schema'

const NAMED_FIELDS = 3

/** What a version changed, in a few words: "provider.order, temperature, 2 more". */
export function changeWords(before: PresetVersion | undefined, after: PresetVersion): string {
  if (before === undefined) return 'First version'
  const { fields, systemPrompt } = diffVersions({ before: contentOf(before), after: contentOf(after) })
  const names = [...(systemPrompt === null ? [] : ['system prompt']), ...fields.map(({ path }) => path)]
  if (names.length === 0) return 'No difference'
  const hidden = names.length - NAMED_FIELDS
  return [...names.slice(0, NAMED_FIELDS), ...(hidden > 0 ? [`${hidden} more`] : [])].join(', ')
}

export function contentOf(version: PresetVersion): PresetContent {
  return { systemPrompt: version.system_prompt, config: version.config }
}
