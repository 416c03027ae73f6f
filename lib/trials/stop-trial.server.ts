import { db } from '../platform/db.server'
import { pageRuns } from './page-runs.server'
import { readTrial, requireTrial } from './read-trials.server'
import type { Trial } from './schema'

/**
 * Ends a running trial. The one of a page ends at once, a command learns of it from its next report, within a second.
 * Stopping one that has ended changes nothing. Throws `not_found`.
 */
export async function stopTrial(id: string): Promise<Trial> {
  await requireTrial(id)
  await db().trial.updateMany({
    where: { id, status: 'running' },
    data: { status: 'stopped', endedAt: new Date() },
  })
  await pageRuns().stop(id)
  return readTrial(id)
}
