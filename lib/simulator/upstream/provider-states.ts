import {
  type FaultKind,
  type FaultProfile,
  faultProfile,
  type ProfilesByProvider,
  type StatsAnswer,
} from './schema'

/** One provider of the process: how it behaves, how many draws it has made, and what it has seen. */
export type ProviderState = {
  name: string
  profile: FaultProfile
  /** Requests drawn for since the profile was set: the next draw's number. */
  count: number
  stats: StatsAnswer['providers'][string]
}

export type ProviderStates = {
  /** The provider of this name; a name nobody configured behaves steadily. */
  of: (name: string) => ProviderState
  /** Replaces how a provider behaves and starts its draws anew. */
  setProfile: (name: string, profile: FaultProfile) => void
  profiles: () => ProfilesByProvider
  stats: () => StatsAnswer
  /** Sets all counts but those of open requests to zero. */
  clearStats: () => void
}

const STEADY = faultProfile.parse({})

/** Keeps the providers of one process, starting with these profiles. */
export function createProviderStates(initial: ProfilesByProvider): ProviderStates {
  const states = new Map<string, ProviderState>()
  const of = (name: string) => {
    let state = states.get(name)
    if (!state) {
      state = {
        name,
        profile: STEADY,
        count: 0,
        stats: { requests: 0, byFault: {}, open: 0, cancelled: 0, refused: 0 },
      }
      states.set(name, state)
    }
    return state
  }
  const setProfile = (name: string, profile: FaultProfile) =>
    void Object.assign(of(name), { profile, count: 0 })
  for (const [name, profile] of Object.entries(initial)) setProfile(name, profile)
  return {
    of,
    setProfile,
    profiles: () => Object.fromEntries([...states].map(([name, { profile }]) => [name, profile])),
    stats: () => ({ providers: Object.fromEntries([...states].map(([name, { stats }]) => [name, stats])) }),
    clearStats: () => {
      for (const { stats } of states.values())
        Object.assign(stats, { requests: 0, byFault: {}, cancelled: 0, refused: 0 })
    },
  }
}

/** Notes that a fault was really shown, not only drawn. */
export function countFault({ stats }: ProviderState, kind: FaultKind): void {
  stats.byFault[kind] = (stats.byFault[kind] ?? 0) + 1
}
