import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect } from '@playwright/test'
import { databaseUrl, queryDatabase } from './database-under-test'
import { SERVER } from './server-under-test'

const ROOT = path.resolve(import.meta.dirname, '..')

export type ServerHalf = {
  url: string
  stop: () => Promise<void>
}

/** A process of its own that serves one half on a database, as an operator starts several. */
export async function startHalf({
  role,
  database,
}: {
  role: 'data-plane' | 'dashboard'
  /** Connection string. */
  database: string
}): Promise<ServerHalf> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), `sightglass-e2e-${role}-`))
  const child = spawn(process.execPath, ['lib/server/run.mjs', 'lib/server/main.server.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: database,
      SIGHTGLASS_DATA_DIR: dataDir,
      SIGHTGLASS_API_KEY: SERVER.apiKey,
      SIGHTGLASS_ROLE: role,
      npm_lifecycle_event: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise((resolve) => child.once('close', resolve))
  let output = ''
  const keep = (part: Buffer) => {
    output += part.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const stop = async () => {
    child.kill('SIGTERM')
    await exited
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await expect.poll(() => output, { timeout: 60_000 }).toMatch(/ready at \S+/)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: /ready at (\S+)/.exec(output)?.[1] ?? '', stop }
}

/** An empty database beside that of the server under test. */
export async function createOwnDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `e2e_${Date.now().toString(36)}`
  await queryDatabase(`CREATE DATABASE ${name}`)
  const url = new URL(await databaseUrl())
  url.pathname = `/${name}`
  return { url: url.href, drop: () => queryDatabase(`DROP DATABASE ${name} WITH (FORCE)`) }
}
