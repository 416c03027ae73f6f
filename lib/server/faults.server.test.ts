import { randomInt } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { ADVISORY_LOCKS } from '../platform/advisory-locks'
import { readEnvironment } from '../platform/env.server'
import { rebuildRollups } from '../recorder/rebuild.server'
import { type RunningUpstream, startUpstream } from '../simulator/upstream/upstream-server.server'
import {
  embeddedUrl,
  postmasterPid,
  type RealServer,
  readHealth,
  startRealServer,
} from '../testing/real-server.server'
import { GRANULARITY_MS } from '../time/time-buckets'

const KEY = 'sg_fault_test_key'
const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
const STARTED_AT = new Date().toISOString()
const BATCH = 20
/** Kills in one run; `SIGHTGLASS_FAULT_ROUNDS=20` for a thorough one. */
const ROUNDS = Number(process.env.SIGHTGLASS_FAULT_ROUNDS ?? 2)
/** A request that was answered so long before a kill is in the outbox, on a loaded machine too. */
const SETTLED_MS = 2000

const answered = z.object({ accepted: z.number(), duplicates: z.number(), waiting: z.number().optional() })

let dataDir: string
let running: RealServer[]
let frozen: number[]

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'sightglass-faults-'))
  running = []
  frozen = []
})

afterEach(async () => {
  thaw()
  await Promise.all(running.map((server) => server.end('SIGTERM')))
  await rm(dataDir, { recursive: true, force: true })
})

function start(values: Record<string, string> = {}, folder = dataDir): RealServer {
  const server = startRealServer(folder, { SIGHTGLASS_API_KEY: KEY, ...values })
  running.push(server)
  return server
}

function ingest(url: string, ids: readonly string[], startedAt = STARTED_AT) {
  const records = ids.map((id) => ({ id, startedAt, model: 'acme/atlas', usage: { promptTokens: 7 } }))
  return fetch(`${url}/api/v1/ingest`, { method: 'POST', headers: HEADERS, body: JSON.stringify(records) })
}

async function ingestOk(url: string, ids: readonly string[], startedAt?: string) {
  const answer = await ingest(url, ids, startedAt)
  expect(answer.status).toBe(200)
  return answered.parse(await answer.json())
}

async function query<Row extends pg.QueryResultRow>(databaseUrl: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** How often each request is there, by the id its sender knows. */
async function countFacts(databaseUrl: string): Promise<Map<string, number>> {
  const rows = await query<{ external_id: string; count: number }>(
    databaseUrl,
    'SELECT external_id, count(*)::int AS count FROM request_log GROUP BY 1',
  )
  return new Map(rows.map((row) => [row.external_id, row.count]))
}

async function expectDrained(url: string): Promise<void> {
  await expect.poll(async () => (await readHealth(url))?.outbox.waitingRecords, { timeout: 60_000 }).toBe(0)
}

/** A rebuild from the facts changes nothing, and the sums say as many requests as there are facts. */
async function expectSumsRight(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  try {
    const days = await client.query<{ day: string }>(
      `SELECT DISTINCT to_char(started_at, 'YYYY-MM-DD') AS day FROM request_log`,
    )
    for (const { day } of days.rows) {
      const fromMs = Date.parse(day)
      for await (const rebuilt of rebuildRollups(client, { fromMs, toMs: fromMs + GRANULARITY_MS.day })) {
        expect(rebuilt).toMatchObject({ changed: false })
      }
    }
  } finally {
    await client.end()
  }
}

/** Stops all processes of a Postgres where they are, as a machine that hangs would. */
async function freeze(postmaster: number): Promise<void> {
  process.kill(postmaster, 'SIGSTOP')
  frozen.push(postmaster)
  for (const name of await readdir('/proc')) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : ''
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) !== postmaster) continue
    process.kill(Number(name), 'SIGSTOP')
    frozen.push(Number(name))
  }
}

function thaw(): void {
  for (const pid of frozen.splice(0)) {
    try {
      process.kill(pid, 'SIGCONT')
    } catch {
      // Ended meanwhile.
    }
  }
}

/** Lets nobody in and puts everybody out, as a Postgres that restarts does; `true` lets them in again. */
async function setConnectable(databaseUrl: string, isConnectable: boolean): Promise<void> {
  const database = new URL(databaseUrl).pathname.slice(1)
  const server = inject('testServerUrl')
  await query(server, `ALTER DATABASE ${database} ALLOW_CONNECTIONS ${isConnectable}`)
  if (isConnectable) return
  await query(server, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`)
}

/** Sends without a pause until it is stopped, ingest again and again until it is acknowledged. */
function startLoad(url: string) {
  const acknowledged: string[] = []
  const replies: { id: string; atMs: number }[] = []
  let isOver = false
  let sent = 0

  async function ingestOn(): Promise<void> {
    while (!isOver) {
      const ids = Array.from({ length: BATCH }, () => `load-${sent++}`)
      for (;;) {
        const answer = await ingest(url, ids).catch(() => null)
        if (answer?.status === 200) {
          acknowledged.push(...ids)
          break
        }
        if (isOver) return
        await sleep(20)
      }
    }
  }

  async function chatOn(): Promise<void> {
    while (!isOver) {
      try {
        const answer = await fetch(`${url}/api/v1/chat/completions`, {
          method: 'POST',
          headers: HEADERS,
          body: JSON.stringify({ model: 'acme/gateway', messages: [{ role: 'user', content: 'hi' }] }),
        })
        await answer.text()
        const id = answer.headers.get('x-generation-id')
        if (answer.status === 200 && id) replies.push({ id, atMs: performance.now() })
      } catch {
        await sleep(20)
      }
    }
  }

  const running = Promise.all([ingestOn(), ingestOn(), chatOn(), chatOn()])
  return {
    acknowledged,
    replies,
    stop: async () => {
      isOver = true
      await running
    },
  }
}

async function connectProvider(url: string, upstream: RunningUpstream): Promise<void> {
  const put = async (at: string, body: Record<string, unknown>) => {
    const answer = await fetch(`${url}${at}`, { method: 'PUT', headers: HEADERS, body: JSON.stringify(body) })
    expect(answer.status).toBe(200)
  }
  await put('/api/v1/providers/acme', {
    name: 'Acme',
    baseUrl: `${upstream.url}/acme/v1`,
    apiShape: 'openai-chat',
  })
  await put('/api/v1/endpoints', { model: 'acme/gateway', provider: 'acme' })
}

describe('nothing that was acknowledged is lost or counted twice', {
  timeout: 150_000 + ROUNDS * 30_000,
}, () => {
  test('when server and Postgres are killed in turn under load', async () => {
    const upstream = await startUpstream({ port: 0, profiles: {} })
    let server = start({ SIGHTGLASS_ALLOW_PRIVATE_NETWORK: 'true' })
    const url = await server.ready()
    await connectProvider(url, upstream)
    const load = startLoad(url)
    const lost: { fromMs: number; toMs: number }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const goal = {
        acknowledged: load.acknowledged.length + BATCH * randomInt(5, 60),
        replies: load.replies.length + 5,
      }
      await expect
        .poll(() => load.acknowledged.length >= goal.acknowledged && load.replies.length >= goal.replies, {
          timeout: 60_000,
          interval: 10,
        })
        .toBe(true)
      if (round % 2 === 0) {
        process.kill(await postmasterPid(dataDir), 'SIGKILL')
        continue
      }
      const killedAtMs = performance.now()
      await server.end('SIGKILL')
      lost.push({ fromMs: killedAtMs - SETTLED_MS, toMs: performance.now() })
      server = start({ SIGHTGLASS_ALLOW_PRIVATE_NETWORK: 'true', PORT: new URL(url).port })
      await server.ready()
    }
    await load.stop()
    await expectDrained(url)
    const databaseUrl = await embeddedUrl(dataDir)
    const facts = await countFacts(databaseUrl)
    expect(load.acknowledged.filter((id) => facts.get(id) !== 1)).toEqual([])
    const isSettled = ({ atMs }: { atMs: number }) =>
      !lost.some(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs)
    expect(load.replies.filter((reply) => isSettled(reply) && facts.get(reply.id) !== 1)).toEqual([])
    expect([...facts.values()].filter((count) => count > 1)).toEqual([])
    await expectSumsRight(databaseUrl)
    await upstream.close()
  })

  test.skipIf(os.platform() !== 'linux')(
    'while Postgres is frozen, also when the server is stopped meanwhile',
    async () => {
      const first = start()
      const url = await first.ready()
      expect(await ingestOk(url, ['before'])).toEqual({ accepted: 1, duplicates: 0 })
      await freeze(await postmasterPid(dataDir))
      expect(await ingestOk(url, ['frozen-1', 'before'])).toEqual({ accepted: 2, waiting: 2, duplicates: 0 })
      expect(await ingestOk(url, ['frozen-2', 'frozen-1'])).toMatchObject({ waiting: 2 })
      expect(await readHealth(url)).toMatchObject({ database: 'unavailable', outbox: { waitingRecords: 4 } })
      thaw()
      await expectDrained(url)
      expect(await ingestOk(url, ['after'])).toEqual({ accepted: 1, duplicates: 0 })

      await freeze(await postmasterPid(dataDir))
      expect(await ingestOk(url, ['left'])).toMatchObject({ waiting: 1 })
      first.child.kill('SIGTERM')
      // Who stops a container kills it after ten seconds.
      const inTime = await Promise.race([first.exited, sleep(10_000, 'too late', { ref: false })])
      expect(inTime).toBe(0)
      expect(first.output()).toContain('"records":1,"msg":"records wait in the outbox for the next start"')
      thaw()

      const second = start()
      await expectDrained(await second.ready())
      const databaseUrl = await embeddedUrl(dataDir)
      const ids = ['before', 'frozen-1', 'frozen-2', 'after', 'left']
      expect(await countFacts(databaseUrl)).toEqual(new Map(ids.map((id) => [id, 1])))
      await expectSumsRight(databaseUrl)
    },
  )

  test('with two servers on one database that goes away, one with a full disk at first', async () => {
    const databaseUrl = readEnvironment().DATABASE_URL ?? ''
    const folders = [path.join(dataDir, 'a'), path.join(dataDir, 'b')]
    const [one = '', other = ''] = await Promise.all(
      folders.map((folder) => start({ DATABASE_URL: databaseUrl }, folder).ready()),
    )
    for (const url of [one, other]) await ingestOk(url, ['shared'])
    await setConnectable(databaseUrl, false)
    if (os.platform() === 'linux') {
      // Every write to /dev/full fails as on a full disk.
      await symlink('/dev/full', path.join(folders[0] ?? '', 'outbox/1/00000001.log'))
      const refused = await ingest(one, ['refused'])
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
      expect(await refused.text()).toContain('the outbox cannot be written')
    }
    expect(await ingestOk(one, ['both', 'one', 'shared'])).toMatchObject({ waiting: 3 })
    expect(await ingestOk(other, ['both', 'other', 'shared'])).toMatchObject({ waiting: 3 })
    await setConnectable(databaseUrl, true)
    await Promise.all([one, other].map(expectDrained))
    const ids = ['shared', 'both', 'one', 'other']
    expect(await countFacts(databaseUrl)).toEqual(new Map(ids.map((id) => [id, 1])))
    await expectSumsRight(databaseUrl)
  })

  test('when a start sees a clock that is forty days ahead', async () => {
    const databaseUrl = readEnvironment().DATABASE_URL ?? ''
    const first = start({ DATABASE_URL: databaseUrl })
    const days = [0, 1, 2, 3].map((ago) => new Date(Date.now() - ago * GRANULARITY_MS.day).toISOString())
    for (const day of days) await ingestOk(await first.ready(), [`of ${day}`], day)
    // A folder whose clock is ahead takes these days for too old to be kept by the minute.
    await expect.poll(() => query(databaseUrl, 'SELECT 1 FROM usage_inbox LIMIT 1')).toHaveLength(0)
    await first.end('SIGTERM')

    const ahead = start({ DATABASE_URL: databaseUrl, NODE_OPTIONS: `--import=${clockAhead(40)}` })
    await ahead.ready()
    // Retention has looked by the time the partitions of its coming days are there and it has let go of its lock.
    await expect
      .poll(
        () =>
          query(
            databaseUrl,
            `SELECT 1 FROM fact_day WHERE day > current_date + 30 AND pg_try_advisory_xact_lock(${ADVISORY_LOCKS.maintenance})`,
          ),
        { timeout: 60_000 },
      )
      .toHaveLength(4)
    await ahead.end('SIGTERM')

    const right = start({ DATABASE_URL: databaseUrl })
    const url = await right.ready()
    for (const day of days) {
      expect(await ingestOk(url, [`of ${day}`], day)).toEqual({ accepted: 0, duplicates: 1 })
    }
    expect(await ingestOk(url, ['new'])).toEqual({ accepted: 1, duplicates: 0 })
    await right.end('SIGTERM')
    await expectSumsRight(databaseUrl)
  })
})

/** A module that sets the clock of the process that imports it ahead by days. */
function clockAhead(days: number): string {
  const code = `
    const shiftMs = ${days * GRANULARITY_MS.day};
    const Real = Date;
    globalThis.Date = class Date extends Real {
      constructor(...parts) { parts.length === 0 ? super(Real.now() + shiftMs) : super(...parts) }
      static now() { return Real.now() + shiftMs }
    };`
  return `data:text/javascript,${encodeURIComponent(code)}`
}
