import { ERROR_CLASSES } from '../records/vocabulary'
import type { AttemptFigures } from './attempt-figures'

const BEFORE_ERRORS = ['attempts', 'ok'] as const
const AFTER_ERRORS = [
  'uptime',
  'rateLimitedShare',
  'latencyMsP50',
  'latencyMsP95',
  'tokensPerSecondP50',
  'toolCallAttempts',
  'badToolCallAttempts',
  'toolCallErrorRate',
  'requests',
  'totalTokens',
  'costUsd',
] as const

/** Header of the columns that every exported table about attempts has: as in JSON, one column an error class. */
export const ATTEMPT_COLUMNS = [...BEFORE_ERRORS, ...ERROR_CLASSES, ...AFTER_ERRORS] as const

/** The values under ATTEMPT_COLUMNS; an error class that did not occur is 0. */
export function attemptFields(figures: AttemptFigures): (number | null)[] {
  return [
    ...BEFORE_ERRORS.map((name) => figures[name]),
    ...ERROR_CLASSES.map((name) => figures.errorsByClass[name] ?? 0),
    ...AFTER_ERRORS.map((name) => figures[name]),
  ]
}
