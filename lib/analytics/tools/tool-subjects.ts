import type { RankingSubject } from '../subjects'

/** Whose requests the tool funnel can be taken of. */
export const TOOL_SUBJECTS = [
  'model',
  'author',
  'provider',
  'app',
] as const satisfies readonly RankingSubject[]
export type ToolSubject = (typeof TOOL_SUBJECTS)[number]
