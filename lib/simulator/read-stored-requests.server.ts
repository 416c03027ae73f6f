import { request } from 'undici'
import { usageAnswer } from '../analytics/usage/schema'
import type { World } from './world'

/**
 * Requests of the simulated apps already stored in the window, by start of the UTC day or hour in epoch
 * milliseconds. Empty when the server does not say (not signed in, not ready): then everything is sent again.
 */
export async function readStoredRequests({
  url,
  apiKey,
  world,
  granularity,
  fromMs,
  toMs,
  signal,
}: {
  url: string
  apiKey: string
  world: World
  granularity: 'day' | 'hour'
  fromMs: number
  toMs: number
  signal: AbortSignal
}): Promise<Map<number, number>> {
  const stored = new Map<number, number>()
  // By app, so that trials and whatever else goes to the same models does not count.
  const apps = new Set(world.apps.map(({ name }) => name))
  const address = new URL('api/usage', url.endsWith('/') ? url : `${url}/`)
  address.search = new URLSearchParams({
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    granularity,
    by: 'app',
    limit: '100',
  }).toString()
  const answer = await readUsage(address, apiKey, signal)
  for (const { key, points } of answer?.series ?? []) {
    if (!apps.has(key)) continue
    for (const { start, requests } of points) {
      const startMs = Date.parse(start)
      stored.set(startMs, (stored.get(startMs) ?? 0) + requests)
    }
  }
  return stored
}

async function readUsage(address: URL, apiKey: string, signal: AbortSignal) {
  try {
    const response = await request(address, { headers: { authorization: `Bearer ${apiKey}` }, signal })
    const parsed = usageAnswer.safeParse(await response.body.json())
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
