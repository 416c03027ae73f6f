import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { apiKeyPrefix, hashApiKey } from '../access/api-key'
import { setDemoProgress } from '../access/instance.server'
import { deriveSecret } from '../access/secret.server'
import { writeSetting } from '../access/settings.server'
import { db } from '../platform/db.server'
import { childEnvironment, readEnvironment, setEnvironment } from '../platform/env.server'
import { log } from '../platform/log.server'
import { weekStart } from '../simulator/demand'
import { prepareDemo } from '../simulator/prepare-demo.server'
import { buildWorld, DEMO_SEED } from '../simulator/world'
import { RUN_COMMAND } from './project-root.server'

const TRAFFIC = 'lib/simulator/demo-traffic-cli.server.ts'
const UPSTREAM = 'lib/simulator/upstream/upstream-cli.server.ts'
const DEMO_SCOPES = ['ingest', 'gateway', 'read'] as const
/** Who created what the demo brings, in the audit log and beside its presets. */
const DEMO_ACTOR = 'demo'
const progressLine = z.object({ historyProgress: z.number().nullable() })
const upstreamLine = z.object({ url: z.url() })

export type DemoTraffic = { stop: () => Promise<void> }

/**
 * Marks this installation as holding simulated data, starts the simulated providers in a process of their own, connects
 * them, and starts the traffic in another, which sends it through the same ingest endpoint and gateway as anybody's.
 * Throws when the providers cannot be started.
 */
export async function startDemoTraffic({ url }: { url: string }): Promise<DemoTraffic> {
  // The simulated providers live on loopback, whatever this server listens on; an operator's own word still counts.
  if (readEnvironment().SIGHTGLASS_ALLOW_PRIVATE_NETWORK === undefined)
    setEnvironment({ SIGHTGLASS_ALLOW_PRIVATE_NETWORK: 'true' })
  await writeSetting('simulated', true)
  setDemoProgress(0)
  const key = await ensureDemoKey()
  const upstream = startProcess(UPSTREAM, ['--port', '0'], {})
  const upstreamUrl = await readAddress(upstream)
  const world = buildWorld({ seed: DEMO_SEED, anchorMs: weekStart(Date.now()) })
  await prepareDemo({ world, upstreamUrl, actor: DEMO_ACTOR })
  const traffic = startProcess(TRAFFIC, ['--upstream', upstreamUrl], {
    SIGHTGLASS_URL: url,
    SIGHTGLASS_API_KEY: key,
  })
  followProgress(traffic.child)
  void traffic.exited.then(() => setDemoProgress(null))
  return {
    stop: async () => {
      await traffic.stop()
      await upstream.stop()
    },
  }
}

type StartedProcess = { child: ChildProcess; exited: Promise<void>; stop: () => Promise<void> }

function startProcess(command: string, options: string[], values: Record<string, string>): StartedProcess {
  const name = path.basename(command)
  const child = spawn(process.execPath, [RUN_COMMAND, command, ...options], {
    env: childEnvironment(values),
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl-C reaches the whole group; they must outlive it until our own shutdown asks them to stop.
    detached: true,
  })
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      log.error({ err: error, process: name }, 'a process of the demo could not be started')
      resolve()
    })
    child.once('exit', (code) => {
      if (code) log.error({ code, process: name }, 'a process of the demo ended')
      resolve()
    })
  })
  // A crash of ours must not leave it running against whoever takes the port next.
  process.once('exit', () => child.kill('SIGKILL'))
  return {
    child,
    exited,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** The first line that the simulated providers print. */
async function readAddress({ child, exited }: StartedProcess): Promise<string> {
  const line = new Promise<string>((resolve) => {
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve)
  })
  const first = await Promise.race([line, exited.then(() => null)])
  if (first === null) throw new Error('The simulated providers of the demo could not be started.')
  return upstreamLine.parse(JSON.parse(first)).url
}

function followProgress(child: ChildProcess): void {
  if (!child.stdout) return
  createInterface({ input: child.stdout }).on('line', (line) => {
    try {
      const { historyProgress } = progressLine.parse(JSON.parse(line))
      setDemoProgress(historyProgress === null || historyProgress >= 1 ? null : historyProgress)
    } catch {
      log.warn({ line: line.slice(0, 200) }, 'the demo traffic said something unexpected')
    }
  })
}

/** The same key at every start of one data folder, so that restarts do not pile up keys. */
async function ensureDemoKey(): Promise<string> {
  const key = `sg_${(await deriveSecret('demo traffic key')).slice(0, 40)}`
  await db().apiKey.upsert({
    where: { keyHash: hashApiKey(key) },
    create: {
      name: 'Demo traffic',
      keyHash: hashApiKey(key),
      prefix: apiKeyPrefix(key),
      scopes: [...DEMO_SCOPES],
    },
    update: { revokedAt: null, scopes: [...DEMO_SCOPES] },
  })
  return key
}
