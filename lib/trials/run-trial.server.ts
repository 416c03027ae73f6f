import { setTimeout as sleepFor } from 'node:timers/promises'
import { Pool } from 'undici'
import { judgeCall } from './judge-call'
import { type CallTarget, makeCall } from './make-call.server'
import { scenarioFor } from './scenarios'
import type { ReportTrialBody, TrialCall, TrialOptions } from './schema'

const CALL_TIMEOUT_MS = 60_000
/** How long after its deadline a trial waits for calls that are under way. */
const DRAIN_MS = 15_000
const REPORT_EVERY_MS = 250
/** A report without calls is the sign of life of a trial whose calls take long. */
const SIGN_OF_LIFE_MS = 1_000
const CALLS_A_REPORT = 500
/** How long reports may fail while calls are made, and at the end. */
const REPORT_PATIENCE_MS = 30_000
const LAST_REPORT_PATIENCE_MS = 10_000

export type TrialEnding = { status: 'finished' | 'stopped' | 'failed'; problem: string | null }

export type TrialRun = {
  options: TrialOptions
  /** Address of the gateway, without `/api/v1`. */
  url: string
  apiKey: string
  /** Takes finished calls; the last report carries the ending. Answers whether somebody pressed stop. */
  report: (body: ReportTrialBody) => Promise<{ isStopped: boolean }>
  /** Stops the trial; calls under way are hung up and not counted. A reason that is a text becomes its problem. */
  signal: AbortSignal
  onCall?: (call: TrialCall) => void
}

/**
 * Runs a trial to its end and reports every call. A failing call never ends it; a gateway that nobody reaches does, and
 * so do reports that fail for half a minute: then it `failed` with a problem. Never throws.
 */
export async function runTrial(run: TrialRun): Promise<TrialEnding> {
  const ending = createEnding(run.signal)
  const reporter = createReporter({ run, ending })
  const endpoint = new URL('api/v1/chat/completions', run.url.endsWith('/') ? run.url : `${run.url}/`)
  const pool = new Pool(endpoint.origin, {
    connections: run.options.concurrency,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  const { preset, stream } = run.options
  const target: CallTarget = { pool, path: endpoint.pathname, apiKey: run.apiKey, preset, stream }
  const reporting = reporter.keepReporting()
  await makeCalls({ run, target, ending, onCall: reporter.add })
  ending.finish()
  await reporting
  await pool.destroy()
  return reporter.reportEnding()
}

type Ending = {
  /** Fires when no further call may start and those under way are to be hung up. */
  signal: AbortSignal
  stop: () => void
  fail: (problem: string) => void
  /** All calls were made. */
  finish: () => void
  result: () => TrialEnding | null
}

/** How the run ends; the first reason wins. */
function createEnding(stopped: AbortSignal): Ending {
  const controller = new AbortController()
  let result: TrialEnding | null = null
  const end = (next: TrialEnding): void => {
    result ??= next
    if (result.status !== 'finished') controller.abort()
  }
  const stop = () =>
    end({ status: 'stopped', problem: typeof stopped.reason === 'string' ? stopped.reason : null })
  if (stopped.aborted) stop()
  else stopped.addEventListener('abort', stop, { once: true })
  return {
    signal: controller.signal,
    stop,
    fail: (problem) => end({ status: 'failed', problem }),
    finish: () => end({ status: 'finished', problem: null }),
    result: () => result,
  }
}

async function makeCalls({
  run,
  target,
  ending,
  onCall,
}: {
  run: TrialRun
  target: CallTarget
  ending: Ending
  onCall: (call: TrialCall) => void
}): Promise<void> {
  const { calls, concurrency, seconds, seed } = run.options
  const deadlineMs = Date.now() + seconds * 1000
  let nextIndex = 0
  let unreachableInARow = 0
  let hasBeenReached = false
  const work = async (): Promise<void> => {
    while (nextIndex < calls && Date.now() < deadlineMs && !ending.signal.aborted) {
      const index = nextIndex++
      const scenario = scenarioFor({ seed, index })
      const startedAtMs = Date.now()
      const clockMs = performance.now()
      const timeoutMs = Math.min(CALL_TIMEOUT_MS, deadlineMs + DRAIN_MS - startedAtMs)
      const received = await makeCall({ target, scenario, timeoutMs, stopped: ending.signal }).catch(
        (error: unknown) => {
          if (ending.signal.aborted) return null
          throw error
        },
      )
      if (received === null) return
      const { isUnreachable, ...rest } = received
      const durationMs = performance.now() - clockMs
      hasBeenReached ||= !isUnreachable
      unreachableInARow = isUnreachable ? unreachableInARow + 1 : 0
      onCall(judgeCall({ index, scenario, startedAtMs, durationMs, ...rest }))
      if (isUnreachable && (!hasBeenReached || unreachableInARow > concurrency)) {
        ending.fail(
          hasBeenReached
            ? `The gateway at ${run.url} stopped answering: ${received.answer.failure?.message}`
            : `No gateway answers at ${run.url}: ${received.answer.failure?.message}`,
        )
      }
    }
  }
  const workers = Array.from({ length: Math.min(concurrency, calls) }, work)
  const crashed = (await Promise.allSettled(workers)).find((worker) => worker.status === 'rejected')
  if (crashed) ending.fail(`The trial broke off: ${wordsOf(crashed.reason)}`)
}

type Reporter = {
  add: (call: TrialCall) => void
  /** Reports until the run has ended. */
  keepReporting: () => Promise<void>
  /** Reports what is left, and how the run ended. */
  reportEnding: () => Promise<TrialEnding>
}

function createReporter({ run, ending }: { run: TrialRun; ending: Ending }): Reporter {
  const pending: TrialCall[] = []
  let reportedMs = Date.now()

  const send = async (body: Omit<ReportTrialBody, 'calls'>): Promise<unknown> => {
    const calls = pending.splice(0, CALLS_A_REPORT)
    try {
      const { isStopped } = await run.report({ calls, ...body })
      reportedMs = Date.now()
      if (isStopped) ending.stop()
      return null
    } catch (error) {
      pending.unshift(...calls)
      return error
    }
  }
  return {
    add: (call) => {
      pending.push(call)
      run.onCall?.(call)
    },
    keepReporting: async () => {
      while (ending.result() === null) {
        await sleepFor(REPORT_EVERY_MS, undefined, { signal: ending.signal }).catch(() => undefined)
        const sinceMs = Date.now() - reportedMs
        if (pending.length === 0 && sinceMs < SIGN_OF_LIFE_MS) continue
        const error = await send({})
        if (error !== null && Date.now() - reportedMs > REPORT_PATIENCE_MS) {
          ending.fail(`The results could not be kept: ${wordsOf(error)}`)
        }
      }
    },
    reportEnding: async () => {
      const result = ending.result() ?? { status: 'finished', problem: null }
      const untilMs = Date.now() + LAST_REPORT_PATIENCE_MS
      for (;;) {
        const isLast = pending.length <= CALLS_A_REPORT
        const error = await send(isLast ? result : {})
        if (error === null && isLast) return result
        if (error === null) continue
        if (Date.now() > untilMs) {
          return { status: 'failed', problem: `The results could not be kept: ${wordsOf(error)}` }
        }
        await sleepFor(REPORT_EVERY_MS)
      }
    },
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
