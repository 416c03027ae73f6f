import { ATTEMPT_COLUMNS, attemptFields } from '../attempt-columns'
import type { CsvTable } from '../csv'
import type { ProviderSeriesAnswer, ProvidersAnswer } from './schema'

/** The rows of the providers as a table for export, columns named as in the JSON answer. */
export function providersTable({ rows }: Pick<ProvidersAnswer, 'rows'>): CsvTable {
  return {
    header: ['provider', 'name', 'endpoints', 'status', ...ATTEMPT_COLUMNS],
    rows: rows.map((row) => [row.provider, row.name, row.endpoints, row.status, ...attemptFields(row)]),
  }
}

const PERCENTILES = [
  'latencyMsP75',
  'latencyMsP90',
  'latencyMsP99',
  'tokensPerSecondP90',
  'tokensPerSecondP99',
] as const

/** The points of a provider as a table for export, columns named as in the JSON answer. */
export function providerSeriesTable({ points }: Pick<ProviderSeriesAnswer, 'points'>): CsvTable {
  return {
    header: ['start', ...ATTEMPT_COLUMNS, ...PERCENTILES],
    rows: points.map((point) => [
      point.start,
      ...attemptFields(point),
      ...PERCENTILES.map((name) => point[name]),
    ]),
  }
}
