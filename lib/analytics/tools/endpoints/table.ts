import type { CsvTable } from '../../csv'
import { CALL_QUALITY_COLUMNS, callQualityFields } from '../call-quality-table'
import type { ToolEndpointsAnswer } from './schema'

/** The endpoints as a table for export, columns named as in the JSON answer. */
export function toolEndpointsTable({ rows }: Pick<ToolEndpointsAnswer, 'rows'>): CsvTable {
  return {
    header: ['model', 'provider', 'providerName', ...CALL_QUALITY_COLUMNS],
    rows: rows.map((row) => [row.model, row.provider, row.providerName, ...callQualityFields(row)]),
  }
}
