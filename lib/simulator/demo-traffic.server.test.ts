import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { IngestAnswer, WireRecord } from '../formats/sightglass/schema'
import { fillHistory } from './fill-history.server'
import { sendLiveTraffic } from './send-live-traffic.server'
import { countBetween, recordsBetween } from './traffic'
import { buildWorld } from './world'

const DAY_MS = 86_400_000
const anchorMs = Date.UTC(2026, 10, 23)
const world = buildWorld({ seed: 24, anchorMs })
const span = { world, fromMs: anchorMs - 3 * DAY_MS, toMs: anchorMs - DAY_MS / 2, requestsPerDay: 6000 }

function readRecords(body: string): WireRecord[] {
  return body.split('\n').map((line) => JSON.parse(line))
}

/** Takes everything; `posts` are the batches in the order they came. */
function createClient() {
  const posts: WireRecord[][] = []
  const post = async (body: string): Promise<IngestAnswer> => {
    const records = readRecords(body)
    posts.push(records)
    return { accepted: records.length, duplicates: 0, rejected: [] }
  }
  return { posts, post, close: async () => undefined }
}

async function fill(storedByDay: Map<number, number>) {
  const client = createClient()
  const progress: number[] = []
  await fillHistory({
    span,
    client,
    connections: 3,
    storedByDay,
    onProgress: (done) => progress.push(done),
    onRejected: () => undefined,
  })
  return { records: client.posts.flat(), progress, posts: client.posts }
}

const dayOf = (record: WireRecord | undefined) => Math.floor(Date.parse(record?.startedAt ?? '') / DAY_MS)

test('posts all of the history, newest day first, and tells how far it is', async () => {
  const { records, progress, posts } = await fill(new Map())
  expect(new Set(records.map((record) => record.id))).toEqual(
    new Set([...recordsBetween(span)].map((record) => record.id)),
  )
  const days = posts.map((batch) => dayOf(batch[0]))
  expect(days).toEqual(days.toSorted((a, b) => b - a))
  for (const batch of posts) expect(dayOf(batch[0])).toBe(dayOf(batch.at(-1)))
  expect(progress[0]).toBe(0)
  expect(progress.at(-1)).toBe(1)
  expect(progress).toEqual(progress.toSorted((a, b) => a - b))
})

test('sends only the days that are not there in full', async () => {
  const yesterday = { ...span, fromMs: anchorMs - 2 * DAY_MS, toMs: anchorMs - DAY_MS }
  const { records, progress } = await fill(
    new Map([
      [yesterday.fromMs, countBetween(yesterday)],
      [span.fromMs, 1],
    ]),
  )
  expect(new Set(records.map(dayOf))).toEqual(new Set([(anchorMs - DAY_MS) / DAY_MS, span.fromMs / DAY_MS]))
  expect(progress[0]).toBeGreaterThan(0.2)
  expect(progress.at(-1)).toBe(1)
})

test('sends each live request once, after it has ended, from the same stream', async () => {
  const client = createClient()
  const stopping = new AbortController()
  const stream = { world, fromMs: Date.now() - 120_000, requestsPerDay: 400_000 }
  const sending = sendLiveTraffic({ stream, client, signal: stopping.signal })
  const stopped = expect(sending).rejects.toThrow(/abort/i)
  await expect.poll(() => client.posts.length, { timeout: 20_000 }).toBeGreaterThan(1)
  stopping.abort()
  await stopped
  const sent = client.posts.flat()
  const ids = new Set(sent.map((record) => record.id))
  expect(ids.size).toBe(sent.length)
  const expected = new Set([...recordsBetween({ ...stream, toMs: Date.now() })].map((record) => record.id))
  expect([...ids].every((id) => expected.has(id))).toBe(true)
  expect(sent.every((record) => Date.parse(record.startedAt) + (record.durationMs ?? 0) <= Date.now())).toBe(
    true,
  )
})

test('as a process: waits for a busy server, reports progress as JSON lines, ends cleanly on SIGTERM', async () => {
  const received: string[] = []
  let refusals = 2
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    if (request.url !== '/api/v1/ingest') response.writeHead(404).end('{}')
    else if (refusals-- > 0) response.writeHead(503, { 'retry-after': '0' }).end('{}')
    else {
      const records = readRecords(Buffer.concat(chunks).toString())
      received.push(...records.map((record) => record.id))
      response.end(JSON.stringify({ accepted: records.length, duplicates: 0, rejected: [] }))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const command = path.join(import.meta.dirname, 'demo-traffic-cli.server.ts')
  const options = ['--days', '2', '--requests-per-day', '20000']
  const child = spawn(process.execPath, ['--import', 'tsx', command, ...options], {
    env: { ...process.env, SIGHTGLASS_URL: url, SIGHTGLASS_API_KEY: 'sg-test-key' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
    if (printed.includes('{"historyProgress":1}\n')) child.kill('SIGTERM')
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect(code).toBe(0)
  const progress = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).historyProgress)
  expect(progress[0]).toBe(0)
  expect(progress.at(-1)).toBe(1)
  expect(received.length).toBeGreaterThan(10_000)
  expect(new Set(received).size).toBe(received.length)
}, 30_000)
