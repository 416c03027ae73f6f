import { PROMPT_PARTS } from '../../../records/vocabulary'
import type { CsvTable } from '../../csv'
import type { AnatomyAnswer, AnatomyOfKind } from './schema'

const COLUMNS = [
  'requests',
  'tokensKnown',
  'averageTokens',
  'averagePromptTokens',
  'averageCompletionTokens',
  'partsKnown',
  'reasoningTokens',
  'outputTokens',
  'cachedShare',
] as const satisfies readonly (keyof AnatomyOfKind)[]

/** The average request of each kind as a table for export: a row a kind, a column a part. */
export function anatomyTable(answer: AnatomyAnswer): CsvTable {
  const row = (kind: 'agentic' | 'human') => [
    kind,
    ...COLUMNS.map((column) => answer[kind][column]),
    ...PROMPT_PARTS.map((part) => answer[kind].parts?.[part] ?? null),
  ]
  return { header: ['callerKind', ...COLUMNS, ...PROMPT_PARTS], rows: [row('agentic'), row('human')] }
}
