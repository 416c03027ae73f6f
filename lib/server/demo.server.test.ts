import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endpointListAnswer } from '../catalog/schema'
import { childEnvironment } from '../platform/env.server'
import { presetListAnswer } from '../presets/schema'
import { statsAnswer } from '../simulator/upstream/schema'
import { startEmbeddedPostgres } from './embedded-postgres.server'
import { RUN_COMMAND } from './project-root.server'

const MAIN = path.join(import.meta.dirname, 'main.server.ts')
const API_KEY = 'sg_demo_test_key'
const MODEL = 'acme/atlas-120b'

let dataDir: string
let child: ChildProcess
let exited: Promise<number | null>

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'sightglass-demo-'))
})
afterEach(async () => {
  child.kill('SIGKILL')
  await exited
  // A killed process leaves its Postgres running; the next on its folder takes it over, and ends it.
  await (await startEmbeddedPostgres({ dataDir })).stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 })
})

/** The demo without the dashboard; gives its address. */
async function startDemo(values: Record<string, string>): Promise<string> {
  child = spawn(process.execPath, [RUN_COMMAND, MAIN, '--demo'], {
    env: childEnvironment({
      DATABASE_URL: '',
      SIGHTGLASS_DATA_DIR: dataDir,
      SIGHTGLASS_ROLE: 'data-plane',
      SIGHTGLASS_API_KEY: API_KEY,
      npm_lifecycle_event: '',
      PORT: '0',
      ...values,
    }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  exited = new Promise((resolve) => child.once('close', resolve))
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  await expect.poll(() => output, { timeout: 40_000 }).toMatch(/ready at (\S+)/)
  return /ready at (\S+)/.exec(output)?.[1] ?? ''
}

const headers = { authorization: `Bearer ${API_KEY}` }

async function upstreamOf(url: string): Promise<string> {
  const { data } = await (await fetch(`${url}/api/v1/providers`, { headers })).json()
  return new URL(data[0].baseUrl).origin
}

async function requestsAt(upstream: string): Promise<number> {
  const { providers } = statsAnswer.parse(await (await fetch(`${upstream}/_control/stats`)).json())
  return Object.values(providers).reduce((sum, { requests }) => sum + requests, 0)
}

test('has the story to tell, lives through the gateway, and takes its processes along when it stops', async () => {
  const url = await startDemo({})
  const presets = presetListAnswer.parse(await (await fetch(`${url}/api/v1/presets`, { headers })).json())
  expect(presets.data.map(({ slug }) => slug)).toContain('tool-runner')
  const endpoints = endpointListAnswer.parse(
    await (await fetch(`${url}/api/v1/endpoints?model=${MODEL}`, { headers })).json(),
  )
  expect(endpoints.data.filter(({ routable }) => routable).map(({ provider }) => provider)).toEqual(
    expect.arrayContaining(['borealis', 'helios', 'parhelion']),
  )
  const upstream = await upstreamOf(url)
  await expect.poll(() => requestsAt(upstream), { timeout: 60_000, interval: 500 }).toBeGreaterThan(3)
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  await expect(fetch(`${upstream}/_control/stats`)).rejects.toThrow()
}, 120_000)

test('serves its providers when it listens on every address, and leaves none behind when it is killed', async () => {
  const url = (await startDemo({ HOST: '0.0.0.0' })).replace('0.0.0.0', '127.0.0.1')
  const answer = await fetch(`${url}/api/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: MODEL, messages: [{ role: 'user', content: 'hello' }] }),
  })
  expect(await answer.json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] })
  const upstream = await upstreamOf(url)
  child.kill('SIGKILL')
  await exited
  const isGone = () =>
    fetch(`${upstream}/_control/stats`).then(
      () => false,
      () => true,
    )
  await expect.poll(isGone, { timeout: 15_000 }).toBe(true)
}, 120_000)
