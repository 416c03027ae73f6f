import { CALLER_KINDS } from '../../../records/vocabulary'
import type { CsvTable } from '../../csv'
import type { ShareAnswer } from './schema'

/** The points as a table for export: a row for each bucket that had requests. */
export function shareTable({ points }: ShareAnswer): CsvTable {
  const columns = CALLER_KINDS.flatMap((kind) => [`${kind}Requests`, `${kind}TotalTokens`])
  return {
    header: ['start', ...columns],
    rows: points.map((point) => [
      point.start,
      ...CALLER_KINDS.flatMap((kind) => [point[kind].requests, point[kind].totalTokens]),
    ]),
  }
}
