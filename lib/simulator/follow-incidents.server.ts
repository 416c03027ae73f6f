import { setTimeout as sleepFor } from 'node:timers/promises'
import { request } from 'undici'
import { log } from '../platform/log.server'
import { mixSeed } from '../platform/random'
import { createIncidentLookup, type Incident } from './incidents'
import { profileOf } from './profile-of-provider'
import type { FaultProfileInput } from './upstream/schema'
import type { World } from './world'

const MINUTE_MS = 60_000

/**
 * Gives the simulated providers at `upstreamUrl` their characters, and every minute those of them whose incident began
 * or ended their new profile, until the signal aborts. `onReady` is called once all have a profile.
 */
export async function followIncidents({
  world,
  upstreamUrl,
  signal,
  onReady,
}: {
  world: World
  upstreamUrl: string
  signal: AbortSignal
  onReady: () => void
}): Promise<void> {
  const incidentAt = createIncidentLookup(world)
  const shown = new Map<string, Incident | null>()
  let isReady = false
  while (!signal.aborted) {
    const nowMs = Date.now()
    const profiles: Record<string, FaultProfileInput> = {}
    const changes = new Map<string, Incident | null>()
    for (const [index, provider] of world.providers.entries()) {
      const incident = incidentAt(index, nowMs)
      if (shown.has(provider.slug) && shown.get(provider.slug) === incident) continue
      changes.set(provider.slug, incident)
      // Another seed each time: a new profile starts its draws anew.
      profiles[provider.slug] = profileOf({ provider, incident, seed: mixSeed(world.seed, 41, index, nowMs) })
    }
    if (changes.size === 0 || (await putProfiles({ upstreamUrl, profiles, signal }))) {
      for (const [slug, incident] of changes) shown.set(slug, incident)
      if (!isReady) onReady()
      isReady = true
    }
    await sleepFor(isReady ? MINUTE_MS - (Date.now() % MINUTE_MS) : 500, undefined, { signal })
  }
}

async function putProfiles({
  upstreamUrl,
  profiles,
  signal,
}: {
  upstreamUrl: string
  profiles: Record<string, FaultProfileInput>
  signal: AbortSignal
}): Promise<boolean> {
  try {
    const address = `${upstreamUrl}/_control/providers`
    const { statusCode, body } = await request(address, {
      method: 'PUT',
      body: JSON.stringify(profiles),
      signal,
    })
    const text = await body.text()
    if (statusCode === 200) return true
    log.warn({ statusCode, answer: text.slice(0, 300) }, 'the simulated providers refused their profiles')
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error }, 'the simulated providers cannot be reached')
  }
  return false
}
