import type { CsvTable } from '../../csv'
import type { ToolModelsAnswer } from './schema'

const COLUMNS = [
  'rank',
  'key',
  'toolCalls',
  'requestsWithCalls',
  'callsPerRequest',
  'share',
  'previousToolCalls',
  'change',
  'previousRank',
] as const

/** The ranking as a table for export, columns named as in the JSON answer. */
export function toolModelsTable({ rows }: Pick<ToolModelsAnswer, 'rows'>): CsvTable {
  return { header: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) }
}
