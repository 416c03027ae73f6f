import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../log.server'

/** Work that is over for good says so; anything else comes round again. */
export type JobResult = 'done' | undefined

export type Job = {
  /** Asks the work to end, and resolves when it has. */
  stop: () => Promise<void>
  /** Runs the work once more as soon as it is not running; resolves when that run is over, whatever came of it. */
  runNow: () => Promise<void>
}

/**
 * Runs `work` at once and then `everyMs` after it ended, or `restMs` of how long it took when that is given, until it is
 * done or stopped. A run that fails is logged under the job's name and comes round again like any other. Keeps no
 * process alive.
 */
export function runEvery({
  name,
  everyMs,
  restMs = () => everyMs,
  work,
}: {
  name: string
  everyMs: number
  restMs?: (tookMs: number) => number
  work: (signal: AbortSignal) => Promise<JobResult>
}): Job {
  const stopping = new AbortController()
  let rest = new AbortController()
  let isWanted = false
  let waiting: (() => void)[] = []

  async function runOnce(): Promise<JobResult> {
    isWanted = false
    const answered = waiting
    waiting = []
    try {
      return await work(stopping.signal)
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error, job: name }, 'a job failed; it comes round again')
      return undefined
    } finally {
      for (const resolve of answered) resolve()
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const startedAtMs = performance.now()
      if ((await runOnce()) === 'done') break
      if (isWanted) continue
      rest = new AbortController()
      const signal = AbortSignal.any([rest.signal, stopping.signal])
      const tookMs = performance.now() - startedAtMs
      await sleep(restMs(tookMs), undefined, { signal, ref: false }).catch(() => {})
    }
    for (const resolve of waiting) resolve()
  }

  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
    runNow: async () => {
      const ended = new Promise<void>((resolve) => waiting.push(resolve))
      isWanted = true
      rest.abort()
      await Promise.race([ended, running])
    },
  }
}
