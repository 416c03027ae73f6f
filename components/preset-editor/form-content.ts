import type { CheckedDraft } from '@/lib/presets/draft/draft-to-body'
import type { PresetContent } from '@/lib/presets/merge-preset'

/** What a version made of the form would hold; null while something in it is wrong. */
export function formContent(checked: CheckedDraft): PresetContent | null {
  if (!checked.ok) return null
  return { systemPrompt: checked.body.system_prompt ?? null, config: checked.body.config ?? {} }
}
