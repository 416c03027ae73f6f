import { log } from '../platform/log.server'
import { processSingleton } from '../platform/process-singleton'

/** How many trials this process runs for pages at a time. */
export const MAX_PAGE_RUNS = 2

type PageRun = { controller: AbortController; done: Promise<void> }

export type PageRuns = {
  count: () => number
  /** Runs `work` in the background; its signal fires when the trial is to stop. */
  start: (id: string, work: (signal: AbortSignal) => Promise<void>) => void
  /** Stops one and waits until it has; nothing happens when this process does not run it. */
  stop: (id: string) => Promise<void>
  /** Stops all, each with this as its problem. */
  stopAll: (problem: string) => Promise<void>
}

/** The trials that this process runs for pages. */
export function pageRuns(): PageRuns {
  return processSingleton('trial-page-runs', createPageRuns)
}

function createPageRuns(): PageRuns {
  const runs = new Map<string, PageRun>()
  const stop = async (id: string, problem?: string): Promise<void> => {
    const run = runs.get(id)
    run?.controller.abort(problem)
    await run?.done
  }
  return {
    count: () => runs.size,
    start: (id, work) => {
      const controller = new AbortController()
      const done = work(controller.signal)
        .catch((error: unknown) => log.error({ err: error, trial: id }, 'a trial broke off'))
        .finally(() => runs.delete(id))
      runs.set(id, { controller, done })
    },
    stop: (id) => stop(id),
    stopAll: async (problem) => {
      await Promise.all([...runs.keys()].map((id) => stop(id, problem)))
    },
  }
}
