import { isObject, objectOf } from '../../platform/json-value'
import type { Draft, Reading } from '../format'
import { unlessUnreadable } from '../unreadable'

/** A retry or a fallback follows the failure it answers; LiteLLM waits less than this between them. */
const LONGEST_WAIT_MS = 60_000
const MAX_ATTEMPTS = 50

type Drafted = Extract<Reading, { draft: Draft }>

/**
 * Makes one request of the tries of one. LiteLLM logs each failed try of a retried call, and each of a fallback, as a
 * payload of its own that shares the trace id: a failure that is followed, in its trace and within a minute, by a call
 * with the same messages was a try of that call. Source: `litellm_trace_id` in litellm/router.py.
 */
export function* joinAttempts(elements: readonly unknown[], readings: Iterable<Reading>): Generator<Reading> {
  const traces = new Map<string, Drafted[]>()
  for (const reading of readings) {
    const trace = 'draft' in reading ? traceOf(elements[reading.index]) : null
    if (trace === null || !('draft' in reading)) yield reading
    else traces.set(trace, [...(traces.get(trace) ?? []), reading])
  }
  for (const calls of traces.values()) yield* joinTrace(elements, calls)
}

function* joinTrace(elements: readonly unknown[], calls: Drafted[]): Generator<Reading> {
  const inOrder = calls.toSorted((a, b) => startOf(a) - startOf(b) || a.index - b.index)
  let tries: Drafted[] = []
  for (const [position, call] of inOrder.entries()) {
    tries.push(call)
    const next = inOrder[position + 1]
    const goesOn = next !== undefined && tries.length < MAX_ATTEMPTS && isTryOf(elements, call, next)
    if (goesOn) continue
    yield oneRequest(tries, call)
    tries = []
  }
}

function isTryOf(elements: readonly unknown[], failed: Drafted, next: Drafted): boolean {
  if (!failed.draft.errorClass) return false
  const waitMs = startOf(next) - startOf(failed) - (failed.draft.durationMs ?? 0)
  if (waitMs < -1000 || waitMs > LONGEST_WAIT_MS) return false
  return messagesOf(elements[failed.index]) === messagesOf(elements[next.index])
}

/** The last try decides, and the request began with the first. */
function oneRequest(tries: readonly Drafted[], last: Drafted): Reading {
  const [first] = tries
  if (first === undefined || tries.length === 1) return last
  const { draft } = last
  const asked = first.draft.requestedModel ?? first.draft.model
  return {
    ...last,
    draft: {
      ...draft,
      startedAt: first.draft.startedAt,
      ...(asked && asked !== draft.model ? { requestedModel: asked } : {}),
      attempts: tries.map(({ draft: own }) => ({
        provider: own.provider,
        startedAt: own.startedAt,
        httpStatus: own.httpStatus,
        errorClass: own.errorClass,
        durationMs: own.durationMs,
        timeToFirstTokenMs: own.timeToFirstTokenMs,
        finishReason: own.finishReason,
        costUsd: own.costUsd,
        toolCalls: own.toolCalls,
      })),
    },
  }
}

function traceOf(element: unknown): string | null {
  const { trace_id: trace } = objectOf(element)
  return typeof trace === 'string' && trace !== '' ? trace : null
}

function startOf({ draft }: Drafted): number {
  return Date.parse(draft.startedAt ?? '')
}

function messagesOf(element: unknown): string {
  const messages = isObject(element) ? element.messages : undefined
  return (unlessUnreadable(() => JSON.stringify(messages ?? null)) ?? '').slice(0, 10_000)
}
