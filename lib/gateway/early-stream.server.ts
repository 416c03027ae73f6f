import type { JsonObject } from '../platform/json-value'
import type { GatewayProblem } from '../shapes/problem'
import { GATEWAY_LIMITS } from './limits'
import type { Served } from './serve-request.server'
import { withHeartbeat } from './with-heartbeat.server'

const encoder = new TextEncoder()

/**
 * Waits for what a streaming client gets, but no longer than a heartbeat's time; null = it is still being made, and the
 * client should see a sign of life meanwhile.
 */
export async function servedSoon(serving: Promise<Served>): Promise<Served | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), GATEWAY_LIMITS.heartbeatMs)
  })
  try {
    return await Promise.race([serving, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * A stream that begins before any provider has answered: heartbeats, then what the client gets. A problem is told
 * within the stream, since its status has gone out already.
 */
export function earlyStream({
  serving,
  heartbeat,
  fail,
}: {
  serving: Promise<Served>
  heartbeat: string | null
  /** A problem in the way the shape tells it within a stream. */
  fail: (problem: GatewayProblem, metadata: JsonObject | null) => string
}): ReadableStream<Uint8Array> {
  let rest: ReadableStreamDefaultReader<Uint8Array> | null = null
  return withHeartbeat(heartbeat, (beating) => ({
    start(controller) {
      controller.enqueue(encoder.encode(heartbeat ?? ''))
    },
    async pull(controller) {
      if (rest === null) {
        const served = await serving
        beating.stop()
        if (served.kind === 'answer') throw new TypeError('a stream was asked for and a whole answer made')
        if (served.kind === 'problem') {
          controller.enqueue(encoder.encode(fail(served.problem, served.metadata)))
          return controller.close()
        }
        rest = served.body.getReader()
      }
      const { value, done } = await rest.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel(reason) {
      beating.stop()
      // The client's signal ends the calls; what they gave by then is let go.
      const served = rest ?? (await serving)
      if ('read' in served) await served.cancel(reason)
      else if (served.kind === 'stream') await served.body.cancel(reason)
    },
  }))
}
