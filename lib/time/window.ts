import { PERIODS } from './period'
import { ceilToBucket, floorToBucket, GRANULARITY_MS } from './time-buckets'
import type { WindowParameters } from './window-parameters'

/** Half-open `[fromMs, toMs)`, epoch milliseconds UTC. */
export type TimeWindow = { fromMs: number; toMs: number }

/**
 * The window a reader asked for. `from`/`to` win over `period` and are widened outward to whole minutes, the finest
 * grain rollups are kept in; the answer always states the window it really covers.
 */
export function resolveWindow(parameters: WindowParameters, nowMs: number): TimeWindow {
  if (parameters.from !== undefined && parameters.to !== undefined) {
    return {
      fromMs: floorToBucket(Date.parse(parameters.from), 'minute'),
      toMs: ceilToBucket(Date.parse(parameters.to), 'minute'),
    }
  }
  const { lengthMs, snap } = PERIODS[parameters.period ?? '30d']
  const toMs = floorToBucket(nowMs, snap) + GRANULARITY_MS[snap]
  return { fromMs: toMs - lengthMs, toMs }
}

/** The equal window right before, which `change` compares with. */
export function previousWindow({ fromMs, toMs }: TimeWindow): TimeWindow {
  return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs }
}
