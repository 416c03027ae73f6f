import type { PromptPart } from '../records/vocabulary'

/** What an average turn is made of: the parts of its prompt, then those of its completion, in the order of the bar. */
export const TURN_PARTS = [
  'system',
  'toolDefinitions',
  'mcpToolDefinitions',
  'skills',
  'toolResults',
  'userText',
  'assistantHistory',
  'reasoning',
  'output',
] as const satisfies readonly (PromptPart | 'reasoning' | 'output')[]
export type TurnPart = (typeof TURN_PARTS)[number]

/** The colour of each part, the same wherever a turn is taken apart: instructions cool, what comes back from tools warm. */
export const PART_COLORS = {
  system: 'var(--chart-11)',
  toolDefinitions: 'var(--chart-2)',
  mcpToolDefinitions: 'var(--chart-7)',
  skills: 'var(--chart-14)',
  toolResults: 'var(--chart-8)',
  userText: 'var(--chart-9)',
  assistantHistory: 'var(--chart-13)',
  reasoning: 'var(--chart-10)',
  output: 'var(--chart-5)',
} as const satisfies Record<TurnPart, string>
