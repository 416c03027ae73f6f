import type { CsvTable } from '../../csv'
import type { FunnelAnswer } from './schema'

/** Columns of the funnel in exported tables, named as in the JSON answers. */
export const FUNNEL_FIELDS = [
  'requests',
  'offered',
  'used',
  'finishedByToolCall',
  'offeredShare',
  'usedShare',
  'finishedShare',
  'unknownRequests',
] as const

/** The funnel's buckets as a table for export. */
export function funnelTable({ points }: Pick<FunnelAnswer, 'points'>): CsvTable {
  return {
    header: ['start', ...FUNNEL_FIELDS],
    rows: points.map((point) => [point.start, ...FUNNEL_FIELDS.map((field) => point[field])]),
  }
}
