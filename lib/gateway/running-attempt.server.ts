import type { EndpointCandidate } from './candidate'
import type { GatewayAttempt } from './exchange'

/** Why the gateway itself ended a call. */
export type EndedBy = { endedBy: 'client' | 'timeout'; message: string }

/** A try while it runs: what is measured of it, its time limit, and how whoever makes the call learns that it is over. */
export type RunningAttempt = {
  readonly attempt: GatewayAttempt
  /** Null while it may go on. */
  endedBy: EndedBy | null
  /** Called once when it is ended from outside; set by whoever makes the call. */
  onEnded: (() => void) | null
  /** Replaces the running time limit. */
  limit: (milliseconds: number, message: string) => void
  noteToken: () => void
  /** No more limits, and the time it took; with a reason, the call is ended by it. */
  end: (reason?: EndedBy) => void
}

export const CLIENT_LEFT: EndedBy = { endedBy: 'client', message: 'the client went away' }

/**
 * Begins an attempt. The client's signal ends it until `end` was called. An AbortController for each would cost more than
 * all of this.
 */
export function beginAttempt(candidate: EndpointCandidate, clientSignal: AbortSignal): RunningAttempt {
  const startedAt = performance.now()
  const elapsedMs = () => Math.round(performance.now() - startedAt)
  let timer: NodeJS.Timeout | undefined
  let limitMs = 0
  let limitMessage = ''
  let lastLook: NodeJS.Immediate | undefined
  const attempt: GatewayAttempt = {
    candidate,
    startedAtMs: Date.now(),
    httpStatus: null,
    amendments: [],
    limitHeaders: {},
    timeToFirstTokenMs: null,
    durationMs: null,
    failure: null,
    facts: null,
    checkedCalls: null,
    checkedOutput: null,
  }
  const stop = (reason: EndedBy) => {
    if (running.endedBy) return
    running.endedBy = reason
    running.onEnded?.()
  }
  const leave = () => stop(CLIENT_LEFT)
  const running: RunningAttempt = {
    attempt,
    endedBy: null,
    onEnded: null,
    limit(milliseconds, message) {
      limitMessage = message
      clearImmediate(lastLook)
      // Each piece of a stream has the same limit as the last one.
      if (timer !== undefined && milliseconds === limitMs) return void timer.refresh()
      clearTimeout(timer)
      limitMs = milliseconds
      timer = setTimeout(() => {
        // Timers come before sockets: what waited there while this process was held up is read first.
        lastLook = setImmediate(() => stop({ endedBy: 'timeout', message: limitMessage }))
      }, milliseconds)
    },
    noteToken() {
      attempt.timeToFirstTokenMs ??= elapsedMs()
    },
    end(reason) {
      attempt.durationMs ??= elapsedMs()
      clearTimeout(timer)
      timer = undefined
      clearImmediate(lastLook)
      clientSignal.removeEventListener('abort', leave)
      if (reason) stop(reason)
    },
  }
  if (clientSignal.aborted) leave()
  else clientSignal.addEventListener('abort', leave, { once: true })
  return running
}
