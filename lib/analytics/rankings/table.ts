import type { CsvTable } from '../csv'
import type { RankingsAnswer } from './schema'

const COLUMNS = [
  'rank',
  'key',
  'label',
  'totalTokens',
  'promptTokens',
  'completionTokens',
  'requests',
  'share',
  'previousTotalTokens',
  'change',
  'previousRank',
] as const

/** The rows of a ranking as a table for export, columns named as in the JSON answer. */
export function rankingsTable({ rows }: RankingsAnswer): CsvTable {
  return { header: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) }
}
