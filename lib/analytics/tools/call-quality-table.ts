import { BAD_CALL_CLASSES } from './bad-calls'
import type { CallQuality } from './call-quality'

const BEFORE = ['toolCallAttempts', 'badAttempts', 'errorRate', 'errorRateLow', 'errorRateHigh'] as const
const AFTER = ['toolUseRate', 'toolUseAttempts', 'toolsOfferedAttempts'] as const

/** Header of the columns that every exported table of tool calls has: as in JSON, one column a class of bad calls. */
export const CALL_QUALITY_COLUMNS = [...BEFORE, ...BAD_CALL_CLASSES, ...AFTER] as const

/** The values under CALL_QUALITY_COLUMNS. */
export function callQualityFields(quality: CallQuality): (number | null)[] {
  return [
    ...BEFORE.map((name) => quality[name]),
    ...BAD_CALL_CLASSES.map((name) => quality.byClass[name]),
    ...AFTER.map((name) => quality[name]),
  ]
}
