import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { residentMegabytes } from './bench-server'
import {
  checkAnswers,
  jobFor,
  LOADS,
  type LoadClient,
  measureRound,
  startLoadClient,
} from './gateway/measure'
import { printReport } from './gateway/report'
import { startTargets, TARGET_NAMES, type Targets } from './gateway/targets'

const ROUNDS = 5
const WARM_UP_REQUESTS = 3000
const MEMORY_WARM_UP = 10_000
const MEMORY_REQUESTS = 50_000
const MEMORY_STEP = 10_000
/** The gateway commits its records every tenth of a second, the folder works each second. */
const SETTLE_MS = 2500
const LONGEST_RECORDING_MS = 30_000

/**
 * The gateway with everything on (a preset, tool calls checked before the client sees them, every request recorded)
 * beside direct calls to the upstream and beside Portkey's gateway, which records nothing; all asked in turn, round by
 * round. Then whether its memory stays flat, and whether every request was really recorded. Prints a table and one
 * JSON line.
 */
export async function benchGateway(): Promise<void> {
  const targets = await startTargets()
  const client = await startLoadClient()
  try {
    let sent = await warmUp(client, targets)
    const measurements = []
    for (let round = 0; round < ROUNDS; round++) {
      const ofRound = await measureRound(client, targets)
      measurements.push(...ofRound)
      for (const { target, sent: more } of ofRound) if (target === 'sightglass') sent += more
    }
    const memory = await measureMemory(client, targets)
    sent += MEMORY_WARM_UP + MEMORY_REQUESTS
    const recorded = await recordedRequests(targets.databaseUrl, sent)
    printReport({ measurements, memory, sent, recorded, portkeyVersion: targets.portkeyVersion })
  } finally {
    await client.stop()
    await targets.stop()
  }
}

/** Until each process runs compiled code; the number of requests that our server had. */
async function warmUp(client: LoadClient, targets: Targets): Promise<number> {
  let sent = 0
  for (const name of TARGET_NAMES) {
    const checked = await checkAnswers(targets[name])
    if (name === 'sightglass') sent += checked
    for (const load of LOADS) {
      if (load.connections === 1) continue
      const result = await client.run(jobFor(targets[name], load, { requests: WARM_UP_REQUESTS }, 0))
      if (name === 'sightglass') sent += result.sent
    }
  }
  return sent
}

export type MemoryCourse = { requests: number; megabytes: number }[]

/** Resident memory of our server after a warm-up, then every 10,000 requests, half of them streamed. */
async function measureMemory(client: LoadClient, { sightglass }: Targets): Promise<MemoryCourse> {
  const course: MemoryCourse = []
  for (let requests = -MEMORY_WARM_UP; requests < MEMORY_REQUESTS; requests += MEMORY_STEP) {
    for (const load of LOADS) {
      if (load.connections === 1) continue
      await client.run(jobFor(sightglass, load, { requests: MEMORY_STEP / 2 }, 0))
    }
    await sleep(SETTLE_MS)
    course.push({ requests: requests + MEMORY_STEP, megabytes: await residentMegabytes(sightglass.pid) })
  }
  return course
}

/** Requests whose facts are in Postgres with their checked tool call, once there are as many as were sent. */
async function recordedRequests(databaseUrl: string, sent: number): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const giveUpAt = performance.now() + LONGEST_RECORDING_MS
  for (;;) {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM request_log WHERE tool_calls @> '[{"verdict": "valid"}]'`,
    )
    const recorded = rows[0]?.count ?? 0
    if (recorded >= sent || performance.now() > giveUpAt) {
      await client.end()
      return recorded
    }
    await sleep(500)
  }
}
