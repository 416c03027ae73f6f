import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { log } from '../platform/log.server'
import type { Recorder } from '../recorder/recorder.server'
import type { RequestRecord } from '../records/request-record'
import type { FinishedExchange } from './exchange'
import { toGatewayRecord } from './to-record'

export type RequestLog = {
  /** Takes a finished request; returns at once and never throws. */
  add: (finished: FinishedExchange, apiKeyId: number) => void
  /** Hands everything to the recorder, for a few seconds at most, and stops. */
  close: () => Promise<void>
}

/** Records gathered for one commit: small batches would cost Postgres more than the gateway itself. */
const GATHER_MS = 100
/** Records described before other requests get their turn: a whole batch at once would hold them up for 20 ms. */
const SLICE = 10
const RETRY_MS = 1000
/** About 150 MB; beyond it the oldest give way, because the gateway must not die of its log. */
const MAX_WAITING = 100_000
/** The recorder itself waits ten seconds for Postgres each time. */
const CLOSE_TRIES = 2

/**
 * The gateway's way to the recorder: after the reply, in batches, and again and again while Postgres is away. The
 * records wait in memory, so a killed process loses those of its last moments.
 */
export function createRequestLog(recorder: Recorder): RequestLog {
  let finished: { request: FinishedExchange; apiKeyId: number }[] = []
  let waiting = new Map<number, RequestRecord[]>()
  let timer: NodeJS.Timeout | null = null
  let flushing: Promise<boolean> | null = null
  let dropped = 0

  function schedule(delayMs: number): void {
    timer ??= setTimeout(() => {
      timer = null
      void flush()
    }, delayMs)
  }

  async function translate(): Promise<void> {
    const taken = finished
    finished = []
    for (const [index, { request, apiKeyId }] of taken.entries()) {
      if (index > 0 && index % SLICE === 0) await yieldToOthers()
      try {
        // Labelled now: what may have to wait here must not hold prompts.
        const record = recorder.label(toGatewayRecord(request), { apiKeyId })
        const ofKey = waiting.get(apiKeyId)
        if (ofKey) ofKey.push(record)
        else waiting.set(apiKeyId, [record])
      } catch (error) {
        log.error({ err: error, generation: request.id }, 'a request of the gateway could not be described')
      }
    }
  }

  /** Resolves to whether all that waited was committed. */
  function flush(): Promise<boolean> {
    flushing ??= commitWaiting().finally(() => {
      flushing = null
      if (finished.length > 0) schedule(GATHER_MS)
      else if (waiting.size > 0) schedule(RETRY_MS)
    })
    return flushing
  }

  async function commitWaiting(): Promise<boolean> {
    await translate()
    const taken = waiting
    waiting = new Map()
    const outcomes = await Promise.all(
      [...taken].map(async ([apiKeyId, records]) => {
        try {
          await recorder.record(records, { apiKeyId })
          return true
        } catch (error) {
          keep(apiKeyId, records, error)
          return false
        }
      }),
    )
    return outcomes.every(Boolean)
  }

  function keep(apiKeyId: number, records: RequestRecord[], error: unknown): void {
    const all = [...records, ...(waiting.get(apiKeyId) ?? [])]
    const kept = all.slice(-MAX_WAITING)
    waiting.set(apiKeyId, kept)
    dropped += all.length - kept.length
    log.warn({ err: error, waiting: kept.length, dropped }, 'requests of the gateway wait to be recorded')
  }

  return {
    add: (request, apiKeyId) => {
      finished.push({ request, apiKeyId })
      schedule(GATHER_MS)
    },
    close: async () => {
      for (let tries = 0; tries < CLOSE_TRIES; tries++) {
        if ((await flush()) && finished.length === 0 && waiting.size === 0) break
      }
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}
