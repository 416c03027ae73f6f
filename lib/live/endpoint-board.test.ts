import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ERROR_CLASSES } from '../records/vocabulary'
import { floorToBucket, GRANULARITY_MS } from '../time/time-buckets'
import { applyLiveChange, type LiveState, stateOfSnapshot } from './apply-event'
import type { MinuteRow } from './attempt-counts'
import { type BoardRead, createEndpointBoard, type EndpointBoard } from './endpoint-board'
import type { DayRow } from './ledger'
import { liveEvent } from './schema'

const MINUTE_MS = GRANULARITY_MS.minute
/** Twenty past ten. */
const NOW_MS = Date.UTC(2026, 10, 24, 10, 20, 30)
const iso = (ms: number) => new Date(ms).toISOString()

const ENDPOINTS = [
  { endpointId: 7, provider: 'helios', providerName: 'Helios' },
  { endpointId: 8, provider: 'helios', providerName: 'Helios' },
  { endpointId: 9, provider: 'polaris', providerName: 'Polaris' },
]

/** One attempt: which endpoint, how long ago its request began (negative = clocks ahead), how it went. */
type One = { endpointId: number; minutesAgo: number; error: number | null; times: number }

/** What Postgres would say of some attempts at a moment. */
function readOf(
  all: readonly One[],
  { nowMs = NOW_MS, extent = 'all' }: { nowMs?: number; extent?: 'recent' | 'all' } = {},
): BoardRead {
  const minuteMs = floorToBucket(nowMs, 'minute')
  const fromMs = minuteMs - (extent === 'all' ? 29 : 2) * MINUTE_MS
  const toMs = floorToBucket(nowMs, 'hour') + GRANULARITY_MS.hour
  const minutes = new Map<string, MinuteRow & { errors: number[] }>()
  const day = new Map<number, DayRow>()
  for (const { endpointId, minutesAgo, error, times } of all) {
    const atMs = floorToBucket(NOW_MS, 'minute') - minutesAgo * MINUTE_MS
    const isCounted = error !== null && [1, 2, 3, 4, 5, 6, 7].includes(error)
    const ok = error === null ? times : 0
    if (atMs >= fromMs && atMs < toMs) {
      const row = minutes.get(`${endpointId} ${atMs}`) ?? {
        ...{ minuteMs: atMs, endpointId, attempts: 0, ok: 0 },
        ...{ checkedToolCallAttempts: 0, badToolCallAttempts: 0, errors: ERROR_CLASSES.map(() => 0) },
      }
      row.attempts += times
      row.ok += ok
      if (error !== null) row.errors[error] = (row.errors[error] ?? 0) + times
      minutes.set(`${endpointId} ${atMs}`, row)
    }
    if (atMs >= toMs - GRANULARITY_MS.day && atMs < toMs) {
      const row = day.get(endpointId) ?? {
        ...{ endpointId, attempts: 0, ok: 0, countedErrors: 0 },
        ...{ checkedToolCallAttempts: 0, badToolCallAttempts: 0 },
      }
      row.attempts += times
      row.ok += ok
      row.countedErrors += isCounted ? times : 0
      day.set(endpointId, row)
    }
  }
  const rows = [...minutes.values()].map((row) => (row.ok === row.attempts ? { ...row, errors: null } : row))
  return { nowMs, fromMs, toMs, minutes: rows, day: extent === 'all' ? [...day.values()] : null }
}

function boardOf(...reads: BoardRead[]): EndpointBoard {
  const board = createEndpointBoard()
  board.addEndpoints(ENDPOINTS)
  for (const read of reads) board.apply(read)
  return board
}

const one = (overrides: Partial<One>): One => ({
  endpointId: 7,
  minutesAgo: 0,
  error: null,
  times: 1,
  ...overrides,
})
const snapshotOf = (board: EndpointBoard) => board.event({ since: null })
const FAILED = ERROR_CLASSES.indexOf('upstream_5xx')
const LIMITED = ERROR_CLASSES.indexOf('rate_limited')

describe('a snapshot', () => {
  test('tells each window of an endpoint, of its provider and of all', () => {
    const board = boardOf(
      readOf([
        one({ times: 15 }),
        one({ minutesAgo: 4, error: FAILED, times: 5 }),
        one({ minutesAgo: 4, error: LIMITED, times: 2 }),
        one({ minutesAgo: 29, times: 20 }),
        one({ minutesAgo: 30, times: 60 }),
        one({ endpointId: 9, minutesAgo: 1, times: 3 }),
      ]),
    )
    const snapshot = liveEvent.parse(snapshotOf(board))
    const health = {
      status: 'down',
      statusWindow: '5m',
      uptime5m: 0.75,
      uptime30m: 35 / 40,
      uptime1d: 0.95,
      attempts30m: 42,
      countedErrors5m: 5,
      rateLimited5m: 2,
    }
    expect(snapshot.endpoints.find((told) => told.endpointId === 7)).toEqual({ endpointId: 7, ...health })
    expect(snapshot.providers).toMatchObject([
      {
        provider: 'helios',
        ...health,
        minutes: [
          { start: iso(Date.UTC(2026, 10, 24, 9, 51)), attempts: 20, ok: 20, errorsByClass: {} },
          { attempts: 7, ok: 0, errorsByClass: { rate_limited: 2, upstream_5xx: 5 } },
          { start: '2026-11-24T10:20:00.000Z', attempts: 15, ok: 15, errorsByClass: {} },
        ],
      },
      { provider: 'polaris', status: 'unknown', attempts30m: 3 },
    ])
    expect(snapshot.totals.minutes.map((minute) => minute.attempts)).toEqual([20, 7, 3, 15])
    expect(snapshot.totals.endpointsByStatus).toEqual({ healthy: 0, degraded: 0, down: 1, unknown: 2 })
    expect(snapshot.totals.providersByStatus).toEqual({ healthy: 0, degraded: 0, down: 1, unknown: 1 })
  })

  test('leaves out endpoints without an attempt in a day', () => {
    const board = boardOf(readOf([one({}), one({ endpointId: 8, minutesAgo: 26 * 60 })]))
    expect(snapshotOf(board)?.endpoints.map((told) => told.endpointId)).toEqual([7])
  })

  test('can be of one provider', () => {
    const board = boardOf(readOf([one({}), one({ endpointId: 9 })]))
    const polaris = board.event({ since: null, provider: 'polaris' })
    expect(polaris?.endpoints.map((told) => told.endpointId)).toEqual([9])
    expect(polaris?.providers.map((told) => told.provider)).toEqual(['polaris'])
    expect(polaris?.totals.minutes[0]?.attempts).toBe(2)
  })
})

describe('a change', () => {
  test('tells only what differs, and nothing when nothing does', () => {
    const before = [one({ times: 4 }), one({ endpointId: 9, times: 2 })]
    const board = boardOf(readOf(before))
    const version = board.version()
    board.apply(readOf(before, { extent: 'recent' }))
    expect(board.version()).toBe(version)
    expect(board.event({ since: version })).toBeNull()
    board.apply(readOf([...before, one({ error: FAILED })], { extent: 'recent' }))
    expect(board.version()).toBe(version + 1)
    expect(board.event({ since: version })).toMatchObject({
      endpoints: [{ endpointId: 7, attempts30m: 5, countedErrors5m: 1 }],
      providers: [
        { provider: 'helios', minutes: [{ attempts: 5, ok: 4, errorsByClass: { upstream_5xx: 1 } }] },
      ],
      totals: { minutes: [{ attempts: 7 }] },
    })
    expect(board.countsOf(7)).toMatchObject({ '1d': { attempts: 5, ok: 4, countedErrors: 1 } })
  })

  test('comes with the clock alone: windows move on without an attempt', () => {
    const attempts = [one({ times: 20, error: FAILED })]
    const board = boardOf(readOf(attempts))
    const version = board.version()
    board.apply(readOf(attempts, { nowMs: NOW_MS + 5 * MINUTE_MS, extent: 'recent' }))
    expect(board.event({ since: version })?.endpoints).toMatchObject([
      { endpointId: 7, status: 'down', statusWindow: '30m', uptime5m: null, countedErrors5m: 0 },
    ])
  })

  test('from clocks ahead comes when our clock gets there', () => {
    const attempts = [one({ times: 20 }), one({ minutesAgo: -3, times: 30 })]
    const board = boardOf(readOf(attempts))
    expect(snapshotOf(board)?.endpoints).toMatchObject([{ attempts30m: 20 }])
    expect(snapshotOf(board)?.totals.minutes).toMatchObject([{ attempts: 20 }])
    const version = board.version()
    board.apply(readOf(attempts, { nowMs: NOW_MS + 3 * MINUTE_MS, extent: 'recent' }))
    expect(board.event({ since: version })?.totals.minutes).toMatchObject([{ attempts: 30 }])
    expect(board.countsOf(7)).toMatchObject({ '30m': { attempts: 50 }, '1d': { attempts: 50 } })
  })

  test('takes back what a rebuild took away', () => {
    const board = boardOf(readOf([one({ times: 4 })]))
    const version = board.version()
    board.apply(readOf([]))
    expect(board.event({ since: version })).toMatchObject({
      endpoints: [{ endpointId: 7, attempts30m: 0, status: 'unknown' }],
      totals: { minutes: [{ attempts: 0 }] },
    })
    expect(snapshotOf(board)?.totals.minutes).toEqual([])
  })

  test('of an endpoint named later is told like any other', () => {
    const board = boardOf(readOf([one({})]))
    const version = board.version()
    expect(board.knows(77)).toBe(false)
    board.addEndpoints([{ endpointId: 77, provider: 'millrace', providerName: 'Millrace' }])
    board.apply(readOf([one({}), one({ endpointId: 77, times: 2 })], { extent: 'recent' }))
    expect(board.event({ since: version })?.providers).toMatchObject([
      { provider: 'millrace', attempts30m: 2 },
    ])
  })

  test('a provider with another name is told again, those named as before are not', () => {
    const board = boardOf(readOf([one({})]))
    expect(snapshotOf(board)?.providers).toMatchObject([{ name: 'Helios' }, { name: 'Polaris' }])
    const version = board.version()
    board.addEndpoints(ENDPOINTS.map((named) => ({ ...named, providerName: `${named.providerName}` })))
    board.apply(readOf([one({})], { extent: 'recent' }))
    expect(board.event({ since: version })).toBeNull()
    board.addEndpoints([{ endpointId: 9, provider: 'polaris', providerName: 'Polaris Cloud' }])
    board.apply(readOf([one({})], { extent: 'recent' }))
    expect(board.event({ since: version })?.providers).toMatchObject([
      { provider: 'polaris', name: 'Polaris Cloud' },
    ])
  })
})

test('a version can be resumed for half an hour', () => {
  const board = boardOf(readOf([one({})]))
  const version = board.version()
  board.apply(readOf([one({})], { nowMs: NOW_MS + 20 * MINUTE_MS, extent: 'recent' }))
  expect(board.isResumable(version)).toBe(true)
  expect(board.isResumable(board.version() + 1)).toBe(false)
  for (let minute = 21; minute <= 61; minute++) {
    board.apply(readOf([one({})], { nowMs: NOW_MS + minute * MINUTE_MS }))
  }
  expect(board.isResumable(version)).toBe(false)
  expect(board.isResumable(board.version())).toBe(true)
})

const someAttempt = fc.record({
  endpointId: fc.constantFrom(7, 8, 9),
  // Some within what is re-read each time, some older, some ahead of the clock.
  minutesAgo: fc.integer({ min: -30, max: 70 }),
  error: fc.option(fc.integer({ min: 0, max: ERROR_CLASSES.length - 1 })),
  times: fc.integer({ min: 1, max: 25 }),
})

/** Steps in time: attempts are committed, then somebody reads. */
const someHistory = fc.array(
  fc.record({
    committed: fc.array(someAttempt, { maxLength: 4 }),
    extent: fc.constantFrom('recent' as const, 'all' as const),
    minutesLater: fc.constantFrom(0, 0, 0, 1, 2, 7),
  }),
  { minLength: 1, maxLength: 8 },
)

type History = { committed: One[]; extent: 'recent' | 'all'; minutesLater: number }[]

/** The board's reads while a history goes on; the last one reads everything, as every half minute does. */
function readsOf(history: History): BoardRead[] {
  const all: One[] = []
  let nowMs = NOW_MS
  return history.map(({ committed, extent, minutesLater }, index) => {
    const isNewHour = floorToBucket(nowMs, 'hour') !== floorToBucket(nowMs + minutesLater * MINUTE_MS, 'hour')
    nowMs += minutesLater * MINUTE_MS
    all.push(...committed)
    const isAll = isNewHour || index === 0 || index === history.length - 1
    return readOf(all, { nowMs, extent: isAll ? 'all' : extent })
  })
}

const ofState = (state: LiveState) => ({
  endpoints: [...state.endpoints.values()].filter((told) => told.uptime1d !== null || told.attempts30m > 0),
  providers: [...state.providers.values()].sort((a, b) => (a.provider < b.provider ? -1 : 1)),
  totals: state.totals,
})

function stateOf(board: EndpointBoard): LiveState {
  const snapshot = snapshotOf(board)
  if (!snapshot) throw new Error('a snapshot is never nothing')
  return stateOfSnapshot(snapshot)
}

const sorted = (state: LiveState) => {
  const { endpoints, ...rest } = ofState(state)
  return { ...rest, endpoints: endpoints.sort((a, b) => a.endpointId - b.endpointId) }
}

test('whatever was read before, and however often, the board says what the last reading of all says', () => {
  fc.assert(
    fc.property(someHistory, fc.array(fc.nat({ max: 2 }), { maxLength: 8 }), (history, repeats) => {
      const reads = readsOf(history)
      const often = reads.flatMap((read, index) =>
        Array.from({ length: 1 + (repeats[index] ?? 0) }, () => read),
      )
      const last = reads[reads.length - 1]
      if (!last) return
      expect(sorted(stateOf(boardOf(...often)))).toEqual(sorted(stateOf(boardOf(last))))
    }),
  )
})

test('changes since any version, applied to the state of that version, give the state now', () => {
  fc.assert(
    fc.property(someHistory, fc.nat(), (history, pick) => {
      const reads = readsOf(history)
      const at = pick % reads.length
      const board = boardOf(...reads.slice(0, at + 1))
      const version = board.version()
      const before = stateOf(board)
      for (const read of reads.slice(at + 1)) board.apply(read)
      if (!board.isResumable(version)) return
      const change = board.event({ since: version })
      const after = change ? applyLiveChange(before, change) : before
      expect(sorted(after)).toEqual(sorted(stateOf(board)))
      expect(change ? sorted(applyLiveChange(after, change)) : null).toEqual(change ? sorted(after) : null)
    }),
  )
})
