import type { CsvTable } from '../csv'
import type { UsageAnswer } from './schema'

const COLUMNS = ['start', 'requests', 'promptTokens', 'completionTokens', 'totalTokens', 'costUsd'] as const

/** All points of all series as one long table for export, columns named as in the JSON answer. */
export function usageTable({ series }: UsageAnswer): CsvTable {
  return {
    header: ['key', ...COLUMNS],
    rows: series.flatMap(({ key, points }) =>
      points.map((point) => [key, ...COLUMNS.map((column) => point[column])]),
    ),
  }
}
