import { ATTEMPT_COLUMNS, attemptFields } from '../attempt-columns'
import type { CsvTable } from '../csv'
import type { EndpointsWindowAnswer } from './schema'

const MORE = ['cacheHitRate', 'effectiveUsdPerMTok', 'toolUseRate', 'toolsOffered'] as const

/** The endpoints as a table for export, columns named as in the JSON answer. */
export function endpointsWindowTable({ rows }: Pick<EndpointsWindowAnswer, 'rows'>): CsvTable {
  return {
    header: ['model', 'provider', 'providerName', 'status', ...ATTEMPT_COLUMNS, ...MORE],
    rows: rows.map((row) => [
      row.model,
      row.provider,
      row.providerName,
      row.status,
      ...attemptFields(row),
      ...MORE.map((name) => row[name]),
    ]),
  }
}
