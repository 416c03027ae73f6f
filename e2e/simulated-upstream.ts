import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { type APIRequestContext, expect } from '@playwright/test'
import { BEARER } from './server-under-test'

const ROOT = path.resolve(import.meta.dirname, '..')
const RUN = Date.now().toString(36)
let named = 0
const made = new Set<string>()

/** What the simulator has counted of one provider; see `lib/simulator/README.md`. */
export type UpstreamStats = {
  requests: number
  byFault: Record<string, number>
  open: number
  cancelled: number
  refused: number
}

/** A running `npm run simulator` on a port of its own. */
export type SimulatedUpstream = {
  url: string
  /** Replaces how a provider behaves and starts its draws anew. */
  behave: (provider: string, profile: object) => Promise<void>
  stats: (provider: string) => Promise<UpstreamStats>
  stop: () => Promise<void>
}

const NOTHING_SEEN: UpstreamStats = { requests: 0, byFault: {}, open: 0, cancelled: 0, refused: 0 }

/** Starts the simulated providers as a process of their own, as anybody would. */
export async function startSimulatedUpstream(): Promise<SimulatedUpstream> {
  const command = ['lib/server/run.mjs', 'lib/simulator/upstream/upstream-cli.server.ts', '--port', '0']
  const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  const { url }: { url: string } = JSON.parse(String(line))
  return {
    url,
    behave: async (provider, profile) => {
      const body = JSON.stringify(profile)
      const response = await fetch(`${url}/_control/providers/${provider}`, { method: 'PUT', body })
      expect(response.status, await response.text()).toBe(200)
    },
    stats: async (provider) => {
      const { providers } = await (await fetch(`${url}/_control/stats`)).json()
      return providers[provider] ?? NOTHING_SEEN
    },
    stop: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** A name that no other spec and no earlier run has used, and that is no part of another. */
export function ownName(word: string): string {
  named += 1
  return `${word}-${RUN}-${String(named).padStart(4, '0')}`
}

/**
 * Connects a provider to the gateway and lets it serve a model, as an operator would by the API. `upstreamUrl` is the
 * base URL without the provider's name, which is also its name at the simulator.
 */
export async function connect(
  request: APIRequestContext,
  {
    provider,
    model,
    upstreamUrl,
    apiShape = 'openai',
    apiKey,
    ...endpoint
  }: {
    provider: string
    model: string
    upstreamUrl: string
    apiShape?: 'openai' | 'anthropic'
    apiKey?: string
    promptUsdPerMTok?: number
    completionUsdPerMTok?: number
    contextLength?: number
    supportsTools?: boolean
  },
): Promise<void> {
  const connected = await request.put(`/api/v1/providers/${provider}`, {
    headers: BEARER,
    data: {
      name: provider,
      baseUrl: `${upstreamUrl}/${provider}/v1`,
      apiShape,
      allowPrivateNetwork: true,
      ...(apiKey === undefined ? {} : { apiKey }),
    },
  })
  expect(connected.status(), await connected.text()).toBe(200)
  const prices = { promptUsdPerMTok: 1, completionUsdPerMTok: 4 }
  made.add(`/api/v1/providers/${provider}`)
  const served = await request.put('/api/v1/endpoints', {
    headers: BEARER,
    data: { model, provider, ...prices, ...endpoint },
  })
  expect(served.status(), await served.text()).toBe(200)
}

/** A preset of these settings; answers its slug. */
export async function createPreset(request: APIRequestContext, config: object): Promise<string> {
  const slug = ownName('preset')
  const created = await request.post('/api/v1/presets', { headers: BEARER, data: { slug, config } })
  expect(created.status(), await created.text()).toBe(201)
  made.add(`/api/v1/presets/${slug}`)
  return slug
}

/** Disconnects the providers and deletes the presets of a spec that is over: others look at lists of them. */
export async function tidyUp(request: APIRequestContext): Promise<void> {
  for (const path of made) await request.delete(path, { headers: BEARER })
  made.clear()
}

/** A key that may call the gateway, and its id. */
export async function createGatewayKey(
  request: APIRequestContext,
  limits: { requestsPerMinute?: number } = {},
): Promise<{ id: number; key: string }> {
  const data = { name: ownName('gateway'), scopes: ['gateway'], ...limits }
  const created = await request.post('/api/keys', { headers: BEARER, data })
  expect(created.ok(), await created.text()).toBe(true)
  const { id, key } = await created.json()
  return { id, key }
}
