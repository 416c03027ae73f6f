import { readFile } from 'node:fs/promises'
import { type Job, runEvery } from '../platform/jobs/run-every.server'
import { log } from '../platform/log.server'

const LOOK_EVERY_MS = 500
const LONGEST_REST_MS = 30_000

/**
 * Starts a Postgres again whose process is gone, at once and then ever more rarely while that fails. One that hangs is
 * left alone: it may only be slow. `postmaster` tells its process id, null when there is none.
 */
export function watchPostgres({
  postmaster,
  start,
}: {
  postmaster: () => Promise<number | null>
  start: () => Promise<void>
}): Pick<Job, 'stop'> {
  let failures = 0
  return runEvery({
    name: 'postgres-watch',
    everyMs: LOOK_EVERY_MS,
    restMs: () => Math.min(LONGEST_REST_MS, LOOK_EVERY_MS * 2 ** failures),
    work: async (signal) => {
      const pid = await postmaster()
      if (pid !== null && (await isAlive(pid))) return undefined
      if (signal.aborted) return undefined
      log.error({ pid }, 'the embedded Postgres is gone; it is started again')
      try {
        await start()
        failures = 0
        log.info({ pid: await postmaster() }, 'the embedded Postgres runs again')
      } catch (error) {
        failures += 1
        log.error({ err: error, failures }, 'the embedded Postgres could not be started')
      }
      return undefined
    },
  })
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // Dead, but nobody has asked what became of it: its parent is gone, and in a container nobody may ever.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return !/\) Z /.test(stat)
}
