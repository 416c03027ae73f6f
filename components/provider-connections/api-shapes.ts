import type { ApiShape } from '@/lib/catalog/schema'

/** The wire shapes in words. */
export const API_SHAPE_LABELS = { openai: 'OpenAI', anthropic: 'Anthropic' } as const satisfies Record<
  ApiShape,
  string
>
