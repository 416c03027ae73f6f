import { ERROR_CLASSES } from '../../records/vocabulary'
import type { CsvTable } from '../csv'
import type { LaunchesAnswer, ModelPageAnswer, ModelSeriesAnswer, ModelsAnswer } from './schema'

const MODEL_COLUMNS = [
  'model',
  'name',
  'author',
  'launchedOn',
  'launchSource',
  'totalTokens',
  'requests',
  'share',
  'providers',
  'promptUsdPerMTok',
  'completionUsdPerMTok',
  'contextLength',
  'toolCallErrorRate',
  'uptime',
  'latencyMsP50',
] as const

/** The catalog as a table for export, columns named as in the JSON answer; other names are one field. */
export function modelsTable({ rows }: Pick<ModelsAnswer, 'rows'>): CsvTable {
  return {
    header: [...MODEL_COLUMNS, 'supportsTools', 'aliases'],
    rows: rows.map((row) => [
      ...MODEL_COLUMNS.map((column) => row[column]),
      row.supportsTools === null ? null : String(row.supportsTools),
      row.aliases.join(' '),
    ]),
  }
}

const LAUNCH_COLUMNS = [
  'launchedOn',
  'launchSource',
  'model',
  'name',
  'author',
  'totalTokens',
  'requests',
  'rank',
] as const

/** The timeline of launches as a table for export. */
export function launchesTable({ rows }: LaunchesAnswer): CsvTable {
  return { header: LAUNCH_COLUMNS, rows: rows.map((row) => LAUNCH_COLUMNS.map((column) => row[column])) }
}

const PROVIDER_COLUMNS = [
  'provider',
  'name',
  'promptUsdPerMTok',
  'cachedUsdPerMTok',
  'completionUsdPerMTok',
  'contextLength',
  'quantization',
  'attempts',
  'ok',
  'rateLimitedShare',
  'uptime',
  'status',
  'latencyMsP50',
  'latencyMsP75',
  'latencyMsP90',
  'latencyMsP99',
  'tokensPerSecondP50',
  'tokensPerSecondP75',
  'tokensPerSecondP90',
  'tokensPerSecondP99',
  'toolCallAttempts',
  'badToolCallAttempts',
  'toolCallErrorRate',
  'toolCallErrorRateLow',
  'toolCallErrorRateHigh',
  'toolsOfferedAttempts',
  'toolUseRate',
  'cacheHitRate',
  'effectiveUsdPerMTok',
  'requests',
  'totalTokens',
  'tokenShare',
  'costUsd',
] as const

/** The providers of a model as a table for export; an error class that did not occur is 0. */
export function modelProvidersTable({ providers }: Pick<ModelPageAnswer, 'providers'>): CsvTable {
  return {
    header: [...PROVIDER_COLUMNS, 'enabled', ...ERROR_CLASSES],
    rows: providers.map((row) => [
      ...PROVIDER_COLUMNS.map((column) => row[column]),
      String(row.enabled),
      ...ERROR_CLASSES.map((name) => row.errorsByClass[name] ?? 0),
    ]),
  }
}

const POINT_COLUMNS = [
  'start',
  'attempts',
  'totalTokens',
  'latencyMsP50',
  'tokensPerSecondP50',
  'uptime',
  'toolCallErrorRate',
] as const

/** The providers of a model over time as one long table for export. */
export function modelSeriesTable({ providers }: Pick<ModelSeriesAnswer, 'providers'>): CsvTable {
  return {
    header: ['provider', ...POINT_COLUMNS],
    rows: providers.flatMap(({ provider, points }) =>
      points.map((point) => [provider, ...POINT_COLUMNS.map((column) => point[column])]),
    ),
  }
}
