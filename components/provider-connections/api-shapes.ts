import type { ApiShape } from '@/lib/records/vocabulary'

/** The wire shapes in words. */
export const API_SHAPE_LABELS = {
  'openai-chat': 'OpenAI chat',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic',
  gemini: 'Gemini',
} as const satisfies Record<ApiShape, string>

/** Where a provider of each shape is asked, below its base URL. */
export const API_SHAPE_PATHS = {
  'openai-chat': '/chat/completions',
  'openai-responses': '/responses',
  'anthropic-messages': '/v1/messages',
  gemini: '/v1beta/models/…:generateContent',
} as const satisfies Record<ApiShape, string>
