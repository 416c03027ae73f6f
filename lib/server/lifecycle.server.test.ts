import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type RealServer, startRealServer } from '../testing/real-server.server'

const API_KEY = 'sg_lifecycle_test_key'
const STARTED_AT = new Date().toISOString()

let dataDir: string
let running: RealServer[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'sightglass-lifecycle-'))
})

afterEach(async () => {
  await Promise.all(running.map((server) => server.end('SIGTERM')))
  running = []
  await rm(dataDir, { recursive: true, force: true })
})

function start(values: Record<string, string> = {}): RealServer {
  const server = startRealServer(dataDir, values)
  running.push(server)
  return server
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
  return z
    .object({ accepted: z.number(), amended: z.number(), duplicates: z.number() })
    .parse(await answer.json())
}

// Each test starts real processes with a database of their own, up to three times.
describe('the server', { timeout: 150_000 }, () => {
  test('prints what a person needs at the first start, stops cleanly, and finds its data at the second', async () => {
    const first = start()
    const url = await first.ready()
    const key = /API key +(sg_\w+)/.exec(first.output())?.[1] ?? ''
    expect(first.output()).toMatch(/Sign in +admin@sightglass.local +\S{8,}/)
    expect(await ingest(url, 'one', key)).toEqual({ accepted: 1, amended: 0, duplicates: 0 })
    first.child.kill('SIGTERM')
    expect(await first.exited).toBe(0)

    const second = start()
    expect(await ingest(await second.ready(), 'one', key)).toEqual({ accepted: 0, amended: 0, duplicates: 1 })
    expect(second.output()).not.toContain(key)
  })

  test('has every acknowledged record after it was killed', async () => {
    const killed = start({ SIGHTGLASS_API_KEY: API_KEY })
    expect(await ingest(await killed.ready(), 'kept', API_KEY)).toEqual({
      accepted: 1,
      amended: 0,
      duplicates: 0,
    })
    await killed.end('SIGKILL')

    const next = start({ SIGHTGLASS_API_KEY: API_KEY })
    expect(await ingest(await next.ready(), 'kept', API_KEY)).toEqual({
      accepted: 0,
      amended: 0,
      duplicates: 1,
    })
  })

  test('refuses a data folder that another instance holds, in one line that names it', async () => {
    const holder = start()
    await holder.ready()
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
