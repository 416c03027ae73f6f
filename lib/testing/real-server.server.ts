import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'vitest'
import { z } from 'zod'
import { childEnvironment } from '@/lib/platform/env.server'
import { PROJECT_ROOT, RUN_COMMAND } from '@/lib/server/project-root.server'

const MAIN = path.join(PROJECT_ROOT, 'lib/server/main.server.ts')

/** The server as a process of its own, as `npm start` runs it. */
export type RealServer = {
  child: ChildProcess
  /** What it has written so far, to either stream. */
  output: () => string
  /** Its exit code; null when a signal ended it. */
  exited: Promise<number | null>
  /** Its address, once it is ready. */
  ready: () => Promise<string>
  /** Sends a signal and resolves when the process is gone. */
  end: (signal: NodeJS.Signals) => Promise<void>
}

/** Starts the data plane alone (the dashboard would have to be built) on an embedded Postgres in `dataDir`. */
export function startRealServer(dataDir: string, values: Record<string, string> = {}): RealServer {
  const child = spawn(process.execPath, [RUN_COMMAND, MAIN], {
    env: childEnvironment({
      DATABASE_URL: '',
      SIGHTGLASS_DATA_DIR: dataDir,
      SIGHTGLASS_ROLE: 'data-plane',
      npm_lifecycle_event: '',
      PORT: '0',
      ...values,
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    output: () => output,
    exited,
    ready: async () => {
      await expect.poll(() => output, { timeout: 60_000 }).toMatch(/ready at (\S+)/)
      return /ready at (\S+)/.exec(output)?.[1] ?? ''
    },
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
    },
  }
}

const health = z.object({
  database: z.enum(['ok', 'unavailable']),
  outbox: z.object({
    waitingRecords: z.number().nullable(),
    bytes: z.number(),
    oldestSeconds: z.number().nullable(),
  }),
})

/** What `/api/health` says; null while nobody answers. */
export async function readHealth(url: string): Promise<z.infer<typeof health> | null> {
  try {
    const answer = await fetch(`${url}/api/health`)
    return health.parse(await answer.json())
  } catch {
    return null
  }
}

/** Address of the database that a running server has in its data folder. */
export async function embeddedUrl(dataDir: string): Promise<string> {
  return await readFile(path.join(dataDir, 'postgres-address'), 'utf8')
}

/** Process id of the Postgres in a data folder. */
export async function postmasterPid(dataDir: string): Promise<number> {
  const noted = await readFile(path.join(dataDir, 'postgres-location'), 'utf8').catch(() => null)
  const folder = noted?.trim() ?? path.join(dataDir, 'postgres')
  return Number.parseInt(await readFile(path.join(folder, 'postmaster.pid'), 'utf8'), 10)
}
