import { performance } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type BenchServer, cpuSeconds, postgresCpuSeconds, startBenchServer } from './bench-server'
import { postBodies, waitForFolder } from './ingest-client'
import { createRecordSource } from './record-source'

const BATCH = 1000
const CONNECTIONS = 8
const BATCHES = 400
const WARM_UP_BATCHES = 40
/** 28 trillion tokens a week at 6,400 tokens a request. */
const TARGET_PER_SECOND = 7234

/**
 * Durable, exactly-once rows per second over HTTP beside raw COPY of the same rows into a bare table, in one run.
 * Prints one JSON line; `ratio` is the figure to hold.
 */
export async function benchIngest(): Promise<void> {
  const server = await startBenchServer({ role: 'data-plane' })
  try {
    const bodies = createBodies(BATCHES + WARM_UP_BATCHES)
    await post(server, bodies.slice(0, WARM_UP_BATCHES))
    const [cpuBefore, databaseCpuBefore] = [
      await cpuSeconds(server.pid),
      await postgresCpuSeconds(server.databaseUrl),
    ]
    const startedAt = performance.now()
    const accepted = await post(server, bodies.slice(WARM_UP_BATCHES))
    const seconds = (performance.now() - startedAt) / 1000
    const cpu = (await cpuSeconds(server.pid)) - cpuBefore
    const databaseCpu = (await postgresCpuSeconds(server.databaseUrl)) - databaseCpuBefore
    const folderLagSeconds = await waitForFolder(server.databaseUrl)
    const raw = await rawCopy(server.databaseUrl)
    const rowsPerSecond = accepted / seconds
    print({ accepted, seconds, rowsPerSecond, cpu, databaseCpu, folderLagSeconds, raw })
  } finally {
    await server.stop()
  }
}

function createBodies(count: number): Buffer[] {
  const next = createRecordSource({ seed: 1, prefix: `run-${Date.now()}` })
  const startMs = Date.now() - 120_000
  return Array.from({ length: count }, (_, batch) => {
    const records = Array.from({ length: BATCH }, (_, index) =>
      next(startMs + Math.floor(((batch * BATCH + index) / (count * BATCH)) * 100_000)),
    )
    return Buffer.from(JSON.stringify(records))
  })
}

function post(server: BenchServer, bodies: Buffer[]): Promise<number> {
  let next = 0
  return postBodies({ server, connections: CONNECTIONS, nextBody: () => bodies[next++] })
}

/** COPY of the very rows the run wrote, request facts alone, into a table without keys. */
async function rawCopy(databaseUrl: string): Promise<{ rows: number; rowsPerSecond: number }> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  const chunks: Buffer[] = []
  for await (const chunk of client.query(copyTo('COPY (SELECT * FROM request_log) TO STDOUT')))
    chunks.push(chunk)
  const data = Buffer.concat(chunks)
  const rates: number[] = []
  let rows = 0
  for (let round = 0; round < 3; round++) {
    await client.query('DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE request_log)')
    const startedAt = performance.now()
    await pipeline(Readable.from([data]), client.query(copyFrom('COPY bare FROM STDIN')))
    const seconds = (performance.now() - startedAt) / 1000
    rows =
      (await client.query<{ count: number }>('SELECT count(*)::int AS count FROM bare')).rows[0]?.count ?? 0
    rates.push(rows / seconds)
  }
  await client.end()
  return { rows, rowsPerSecond: rates.sort((a, b) => a - b)[1] ?? 0 }
}

function print(result: {
  accepted: number
  seconds: number
  rowsPerSecond: number
  cpu: number
  databaseCpu: number
  folderLagSeconds: number
  raw: { rows: number; rowsPerSecond: number }
}): void {
  const { accepted, seconds, rowsPerSecond, raw } = result
  console.log(
    JSON.stringify({
      benchmark: 'ingest',
      ratio: Number((rowsPerSecond / raw.rowsPerSecond).toFixed(3)),
      rowsPerSecond: Math.round(rowsPerSecond),
      rawCopyRowsPerSecond: Math.round(raw.rowsPerSecond),
      timesTarget: Number((rowsPerSecond / TARGET_PER_SECOND).toFixed(1)),
      targetRowsPerSecond: TARGET_PER_SECOND,
      accepted,
      seconds: Number(seconds.toFixed(2)),
      serverCpuMicrosecondsPerRow: Number(((result.cpu / accepted) * 1e6).toFixed(1)),
      postgresCpuMicrosecondsPerRow: Number(((result.databaseCpu / accepted) * 1e6).toFixed(1)),
      folderLagSeconds: Number(result.folderLagSeconds.toFixed(2)),
    }),
  )
}
