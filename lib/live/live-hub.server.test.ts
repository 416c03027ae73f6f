import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest'
import { readEnvironment } from '../platform/env.server'
import { createCommitSignal } from '../recorder/commit-signal.server'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import { foldAll } from '../testing/fold-all.server'
import { makeAttempt, makeRecords } from '../testing/make-record'
import { applyLiveChange, type LiveState, stateOfSnapshot } from './apply-event'
import { createLiveHub, type LiveHub } from './live-hub.server'
import { liveStream } from './live-stream.server'
import { liveEvent } from './schema'

const databaseUrl = readEnvironment().DATABASE_URL ?? ''
const hubs: LiveHub[] = []
let recorder: Recorder
let signal: ReturnType<typeof createCommitSignal>
let client: pg.Client

beforeAll(async () => {
  signal = createCommitSignal({ databaseUrl })
  recorder = createRecorder({ databaseUrl, onCommit: () => signal.announce() })
  client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
})

afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()))
})

afterAll(async () => {
  await recorder.close()
  await signal.close()
  await client.end()
})

/** A hub that is stopped after the test. */
function ownHub(options: Parameters<typeof createLiveHub>[0] = {}): LiveHub {
  const hub = createLiveHub(options)
  hubs.push(hub)
  return hub
}

const fail = (provider: string, count: number, startedAtMs = Date.now()) =>
  recorder.record(
    makeRecords(count, {
      startedAtMs,
      attempts: [
        makeAttempt({ provider, errorClass: 'upstream_5xx', httpStatus: 503, timeToFirstTokenMs: null }),
      ],
    }),
    { apiKeyId: 1 },
  )

/** Follows a stream as a browser does, from an event's id on when one is given. */
function follow(
  hub: LiveHub,
  { lastEventId = null, provider }: { lastEventId?: string | null; provider?: string } = {},
) {
  const controller = new AbortController()
  const body = liveStream({ hub, provider, lastEventId, signal: controller.signal }).body
  const seen = { names: [] as string[], id: lastEventId, state: null as LiveState | null, isEnded: false }
  const take = (block: string) => {
    const [, name, id, data] = /^event: (\w+)\nid: (.+)\ndata: (.+)$/.exec(block) ?? []
    if (name === undefined || id === undefined || data === undefined) return
    const event = liveEvent.parse(JSON.parse(data))
    seen.names.push(name)
    seen.id = id
    seen.state =
      name === 'snapshot' || !seen.state ? stateOfSnapshot(event) : applyLiveChange(seen.state, event)
  }
  const reading = (async () => {
    const decoder = new TextDecoder()
    let text = ''
    for await (const piece of body ?? []) {
      text += decoder.decode(piece, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
    seen.isEnded = true
  })()
  return {
    seen,
    failuresOf: (slug: string) =>
      seen.state?.providers
        .get(slug)
        ?.minutes.reduce((sum, minute) => sum + (minute.errorsByClass.upstream_5xx ?? 0), 0) ?? 0,
    leave: async () => {
      controller.abort()
      await reading
    },
  }
}

/** Waits until it is so; the test's own limit is the one that counts. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 20 })

test('tells a snapshot, then what anybody on this database commits, once, folded or not', async () => {
  await fail('helios', 3)
  const page = follow(ownHub())
  await soon(() => expect(page.failuresOf('helios')).toBe(3))
  await fail('helios', 2)
  await soon(() => expect(page.failuresOf('helios')).toBe(5))
  await foldAll(client)
  await sleep(1500)
  expect(page.failuresOf('helios')).toBe(5)
  expect(page.seen.names[0]).toBe('snapshot')
  expect(new Set(page.seen.names.slice(1))).toEqual(new Set(['change']))
  expect(page.seen.state?.providers.get('helios')).toMatchObject({ attempts30m: 5, countedErrors5m: 5 })
  await page.leave()
})

test('a lost connection goes on where it was, and counts nothing twice', async () => {
  const hub = ownHub()
  const first = follow(hub)
  await fail('comeback', 1)
  await soon(() => expect(first.failuresOf('comeback')).toBe(1))
  await first.leave()
  await fail('comeback', 4)
  const second = follow(hub, { lastEventId: first.seen.id })
  // A browser keeps what it knew, so only what changed comes.
  second.seen.state = first.seen.state
  await soon(() => expect(second.failuresOf('comeback')).toBe(5))
  expect(second.seen.names[0]).toBe('change')
  await second.leave()
})

test('an id of another process or another life of the hub gets a snapshot', async () => {
  await fail('elsewhere', 2)
  const page = follow(ownHub(), { lastEventId: 'otherepoch-7' })
  await soon(() => expect(page.failuresOf('elsewhere')).toBe(2))
  expect(page.seen.names[0]).toBe('snapshot')
  await page.leave()
})

test('two hubs, as in two processes, tell the same', async () => {
  const pages = [follow(ownHub()), follow(ownHub())]
  await fail('shared', 6)
  for (const page of pages) await soon(() => expect(page.failuresOf('shared')).toBe(6))
  await Promise.all(pages.map((page) => page.leave()))
})

test('one provider’s stream leaves the others out', async () => {
  await fail('mine', 1)
  await fail('other', 1)
  const page = follow(ownHub(), { provider: 'mine' })
  await soon(() => expect(page.failuresOf('mine')).toBe(1))
  expect([...(page.seen.state?.providers.keys() ?? [])]).toEqual(['mine'])
  await page.leave()
})

test('records that began long ago come with the next reading of all', async () => {
  const hub = ownHub()
  const page = follow(hub)
  await soon(() => expect(page.seen.names).toContain('snapshot'))
  await fail('late', 7, Date.now() - 20 * 60_000)
  await hub.refresh()
  await soon(() => expect(page.failuresOf('late')).toBe(7))
  await page.leave()
})

test('goes on after its connection to Postgres broke', async () => {
  const page = follow(ownHub())
  await soon(() => expect(page.seen.names).toContain('snapshot'))
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'sightglass-live' AND datname = current_database()`,
  )
  await fail('after-the-break', 2)
  await soon(() => expect(page.failuresOf('after-the-break')).toBe(2))
  await page.leave()
})

test('says at once that it cannot read, and at once that it can again', async () => {
  const controller = new AbortController()
  const { body } = liveStream({
    hub: ownHub(),
    provider: undefined,
    lastEventId: null,
    signal: controller.signal,
  })
  let text = ''
  const reading = (async () => {
    for await (const piece of body ?? []) text += new TextDecoder().decode(piece)
  })()
  await soon(() => expect(text).toContain('event: snapshot'))
  expect(text).not.toContain('event: stale')
  const database = new URL(databaseUrl).pathname.slice(1)
  const outside = new pg.Client({ connectionString: inject('testServerUrl') })
  await outside.connect()
  try {
    await outside.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS false`)
    await outside.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = $1 AND application_name = 'sightglass-live'`,
      [database],
    )
    await soon(() => expect(text).toContain('event: stale'))
    text = ''
  } finally {
    await outside.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS true`)
    await outside.end()
  }
  await soon(() => expect(text).toContain('event: ping'))
  controller.abort()
  await reading
})

test('reads nothing when nobody looks on', async () => {
  const hub = ownHub({ lingerMs: 0 })
  const page = follow(hub)
  await soon(() => expect(hub.reads().count).toBeGreaterThan(0))
  await page.leave()
  await soon(() => expect(hub.board()).toBeNull())
  const { count } = hub.reads()
  await sleep(1500)
  expect(hub.reads().count).toBe(count)
})

test('a client that does not read holds one piece, and is dropped', async () => {
  const hub = ownHub({ lingerMs: 0 })
  const { body } = liveStream({
    hub,
    provider: undefined,
    lastEventId: null,
    signal: new AbortController().signal,
    heartbeatMs: 300,
    unreadMs: 300,
  })
  await soon(() => expect(hub.reads().count).toBeGreaterThan(0))
  await fail('unread', 1)
  await soon(() => expect(hub.board()).toBeNull())
  const pieces: string[] = []
  for await (const piece of body ?? []) pieces.push(new TextDecoder().decode(piece))
  expect(pieces).toEqual(['retry: 1000\n\n'])
})

test('says every heartbeat that what it told is how things stand, or that it cannot read', async () => {
  const hub = ownHub()
  await hub.refresh()
  expect(hub.isCurrent()).toBe(true)
  const controller = new AbortController()
  const follow = (one: LiveHub) =>
    liveStream({
      hub: one,
      provider: undefined,
      lastEventId: null,
      signal: controller.signal,
      heartbeatMs: 100,
    })
  const blind = follow({ ...hub, isCurrent: () => false }).text()
  const decoder = new TextDecoder()
  let current = ''
  for await (const piece of follow(hub).body ?? []) {
    current += decoder.decode(piece)
    if (current.split('event: ping\ndata: {}\n\n').length > 3) controller.abort()
  }
  expect(current).toContain('event: snapshot')
  expect(await blind).toContain('event: snapshot')
  expect(await blind).not.toContain('ping')
  expect(await blind).toContain('event: stale\ndata: {}\n\n')
})

test('stopping ends every stream', async () => {
  const hub = ownHub()
  const page = follow(hub)
  await soon(() => expect(page.seen.names).toContain('snapshot'))
  await hub.stop()
  await soon(() => expect(page.seen.isEnded).toBe(true))
  const late = follow(hub)
  await soon(() => expect(late.seen.isEnded).toBe(true))
})
