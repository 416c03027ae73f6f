import { formatIsoDay } from '../../platform/format'
import type { LaunchSource } from './schema'

/** When a model came out, as a UTC day. */
export type Launch = { launchedOn: string | null; launchSource: LaunchSource | null }

/**
 * The day an operator gave, else the UTC day of the first request; null when there is neither. Both moments are epoch
 * ms.
 */
export function launchOf({
  releasedOnMs,
  firstRequestMs,
}: {
  releasedOnMs: number | null
  firstRequestMs: number | null
}): Launch {
  if (releasedOnMs !== null) return { launchedOn: formatIsoDay(releasedOnMs), launchSource: 'catalog' }
  if (firstRequestMs !== null) return { launchedOn: formatIsoDay(firstRequestMs), launchSource: 'first_seen' }
  return { launchedOn: null, launchSource: null }
}
