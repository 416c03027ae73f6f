import type { ApiShape } from '@/lib/records/vocabulary'

/** The wire shapes in words. */
export const API_SHAPE_LABELS = {
  'openai-chat': 'OpenAI chat completions',
  'anthropic-messages': 'Anthropic messages',
} as const satisfies Record<ApiShape, string>
