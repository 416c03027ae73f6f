import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { log } from '../platform/log.server'
import type { Recorder } from '../recorder/recorder.server'
import type { RequestRecord } from '../records/request-record'
import type { FinishedExchange } from './exchange'
import { toGatewayRecord } from './to-record'

export type RequestLog = {
  /** Takes a finished request; returns at once and never throws. */
  add: (finished: FinishedExchange, apiKeyId: number) => void
  /** Hands everything to the recorder and waits for its commit, for a few seconds at most. */
  close: (options?: { withinMs?: number }) => Promise<void>
}

/** After this a finished request is in the recorder's outbox; shorter would cost the gateway more than it gains. */
const GATHER_MS = 25
/** Records described before other requests get their turn: a whole batch at once would hold them up for 20 ms. */
const SLICE = 10
const CLOSE_WITHIN_MS = 20_000

/**
 * The gateway's way to the recorder, after the reply. A request waits in memory for some 25 milliseconds, longer while
 * the process is busy; from then on the outbox has it, whatever becomes of the process or of Postgres.
 */
export function createRequestLog(recorder: Recorder): RequestLog {
  let finished: { request: FinishedExchange; apiKeyId: number }[] = []
  let timer: NodeJS.Timeout | null = null
  let flushing: Promise<void> | null = null

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = null
      void flush()
    }, GATHER_MS)
  }

  function flush(): Promise<void> {
    flushing ??= keepFinished().finally(() => {
      flushing = null
      if (finished.length > 0) schedule()
    })
    return flushing
  }

  async function keepFinished(): Promise<void> {
    const taken = finished
    finished = []
    const byKey = new Map<number, RequestRecord[]>()
    for (const [index, { request, apiKeyId }] of taken.entries()) {
      if (index > 0 && index % SLICE === 0) await yieldToOthers()
      try {
        const record = toGatewayRecord(request)
        const ofKey = byKey.get(apiKeyId)
        if (ofKey) ofKey.push(record)
        else byKey.set(apiKeyId, [record])
      } catch (error) {
        log.error({ err: error, generation: request.id }, 'a request of the gateway could not be described')
      }
    }
    await Promise.all([...byKey].map(([apiKeyId, records]) => recorder.keep(records, { apiKeyId })))
  }

  return {
    add: (request, apiKeyId) => {
      finished.push({ request, apiKeyId })
      schedule()
    },
    close: async ({ withinMs = CLOSE_WITHIN_MS } = {}) => {
      while (flushing !== null || finished.length > 0) await flush()
      if (timer) clearTimeout(timer)
      timer = null
      await recorder.drained(withinMs)
    },
  }
}
