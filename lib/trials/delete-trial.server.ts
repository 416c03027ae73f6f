import { db } from '../platform/db.server'
import { pageRuns } from './page-runs.server'
import { readTrial, unknownTrial } from './read-trials.server'
import type { Trial } from './schema'

/** Stops a trial and forgets it with all its calls; answers what it was. Throws `not_found`. */
export async function deleteTrial(id: string): Promise<Trial> {
  const trial = await readTrial(id)
  await pageRuns().stop(id)
  const { count } = await db().trial.deleteMany({ where: { id } })
  if (count === 0) throw unknownTrial(id)
  return trial
}
