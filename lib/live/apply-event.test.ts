import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HEALTH_STATUSES, UPTIME_WINDOWS } from '../records/vocabulary'
import { applyEvent, type LiveEventName, type LiveState } from './apply-event'
import { KEPT_MINUTES } from './ledger'
import type { LiveEndpoint, LiveEvent, LiveMinute } from './schema'

type Message = { name: LiveEventName; event: LiveEvent }

const START_MS = Date.parse('2026-11-20T10:00:00Z')
const MINUTE_MS = 60_000
const NOTHING_BY_STATUS = { healthy: 0, degraded: 0, down: 0, unknown: 0 }
const QUIET = {
  status: 'unknown',
  statusWindow: null,
  uptime5m: null,
  uptime30m: null,
  uptime1d: null,
  attempts30m: 0,
  countedErrors5m: 0,
  rateLimited5m: 0,
} as const

const isoAt = (minutes: number) => new Date(START_MS + minutes * MINUTE_MS).toISOString()
const minute = (atMinute: number, attempts: number): LiveMinute => ({
  start: isoAt(atMinute),
  attempts,
  ok: attempts,
  errorsByClass: {},
})

const arbitraryHealth = fc.record({
  status: fc.constantFrom(...HEALTH_STATUSES),
  statusWindow: fc.constantFrom(...UPTIME_WINDOWS, null),
  uptime5m: fc.constantFrom(null, 0.5, 1),
  uptime30m: fc.constantFrom(null, 0.9),
  uptime1d: fc.constantFrom(null, 0.99),
  attempts30m: fc.nat(50),
  countedErrors5m: fc.nat(5),
  rateLimited5m: fc.nat(5),
})

/** What the server would answer at one moment, minutes as offsets from the start. */
type Moment = {
  health: Record<string, LiveEndpoint>
  minutes: Map<number, LiveMinute>
}

/** From one moment to the next: some endpoints and some recent minutes (by their age) change. */
type Step = {
  passedMinutes: number
  endpoints: Record<string, Omit<LiveEndpoint, 'endpointId'>>
  counts: Record<string, number>
}

const arbitraryCourse: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    passedMinutes: fc.nat(20),
    endpoints: fc.dictionary(fc.constantFrom('1', '2', '3'), arbitraryHealth),
    counts: fc.dictionary(fc.constantFrom('0', '1', '2', '29'), fc.nat(9)),
  }),
  { minLength: 1, maxLength: 12 },
)

type Course = ReturnType<typeof momentsOf>

function momentsOf(steps: readonly Step[]) {
  const moment: Moment = { health: {}, minutes: new Map() }
  let atMinute = 0
  return steps.map(({ passedMinutes, endpoints, counts }) => {
    atMinute += passedMinutes
    const changed: Moment = { health: {}, minutes: new Map() }
    for (const [id, health] of Object.entries(endpoints)) {
      changed.health[id] = { ...health, endpointId: Number(id) }
    }
    for (const [age, attempts] of Object.entries(counts)) {
      const start = atMinute - Number(age)
      changed.minutes.set(start, minute(start, attempts))
    }
    Object.assign(moment.health, changed.health)
    for (const [start, value] of changed.minutes) moment.minutes.set(start, value)
    for (const start of moment.minutes.keys()) {
      if (start <= atMinute - KEPT_MINUTES) moment.minutes.delete(start)
    }
    return {
      snapshot: eventOf(moment, atMinute),
      change: eventOf(changed, atMinute),
    }
  })
}

function eventOf({ health, minutes }: Moment, atMinute: number): LiveEvent {
  const sorted = [...minutes].sort(([left], [right]) => left - right).map(([, value]) => value)
  return {
    at: isoAt(atMinute),
    endpoints: Object.values(health),
    providers: [{ ...QUIET, provider: 'helios', name: 'Helios', attempts30m: atMinute, minutes: sorted }],
    totals: { minutes: sorted, endpointsByStatus: NOTHING_BY_STATUS, providersByStatus: NOTHING_BY_STATUS },
  }
}

function stateAfter(messages: readonly Message[]): LiveState | null {
  return messages.reduce<LiveState | null>((state, message) => applyEvent({ state, ...message }), null)
}

function changesFrom(course: Course, from: number): Message[] {
  return course.slice(from).map(({ change }) => ({ name: 'change', event: change }))
}

function snapshotAt(course: Course, index: number): Message[] {
  const moment = course[index]
  return moment === undefined ? [] : [{ name: 'snapshot', event: moment.snapshot }]
}

test('a snapshot and the changes after it give the newest state, wherever the snapshot was taken', () => {
  fc.assert(
    fc.property(arbitraryCourse, fc.nat(11), (steps, index) => {
      const course = momentsOf(steps)
      const at = index % course.length
      const inParts = stateAfter([...snapshotAt(course, at), ...changesFrom(course, at + 1)])
      expect(inParts).toEqual(stateAfter(snapshotAt(course, course.length - 1)))
    }),
  )
})

test('events told again after a lost connection change nothing', () => {
  fc.assert(
    fc.property(arbitraryCourse, fc.nat(11), (steps, index) => {
      const course = momentsOf(steps)
      const once = [...snapshotAt(course, 0), ...changesFrom(course, 1)]
      const again = changesFrom(course, Math.max(1, index % course.length))
      expect(stateAfter([...once, ...again])).toEqual(stateAfter(once))
    }),
  )
})

test('what an event does not name keeps its identity, so that nobody draws it again', () => {
  const two = (attempts30m: number) => [1, 2].map((endpointId) => ({ ...QUIET, endpointId, attempts30m }))
  const event = { ...eventOf({ health: {}, minutes: new Map([[0, minute(0, 3)]]) }, 0), endpoints: two(1) }
  const before = stateAfter([{ name: 'snapshot', event }])
  const change = { ...eventOf({ health: {}, minutes: new Map() }, 0), endpoints: two(7).slice(0, 1) }
  const after = applyEvent({ state: before, name: 'change', event: change })
  expect(after?.endpoints.get(1)?.attempts30m).toBe(7)
  expect(after?.endpoints.get(2)).toBe(before?.endpoints.get(2))
  expect(after?.totals.minutes).toBe(before?.totals.minutes)
  const quiet = applyEvent({ state: before, name: 'change', event: { ...change, endpoints: [] } })
  expect(quiet?.endpoints).toBe(before?.endpoints)
})

test('a change says nothing before the first snapshot', () => {
  const event = eventOf({ health: {}, minutes: new Map() }, 0)
  expect(applyEvent({ state: null, name: 'change', event })).toBeNull()
})

test('minutes older than half an hour are dropped, also those of providers without news', () => {
  const early = eventOf({ health: {}, minutes: new Map([[0, minute(0, 3)]]) }, 0)
  const before = stateAfter([{ name: 'snapshot', event: early }])
  const late = { ...eventOf({ health: {}, minutes: new Map() }, KEPT_MINUTES), providers: [] }
  const after = applyEvent({ state: before, name: 'change', event: late })
  expect(after?.providers.get('helios')?.minutes).toEqual([])
  expect(after?.totals.minutes).toEqual([])
})
