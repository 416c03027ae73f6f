import { GATEWAY_LIMITS } from './limits'

const encoder = new TextEncoder()

/** Beats while a stream is silent. */
export type Beating = {
  /** Something was sent: the next beat is a whole pause away. */
  sent: () => void
  stop: () => void
}

/** A byte stream that sends a heartbeat whenever nothing was sent for a heartbeat's time; null = it never does. */
export function withHeartbeat(
  heartbeat: string | null,
  source: (beating: Beating) => UnderlyingDefaultSource<Uint8Array>,
): ReadableStream<Uint8Array> {
  let timer: NodeJS.Timeout | undefined
  let isSilent = true
  const beating: Beating = {
    sent() {
      isSilent = false
    },
    stop() {
      clearInterval(timer)
    },
  }
  const { start, ...rest } = source(beating)
  return new ReadableStream<Uint8Array>({
    ...rest,
    start(controller) {
      start?.(controller)
      if (heartbeat === null) return
      timer = setInterval(() => {
        if (isSilent) controller.enqueue(encoder.encode(heartbeat))
        isSilent = true
      }, GATEWAY_LIMITS.heartbeatMs)
    },
  })
}
