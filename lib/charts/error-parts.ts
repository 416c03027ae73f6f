import type { ErrorsByClass } from '../health/schema'
import { OUTCOME_LABELS } from '../trials/outcome-label'
import { ERROR_COLORS, ERROR_ORDER } from './error-colors'
import type { PointPart } from './prepare-points'

/** A layer of a chart for each error class, in its own colour, those that uptime counts first. */
export const ERROR_PARTS: readonly PointPart<{ errorsByClass: ErrorsByClass }>[] = ERROR_ORDER.map(
  (name) => ({
    key: name,
    label: OUTCOME_LABELS[name],
    color: ERROR_COLORS[name],
    read: ({ errorsByClass }) => errorsByClass[name] ?? 0,
  }),
)
