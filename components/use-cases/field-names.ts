import type { UseCaseField } from '@/lib/records/use-case'

/** The parts of a request as people call them. */
export const FIELD_NAMES = {
  app: 'App',
  tool: 'Tool',
  systemPrompt: 'System prompt',
} as const satisfies Record<UseCaseField, string>
