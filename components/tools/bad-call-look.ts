import type { BadCallClass } from '@/lib/analytics/tools/bad-calls'
import { OUTCOME_LABELS } from '@/lib/trials/outcome-label'

/** How each class of bad calls is named and coloured, here as in trials; `short` where there is little room. */
export const BAD_CALL_LOOK = {
  invalid_json: { label: OUTCOME_LABELS.invalid_json, short: 'JSON', color: 'var(--chart-4)' },
  unknown_name: { label: OUTCOME_LABELS.unknown_name, short: 'Name', color: 'var(--chart-3)' },
  schema_mismatch: { label: OUTCOME_LABELS.schema_mismatch, short: 'Parameters', color: 'var(--chart-6)' },
} as const satisfies Record<BadCallClass, { label: string; short: string; color: string }>
