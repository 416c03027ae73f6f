import type { ApiShape } from '@/lib/records/vocabulary'

/** The wire shapes in words. */
export const API_SHAPE_LABELS = { openai: 'OpenAI', anthropic: 'Anthropic' } as const satisfies Record<
  ApiShape,
  string
>
