import { ERROR_COLORS, ERROR_ORDER } from '@/lib/charts/error-colors'
import type { PointPart } from '@/lib/charts/prepare-points'
import type { ErrorsByClass } from '@/lib/live/schema'
import { OUTCOME_LABELS } from '@/lib/trials/outcome-label'

/** A layer for each error class, in its own colour. */
export const ERROR_PARTS: readonly PointPart<{ errorsByClass: ErrorsByClass }>[] = ERROR_ORDER.map(
  (name) => ({
    key: name,
    label: OUTCOME_LABELS[name],
    color: ERROR_COLORS[name],
    read: ({ errorsByClass }) => errorsByClass[name] ?? 0,
  }),
)
