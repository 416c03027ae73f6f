import { db } from '../platform/db.server'
import { AppError } from '../platform/errors'
import { gatewayAddress } from './gateway-address.server'
import { MAX_PAGE_RUNS, pageRuns } from './page-runs.server'
import { readTrial } from './read-trials.server'
import { reportCalls } from './report-calls.server'
import { runTrial } from './run-trial.server'
import type { StartTrialBody, Trial } from './schema'
import { ensureTrialKey } from './trial-key.server'

/**
 * Starts a trial and answers it as it begins. Origin `page`: this process makes the calls in the background; origin
 * `command`: the caller makes them. Throws `not_found` for a preset that does not exist, and `conflict` for one that is
 * not active and when this process already runs as many trials as it may.
 */
export async function startTrial({ input, actor }: { input: StartTrialBody; actor: string }): Promise<Trial> {
  const { origin, ...options } = input
  const presetVersion = await requireActivePreset(options.preset)
  if (origin === 'command') {
    return readTrial(await createTrial({ ...options, origin, presetVersion, creator: actor }))
  }
  const runs = pageRuns()
  if (runs.count() >= MAX_PAGE_RUNS) {
    throw new AppError(
      'conflict',
      `${MAX_PAGE_RUNS} trials are already running. Stop one, or wait until it ends.`,
    )
  }
  const url = gatewayAddress()
  const apiKey = await ensureTrialKey()
  const id = await createTrial({ ...options, origin, presetVersion, creator: actor })
  runs.start(id, async (signal) => {
    await runTrial({
      options,
      url,
      apiKey,
      signal,
      report: (report) => reportCalls({ id, reporter: { origin }, report }),
    })
  })
  return readTrial(id)
}

async function createTrial(
  data: StartTrialBody & { presetVersion: number | null; creator: string },
): Promise<string> {
  const { id } = await db().trial.create({ data, select: { id: true } })
  return id
}

async function requireActivePreset(slug: string): Promise<number | null> {
  const preset = await db().preset.findUnique({ where: { slug }, include: { designatedVersion: true } })
  if (!preset) throw new AppError('not_found', `There is no preset ${slug}.`)
  if (preset.status !== 'active') {
    throw new AppError('conflict', `The preset ${slug} is ${preset.status}; make it active to try it.`)
  }
  return preset.designatedVersion?.version ?? null
}
