import type { TokenPart } from '@/lib/charts/prepare-token-parts'

/** Name and colour of every piece that tokens are made of; a colour belongs to its piece on every request. */
export const TOKEN_PART_LOOKS = {
  system: { label: 'System prompt', color: 'var(--chart-2)' },
  toolDefinitions: { label: 'Tool definitions', color: 'var(--chart-1)' },
  mcpToolDefinitions: { label: 'MCP tool definitions', color: 'var(--chart-13)' },
  skills: { label: 'Skills', color: 'var(--chart-6)' },
  toolResults: { label: 'Tool results', color: 'var(--chart-7)' },
  userText: { label: 'User’s words', color: 'var(--chart-3)' },
  assistantHistory: { label: 'Earlier answers', color: 'var(--chart-11)' },
  prompt: { label: 'Prompt', color: 'var(--chart-1)' },
  cachedPrompt: { label: 'Prompt, from the cache', color: 'var(--chart-13)' },
  newPrompt: { label: 'Prompt, new', color: 'var(--chart-1)' },
  reasoning: { label: 'Reasoning', color: 'var(--chart-14)' },
  answer: { label: 'Answer', color: 'var(--chart-5)' },
} as const satisfies Record<TokenPart, { label: string; color: string }>
