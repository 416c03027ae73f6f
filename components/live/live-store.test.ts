import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HEARTBEAT_MS } from '@/lib/live/heartbeat'
import type { LiveEvent } from '@/lib/live/schema'
import type { LiveSource } from './live-connection'
import { createLiveStore } from './live-store'
import { GRACE_MS, SLEEP_MS } from './watch-attention'

const BY_STATUS = { healthy: 0, degraded: 0, down: 0, unknown: 0 }
const EVENT: LiveEvent = {
  at: '2026-11-20T10:00:00.000Z',
  endpoints: [],
  providers: [],
  totals: { minutes: [], endpointsByStatus: BY_STATUS, providersByStatus: BY_STATUS },
}

class FakeSource extends EventTarget implements LiveSource {
  readyState = 1
  close() {
    this.readyState = 2
  }
  tell(name: string, event: LiveEvent = EVENT) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(event) }))
  }
  accept() {
    this.dispatchEvent(new Event('open'))
  }
  ping() {
    this.dispatchEvent(new MessageEvent('ping', { data: '{}' }))
  }
  stale() {
    this.dispatchEvent(new MessageEvent('stale', { data: '{}' }))
  }
  fail({ isFinal }: { isFinal: boolean }) {
    this.readyState = isFinal ? 2 : 0
    this.dispatchEvent(new Event('error'))
  }
}

class FakePage extends EventTarget {
  hidden = false
  show(isShown: boolean) {
    this.hidden = !isShown
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

function setUp() {
  const sources: FakeSource[] = []
  const page = new FakePage()
  const store = createLiveStore({
    openSource: () => {
      const source = new FakeSource()
      sources.push(source)
      return source
    },
    page,
  })
  const newest = () => {
    const source = sources.at(-1)
    if (source === undefined) throw new Error('no stream was opened')
    return source
  }
  return {
    sources,
    page,
    store,
    newest,
    openCount: () => sources.filter((one) => one.readyState !== 2).length,
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('panels share one stream, which closes a little after the last of them is gone', () => {
  const { store, sources, openCount } = setUp()
  const leave = [store.subscribe(() => {}), store.subscribe(() => {})]
  expect(sources).toHaveLength(1)
  for (const one of leave) one()
  expect(openCount()).toBe(1)
  const again = store.subscribe(() => {})
  vi.advanceTimersByTime(10_000)
  expect(sources).toHaveLength(1)
  expect(openCount()).toBe(1)
  again()
  vi.advanceTimersByTime(10_000)
  expect(openCount()).toBe(0)
})

test('it is live with the first event, and says when the last one came', () => {
  const { store, newest } = setUp()
  store.subscribe(() => {})
  expect(store.read()).toMatchObject({ phase: 'connecting', state: null, lastEventMs: null })
  newest().tell('snapshot')
  expect(store.read()).toMatchObject({ phase: 'live', state: { at: EVENT.at }, lastEventMs: Date.now() })
})

test('a lost connection keeps the numbers and waits for the browser to mend it', () => {
  const { store, newest, sources } = setUp()
  store.subscribe(() => {})
  newest().tell('snapshot')
  newest().fail({ isFinal: false })
  vi.advanceTimersByTime(1_500)
  newest().fail({ isFinal: false })
  vi.advanceTimersByTime(1_400)
  expect(store.read().phase).toBe('live')
  vi.advanceTimersByTime(100)
  expect(store.read()).toMatchObject({ phase: 'reconnecting', state: { at: EVENT.at } })
  for (let tries = 0; tries < 40; tries++) {
    vi.advanceTimersByTime(1_000)
    newest().fail({ isFinal: false })
  }
  expect(sources).toHaveLength(1)
  newest().tell('change', { ...EVENT, at: '2026-11-20T10:00:21.000Z' })
  expect(store.read()).toMatchObject({ phase: 'live', state: { at: '2026-11-20T10:00:21.000Z' } })
})

test('a connection that died unnoticed is not called live for long, and opened anew', () => {
  const { store, newest, sources, openCount } = setUp()
  const woken = vi.fn()
  store.subscribe(() => {})
  store.subscribeToWake(woken)
  newest().accept()
  newest().tell('snapshot')
  for (let beat = 0; beat < 6; beat++) {
    vi.advanceTimersByTime(HEARTBEAT_MS)
    newest().ping()
  }
  expect(store.read().phase).toBe('live')
  expect(sources).toHaveLength(1)
  vi.advanceTimersByTime(3 * HEARTBEAT_MS)
  expect(store.read()).toMatchObject({ phase: 'reconnecting', state: { at: EVENT.at } })
  expect(sources).toHaveLength(2)
  expect(openCount()).toBe(1)
  // The five connections that a browser may have kept beside it are given up within 7.5 s each, the next is not.
  vi.advanceTimersByTime(5 * 7_500)
  expect(sources).toHaveLength(7)
  vi.advanceTimersByTime(2 * HEARTBEAT_MS)
  expect(sources).toHaveLength(7)
  expect(woken).not.toHaveBeenCalled()
  newest().accept()
  newest().tell('snapshot')
  expect(woken).toHaveBeenCalledTimes(1)
  expect(store.read().phase).toBe('live')
})

test('a refused connection is tried again, ever more slowly', () => {
  const { store, newest, sources } = setUp()
  store.subscribe(() => {})
  const refusals = [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]
  for (const [index, waitMs] of refusals.entries()) {
    newest().fail({ isFinal: true })
    vi.advanceTimersByTime(waitMs - 1)
    expect(sources).toHaveLength(index + 1)
    vi.advanceTimersByTime(1)
    expect(sources).toHaveLength(index + 2)
  }
})

test('a hidden tab closes the stream after a moment and opens it when it is seen again', () => {
  const { store, page, openCount, sources } = setUp()
  store.subscribe(() => {})
  page.show(false)
  vi.advanceTimersByTime(GRACE_MS - 1)
  page.show(true)
  expect(sources).toHaveLength(1)
  page.show(false)
  vi.advanceTimersByTime(GRACE_MS)
  expect(openCount()).toBe(0)
  expect(store.read().phase).toBe('resting')
  page.show(true)
  expect(openCount()).toBe(1)
})

test('only a long sleep, of the tab or of the machine, makes the numbers beside the stream old', () => {
  const { store, page, openCount, sources } = setUp()
  const woken = vi.fn()
  store.subscribe(() => {})
  store.subscribeToWake(woken)
  page.show(false)
  vi.advanceTimersByTime(GRACE_MS)
  page.show(true)
  expect(woken).not.toHaveBeenCalled()
  page.show(false)
  vi.advanceTimersByTime(SLEEP_MS)
  page.show(true)
  expect(woken).toHaveBeenCalledTimes(1)

  const before = sources.length
  vi.setSystemTime(Date.now() + 3_600_000)
  vi.advanceTimersByTime(5_000)
  expect(woken).toHaveBeenCalledTimes(2)
  expect(sources).toHaveLength(before + 1)
  expect(openCount()).toBe(1)
})

test('says that numbers stand still while the server cannot read, until it can again', () => {
  const { store, sources, newest } = setUp()
  store.subscribe(() => {})
  newest().accept()
  newest().tell('snapshot')
  const toldMs = Date.now()
  vi.advanceTimersByTime(2 * HEARTBEAT_MS)
  newest().stale()
  expect(store.read()).toMatchObject({ phase: 'stale', state: { at: EVENT.at }, lastEventMs: toldMs })
  for (let beats = 0; beats < 6; beats++) {
    vi.advanceTimersByTime(HEARTBEAT_MS)
    newest().stale()
  }
  expect(sources).toHaveLength(1)
  newest().ping()
  expect(store.read()).toMatchObject({ phase: 'live', lastEventMs: toldMs })
})
