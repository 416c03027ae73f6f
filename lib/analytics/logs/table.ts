import type { CsvTable } from '../csv'
import type { LogRow } from './schema'

const COLUMNS = [
  'startedAt',
  'ref',
  'model',
  'provider',
  'attempts',
  'errorClass',
  'httpStatus',
  'callerKind',
  'operation',
  'promptTokens',
  'cachedTokens',
  'completionTokens',
  'reasoningTokens',
  'costUsd',
  'latencyMs',
  'durationMs',
  'totalMs',
  'tokensPerSecond',
  'finishReason',
  'toolsOffered',
  'toolCalls',
  'badToolCalls',
  'app',
  'key',
  'preset',
  'presetVersion',
  'useCase',
  'sessionId',
  'stream',
] as const satisfies readonly (keyof LogRow)[]

/** Requests as a table for export, columns named as in the JSON answer, and what went wrong before in one column. */
export function logsTable(rows: readonly LogRow[]): CsvTable {
  return {
    header: [...COLUMNS, 'earlierAttempts'],
    rows: rows.map((row) => [
      ...COLUMNS.map((column) => {
        const value = row[column]
        return typeof value === 'boolean' ? String(value) : value
      }),
      row.earlierAttempts
        .map(({ provider, errorClass }) => `${provider ?? 'unknown'}: ${errorClass ?? 'ok'}`)
        .join('; '),
    ]),
  }
}
