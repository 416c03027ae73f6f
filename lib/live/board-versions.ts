import { GRANULARITY_MS } from '../time/time-buckets'
import { KEPT_MINUTES } from './ledger'

/** The board's version, the minutes that changed with each, and how far back that can be told. */
export type BoardVersions = {
  current: () => number
  /** The version that the change at hand will be told with; the version counts up to it when `settle` comes. */
  next: () => number
  /** One version for all changes since the last; none when there were none. */
  settle: () => void
  /** A minute of a provider, and so of the totals, changes. */
  noteMinute: (minuteMs: number, providerKey: number) => void
  /** Minutes that changed after a version (0 = all that ever did), oldest first, of one provider or of the totals. */
  minutesSince: (since: number, of: { providerKey: number } | 'all') => number[]
  /** A minute begins: what has left the half hour is no longer told. */
  beginMinute: (minuteMs: number) => void
  /** Whether all that changed since a version is still kept. */
  isResumable: (version: number) => boolean
}

/** Version 0, of nothing. */
export function createBoardVersions(): BoardVersions {
  /** By minute: version at which it last changed, of each provider and of the totals. */
  const changedMinutes = new Map<number, { providers: Map<number, number>; all: number }>()
  /** The version as each minute began, for the half hour that can be resumed. */
  const marks: { minuteMs: number; version: number }[] = []
  let version = 0
  let isChanged = false

  const next = () => {
    isChanged = true
    return version + 1
  }
  return {
    current: () => version,
    next,
    settle: () => {
      if (isChanged) version += 1
      isChanged = false
    },
    noteMinute: (minuteMs, providerKey) => {
      const changed = changedMinutes.get(minuteMs) ?? { providers: new Map<number, number>(), all: 0 }
      changedMinutes.set(minuteMs, changed)
      changed.all = next()
      changed.providers.set(providerKey, changed.all)
    },
    minutesSince: (since, of) =>
      [...changedMinutes]
        .filter(
          ([, { all, providers }]) => (of === 'all' ? all : (providers.get(of.providerKey) ?? 0)) > since,
        )
        .map(([minuteMs]) => minuteMs)
        .sort((left, right) => left - right),
    beginMinute: (minuteMs) => {
      const goneMs = minuteMs - KEPT_MINUTES * GRANULARITY_MS.minute
      for (const kept of changedMinutes.keys()) if (kept <= goneMs) changedMinutes.delete(kept)
      marks.push({ minuteMs, version })
      while ((marks[0]?.minuteMs ?? minuteMs) <= goneMs) marks.shift()
    },
    isResumable: (wanted) => wanted <= version && wanted >= (marks[0]?.version ?? Number.POSITIVE_INFINITY),
  }
}
