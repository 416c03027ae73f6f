import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { childEnvironment } from '../platform/env.server'
import { RUN_COMMAND } from './project-root.server'

const MAIN = path.join(import.meta.dirname, 'main.server.ts')
const API_KEY = 'sg_lifecycle_test_key'
const STARTED_AT = new Date().toISOString()

let dataDir: string
let running: ChildProcess[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'sightglass-lifecycle-'))
})

afterEach(async () => {
  await Promise.all(running.map((child) => end(child, 'SIGTERM')))
  running = []
  await rm(dataDir, { recursive: true, force: true })
})

type Started = { child: ChildProcess; output: () => string; exited: Promise<number | null> }

/** The server as `npm start` runs it, without the dashboard: that half needs no build. */
function start(values: Record<string, string> = {}): Started {
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
  running.push(child)
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return { child, output: () => output, exited: new Promise((resolve) => child.once('close', resolve)) }
}

async function ready(started: Started): Promise<string> {
  await expect.poll(started.output, { timeout: 60_000 }).toMatch(/ready at (\S+)/)
  return /ready at (\S+)/.exec(started.output())?.[1] ?? ''
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await exited
}

async function ingest(url: string, id: string, key: string) {
  const answer = await fetch(`${url}/api/v1/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({
      id,
      startedAt: STARTED_AT,
      model: 'acme/atlas',
    }),
  })
  return z.object({ accepted: z.number(), duplicates: z.number() }).parse(await answer.json())
}

// Each test starts real processes with a database of their own, up to three times.
describe('the server', { timeout: 150_000 }, () => {
  test('prints what a person needs at the first start, stops cleanly, and finds its data at the second', async () => {
    const first = start()
    const url = await ready(first)
    const key = /API key +(sg_\w+)/.exec(first.output())?.[1] ?? ''
    expect(first.output()).toMatch(/Sign in +admin@sightglass.local +\S{8,}/)
    expect(await ingest(url, 'one', key)).toEqual({ accepted: 1, duplicates: 0 })
    first.child.kill('SIGTERM')
    expect(await first.exited).toBe(0)

    const second = start()
    expect(await ingest(await ready(second), 'one', key)).toEqual({ accepted: 0, duplicates: 1 })
    expect(second.output()).not.toContain(key)
  })

  test('has every acknowledged record after it was killed', async () => {
    const killed = start({ SIGHTGLASS_API_KEY: API_KEY })
    expect(await ingest(await ready(killed), 'kept', API_KEY)).toEqual({ accepted: 1, duplicates: 0 })
    await end(killed.child, 'SIGKILL')

    const next = start({ SIGHTGLASS_API_KEY: API_KEY })
    expect(await ingest(await ready(next), 'kept', API_KEY)).toEqual({ accepted: 0, duplicates: 1 })
  })

  test('refuses a data folder that another instance holds, in one line that names it', async () => {
    const holder = start()
    await ready(holder)
    const refused = start()
    expect(await refused.exited).toBe(1)
    expect(refused.output().trim().split('\n')).toEqual([
      expect.stringContaining(`Another Sightglass (process ${holder.child.pid}) is using ${dataDir}.`),
    ])
  })

  test('says which port is in use', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
    const address = blocker.address()
    const port = address && typeof address === 'object' ? address.port : 0
    const refused = start({ PORT: String(port) })
    expect(await refused.exited).toBe(1)
    blocker.close()
    expect(refused.output().trim()).toBe(
      `Port ${port} on 127.0.0.1 is in use. Stop what uses it, or set PORT to another one.`,
    )
  })

  test('says that DATABASE_URL cannot be reached, without the password', async () => {
    const refused = start({ DATABASE_URL: 'postgresql://someone:secret-word@127.0.0.1:1/nowhere' })
    expect(await refused.exited).toBe(1)
    expect(refused.output().trim()).toMatch(
      /^DATABASE_URL cannot be used \(127\.0\.0\.1:1\/nowhere\): .*ECONNREFUSED/,
    )
    expect(refused.output()).not.toContain('secret-word')
  })

  test('names a setting that is not usable', async () => {
    const refused = start({ PORT: 'often' })
    expect(await refused.exited).toBe(1)
    expect(refused.output()).toContain('PORT')
  })
})
