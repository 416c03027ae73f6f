import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { apiKeyPrefix, hashApiKey } from '../access/api-key'
import { setDemoProgress } from '../access/instance.server'
import { deriveSecret } from '../access/secret.server'
import { writeSetting } from '../access/settings.server'
import { db } from '../platform/db.server'
import { childEnvironment } from '../platform/env.server'
import { log } from '../platform/log.server'

const COMMAND = path.join(import.meta.dirname, '../simulator/demo-traffic-cli.server.ts')
const progressLine = z.object({ historyProgress: z.number().nullable() })

export type DemoTraffic = { stop: () => Promise<void> }

/**
 * Marks this installation as holding simulated data and starts the traffic in a process of its own, which sends it
 * through the same ingest endpoint as anybody's.
 */
export async function startDemoTraffic({ url }: { url: string }): Promise<DemoTraffic> {
  await writeSetting('simulated', true)
  setDemoProgress(0)
  const key = await ensureDemoKey()
  const child = spawn(process.execPath, ['--import', 'tsx', COMMAND], {
    env: childEnvironment({ SIGHTGLASS_URL: url, SIGHTGLASS_API_KEY: key }),
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl-C reaches the whole group; the traffic must outlive it until our own shutdown asks it to stop.
    detached: true,
  })
  followProgress(child)
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      log.error({ err: error }, 'the demo traffic could not be started')
      resolve()
    })
    child.once('exit', (code) => {
      if (code) log.error({ code }, 'the demo traffic ended')
      setDemoProgress(null)
      resolve()
    })
  })
  // A crash of ours must not leave the traffic running against whoever takes the port next.
  process.once('exit', () => child.kill('SIGKILL'))
  return {
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
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
      scopes: ['ingest', 'read'],
    },
    update: { revokedAt: null },
  })
  return key
}
