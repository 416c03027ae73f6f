import { AT, type MinuteRow, WIDTH, writeCounts } from './attempt-counts'
import type { BoardKeys } from './board-keys'
import {
  addToDay,
  createLedger,
  DAY_AT,
  DAY_WIDTH,
  type DayRow,
  dayOf,
  type Ledger,
  minuteOf,
} from './ledger'

/** The only key of the ledger that counts all attempts together. */
export const ALL = 0

/** The same attempts three times: by endpoint, by provider and in all. */
export type BoardLedgers = {
  endpoint: Ledger
  provider: Ledger
  all: Ledger
  /** Replaces what stood in a minute (an endpoint without a row had no attempt); returns the endpoint keys it changed. */
  replaceMinute: (minuteMs: number, rows: readonly MinuteRow[]) => number[]
  /** Replaces what stood of the day; returns the endpoint keys it changed. */
  replaceDay: (rows: readonly DayRow[]) => number[]
  /** Minutes in `(afterMs, untilMs]` with each provider key that has an attempt in them. */
  providersBetween: (afterMs: number, untilMs: number) => { minuteMs: number; providerKey: number }[]
  /** Lets minutes go that began before. */
  forgetBefore: (oldestMs: number) => void
}

/** Ledgers without an attempt, for the endpoints that `keys` has or will have. */
export function createBoardLedgers(keys: BoardKeys): BoardLedgers {
  const ledgers = { endpoint: createLedger(), provider: createLedger(), all: createLedger() }
  const endpointCount = () => keys.endpointIds.length
  const providerCount = () => keys.providerSlugs.length

  function replaceMinute(minuteMs: number, rows: readonly MinuteRow[]): number[] {
    if (rows.length === 0 && !ledgers.endpoint.minutes.has(minuteMs)) return []
    const next = new Uint32Array(endpointCount() * WIDTH)
    for (const row of rows) {
      const key = keys.ofEndpoint(row.endpointId)
      if (key !== undefined) writeCounts(next, key * WIDTH, row)
    }
    const before = minuteOf(ledgers.endpoint, minuteMs, endpointCount())
    const ofProviders = minuteOf(ledgers.provider, minuteMs, providerCount())
    const ofAll = minuteOf(ledgers.all, minuteMs, 1)
    const day = dayOf(ledgers.endpoint, endpointCount())
    const providerDay = dayOf(ledgers.provider, providerCount())
    const changed: number[] = []
    for (let key = 0; key < endpointCount(); key++) {
      const at = key * WIDTH
      if (!differs(before, next, at)) continue
      const providerKey = keys.providerOf[key] ?? 0
      const difference = (count: number) => (next[at + count] ?? 0) - (before[at + count] ?? 0)
      for (let count = 0; count < WIDTH; count++) {
        addTo(ofProviders, providerKey * WIDTH + count, difference(count))
        addTo(ofAll, ALL + count, difference(count))
      }
      addToDay(day, key, difference)
      addToDay(providerDay, providerKey, difference)
      changed.push(key)
    }
    ledgers.endpoint.minutes.set(minuteMs, next)
    return changed
  }

  function replaceDay(rows: readonly DayRow[]): number[] {
    const next = new Uint32Array(endpointCount() * DAY_WIDTH)
    const providerDay = new Uint32Array(providerCount() * DAY_WIDTH)
    for (const row of rows) {
      const key = keys.ofEndpoint(row.endpointId)
      if (key === undefined) continue
      const providerKey = keys.providerOf[key] ?? 0
      for (const [name, place] of DAY_PLACES) {
        next[key * DAY_WIDTH + place] = row[name]
        addTo(providerDay, providerKey * DAY_WIDTH + place, row[name])
      }
    }
    const before = dayOf(ledgers.endpoint, endpointCount())
    ledgers.endpoint.day = next
    ledgers.provider.day = providerDay
    return keys.endpointIds.flatMap((_, key) => (differsInDay(before, next, key) ? [key] : []))
  }

  return {
    ...ledgers,
    replaceMinute,
    replaceDay,
    providersBetween: (afterMs, untilMs) =>
      [...ledgers.provider.minutes]
        .filter(([minuteMs]) => minuteMs > afterMs && minuteMs <= untilMs)
        .flatMap(([minuteMs, counts]) =>
          keys.providerSlugs.flatMap((_, providerKey) =>
            (counts[providerKey * WIDTH + AT.attempts] ?? 0) > 0 ? [{ minuteMs, providerKey }] : [],
          ),
        ),
    forgetBefore: (oldestMs) => {
      for (const { minutes } of Object.values(ledgers)) {
        for (const minuteMs of minutes.keys()) if (minuteMs < oldestMs) minutes.delete(minuteMs)
      }
    },
  }
}

const DAY_PLACES = [
  ['attempts', DAY_AT.attempts],
  ['ok', DAY_AT.ok],
  ['countedErrors', DAY_AT.countedErrors],
  ['checkedToolCallAttempts', DAY_AT.checkedToolCallAttempts],
  ['badToolCallAttempts', DAY_AT.badToolCallAttempts],
] as const

function differs(a: Uint32Array, b: Uint32Array, at: number): boolean {
  for (let count = 0; count < WIDTH; count++) if ((a[at + count] ?? 0) !== (b[at + count] ?? 0)) return true
  return false
}

function differsInDay(a: Uint32Array, b: Uint32Array, key: number): boolean {
  const at = key * DAY_WIDTH
  for (let place = 0; place < DAY_WIDTH; place++) if (a[at + place] !== b[at + place]) return true
  return false
}

function addTo(counts: Uint32Array, place: number, difference: number): void {
  counts[place] = (counts[place] ?? 0) + difference
}
