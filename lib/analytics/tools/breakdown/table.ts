import type { CsvTable } from '../../csv'
import { FUNNEL_FIELDS } from '../funnel/table'
import type { BreakdownAnswer } from './schema'

/** The breakdown's rows as a table for export, columns named as in the JSON answer. */
export function breakdownTable({ rows }: Pick<BreakdownAnswer, 'rows'>): CsvTable {
  return {
    header: ['key', 'label', ...FUNNEL_FIELDS],
    rows: rows.map((row) => [row.key, row.label, ...FUNNEL_FIELDS.map((field) => row[field])]),
  }
}
