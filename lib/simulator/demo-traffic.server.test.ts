import { spawn } from 'node:child_process'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { IngestAnswer, WireRecord } from '../formats/sightglass/schema'
import { RUN_COMMAND } from '../server/project-root.server'
import { fillHistory } from './fill-history.server'
import { countBetween, recordsBetween } from './traffic'
import { buildWorld } from './world'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
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
    return { accepted: records.length, amended: 0, duplicates: 0, rejected: [] }
  }
  return { posts, post, close: async () => undefined }
}

async function fill(storedByDay: Map<number, number>, storedByHour = new Map<number, number>()) {
  const client = createClient()
  const progress: number[] = []
  await fillHistory({
    span,
    client,
    connections: 3,
    storedByDay,
    readStoredHours: async () => storedByHour,
    onProgress: (done) => progress.push(done),
    onRejected: () => undefined,
  })
  return { records: client.posts.flat(), progress, posts: client.posts }
}

const dayOfTime = (timeMs: number) => Math.floor(timeMs / DAY_MS) * DAY_MS
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

test('leaves out the days that are stored, even if live traffic lost a few of their requests', async () => {
  const yesterday = { ...span, fromMs: anchorMs - 2 * DAY_MS, toMs: anchorMs - DAY_MS }
  const storedByHour = new Map(
    Array.from({ length: 24 }, (_, hour) => {
      const fromMs = yesterday.fromMs + hour * HOUR_MS
      return [fromMs, Math.ceil(countBetween({ ...span, fromMs, toMs: fromMs + HOUR_MS }) * 0.98)]
    }),
  )
  const stored = new Map([
    [span.fromMs, countBetween({ ...span, toMs: yesterday.fromMs })],
    [yesterday.fromMs, Math.ceil(countBetween(yesterday) * 0.98)],
  ])
  const { records, progress } = await fill(stored, storedByHour)
  expect(new Set(records.map(dayOf))).toEqual(new Set([(anchorMs - DAY_MS) / DAY_MS]))
  expect(progress[0]).toBeGreaterThan(0.5)
  expect(progress.at(-1)).toBe(1)
})

test('sends of a day stored in part only what is missing at the end of its hours', async () => {
  const dayMs = anchorMs - 2 * DAY_MS
  const hourMs = (hour: number) => dayMs + hour * HOUR_MS
  const countOf = (hour: number) => countBetween({ ...span, fromMs: hourMs(hour), toMs: hourMs(hour + 1) })
  const storedByHour = new Map([
    [hourMs(0), countOf(0)],
    [hourMs(1), Math.round(countOf(1) / 4)],
  ])
  const { records } = await fill(new Map([[dayMs, 10]]), storedByHour)
  const starts = records
    .map((record) => Date.parse(record.startedAt))
    .filter((timeMs) => dayOfTime(timeMs) === dayMs)
  const within = (fromMs: number, toMs: number) =>
    starts.filter((timeMs) => timeMs >= fromMs && timeMs < toMs).length
  expect(within(hourMs(0), hourMs(1))).toBe(0)
  expect(within(hourMs(1), hourMs(1) + HOUR_MS / 5)).toBe(0)
  expect(within(hourMs(1) + HOUR_MS / 3, hourMs(2))).toBeGreaterThan(countOf(1) / 3)
  expect(within(hourMs(2), hourMs(3))).toBe(countOf(2))
})

/** `demo-traffic-cli` against a server that answers its history so. */
async function startCommand(answerIngest: (body: Buffer, response: ServerResponse) => void) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    if (request.url === '/api/v1/ingest') answerIngest(Buffer.concat(chunks), response)
    else response.writeHead(404).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const command = path.join(import.meta.dirname, 'demo-traffic-cli.server.ts')
  const options = ['--days', '2', '--requests-per-day', '20000']
  const child = spawn(process.execPath, [RUN_COMMAND, command, ...options], {
    env: { ...process.env, SIGHTGLASS_URL: url, SIGHTGLASS_API_KEY: 'sg-test-key' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const code = new Promise((resolve) => child.on('close', resolve))
  return { child, code, printed: () => printed }
}

test('as a process: waits for a busy server, and reports progress as JSON lines to the end', async () => {
  const received: string[] = []
  let refusals = 2
  const command = await startCommand((body, response) => {
    if (refusals-- > 0) return void response.writeHead(503, { 'retry-after': '0' }).end('{}')
    const records = readRecords(body.toString())
    received.push(...records.map((record) => record.id))
    response.end(JSON.stringify({ accepted: records.length, amended: 0, duplicates: 0, rejected: [] }))
  })
  expect(await command.code).toBe(0)
  const progress = command
    .printed()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).historyProgress)
  expect(progress[0]).toBe(0)
  expect(progress.at(-1)).toBe(1)
  expect(received.length).toBeGreaterThan(10_000)
  expect(new Set(received).size).toBe(received.length)
}, 30_000)

test('as a process: ends cleanly on SIGTERM, in the middle of its history', async () => {
  let isSending = () => {}
  const sending = new Promise<void>((resolve) => {
    isSending = resolve
  })
  // Never answered, so that it is still at work when it is told to stop.
  const command = await startCommand(() => isSending())
  await sending
  command.child.kill('SIGTERM')
  expect(await command.code).toBe(0)
}, 30_000)
