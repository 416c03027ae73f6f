import type { DefinitionName } from '@/components/definitions/definitions'
import type { TurnPart } from '@/lib/charts/part-colors'

/** How the page speaks about the parts of a turn. */
export const PARTS = {
  system: { label: 'System prompt', definition: 'partSystem' },
  toolDefinitions: { label: 'Tool definitions', definition: 'partToolDefinitions' },
  mcpToolDefinitions: { label: 'MCP definitions', definition: 'partMcpToolDefinitions' },
  skills: { label: 'Skills', definition: 'partSkills' },
  toolResults: { label: 'Tool results', definition: 'partToolResults' },
  userText: { label: 'User', definition: 'partUserText' },
  assistantHistory: { label: 'History', definition: 'partAssistantHistory' },
  reasoning: { label: 'Reasoning', definition: 'partReasoning' },
  output: { label: 'Output', definition: 'partOutput' },
} as const satisfies Record<TurnPart, { label: string; definition: DefinitionName }>
