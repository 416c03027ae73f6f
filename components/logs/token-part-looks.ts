import { PARTS } from '@/components/agents/turn-parts'
import type { DefinitionName } from '@/components/definitions/definitions'
import { PART_COLORS } from '@/lib/charts/part-colors'
import type { TokenPart } from '@/lib/charts/prepare-token-parts'

export type TokenPartLook = { label: string; color: string; definition: DefinitionName | null }

/** Name and colour of every piece that tokens are made of, as on the Agents page. */
export function tokenPartLook(part: TokenPart): TokenPartLook {
  switch (part) {
    case 'prompt':
    case 'newPrompt':
      return { ...WHOLE_PROMPT, label: part === 'prompt' ? 'Prompt' : 'Prompt, new' }
    case 'cachedPrompt':
      return { ...WHOLE_PROMPT, label: 'Prompt, from the cache', color: 'var(--chart-other)' }
    default:
      return { ...PARTS[part], color: PART_COLORS[part] }
  }
}

const WHOLE_PROMPT = { color: 'var(--chart-1)', definition: null }
