import type { CsvTable } from '../csv'
import type { UseCasesAnswer } from './schema'

const COLUMNS = [
  'rank',
  'key',
  'label',
  'totalTokens',
  'promptTokens',
  'completionTokens',
  'requests',
  'share',
  'previousTotalTokens',
  'change',
  'agenticTokens',
  'agenticShare',
  'costUsd',
] as const

/** The rows as a table for export, columns named as in the JSON answer. */
export function toUseCasesTable({ rows }: UseCasesAnswer): CsvTable {
  return { header: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) }
}
