import type { CsvTable } from '../../csv'
import { CALL_QUALITY_COLUMNS, callQualityFields } from '../call-quality-table'
import type { ToolProvidersAnswer } from './schema'

/** The providers of one model as a table for export, columns named as in the JSON answer. */
export function toolProvidersTable({ model, rows }: Pick<ToolProvidersAnswer, 'model' | 'rows'>): CsvTable {
  return {
    header: ['model', 'provider', 'providerName', ...CALL_QUALITY_COLUMNS],
    rows: rows.map((row) => [model, row.provider, row.providerName, ...callQualityFields(row)]),
  }
}
