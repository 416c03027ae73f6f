import type { CsvTable } from '../../csv'
import { BAD_CALL_CLASSES } from '../bad-calls'
import type { ToolNamesAnswer } from './schema'

const COLUMNS = [
  'tool',
  'calls',
  'checkedCalls',
  'badCalls',
  'errorRate',
  'errorRateLow',
  'errorRateHigh',
] as const

/** The tools as a table for export, columns named as in the JSON answer, one column a class of bad calls. */
export function toolNamesTable({ rows }: Pick<ToolNamesAnswer, 'rows'>): CsvTable {
  return {
    header: [...COLUMNS, ...BAD_CALL_CLASSES],
    rows: rows.map((row) => [
      ...COLUMNS.map((column) => row[column]),
      ...BAD_CALL_CLASSES.map((name) => row.byClass[name]),
    ]),
  }
}
