import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { residentMegabytes } from './bench-server'
import {
  checkAnswers,
  jobFor,
  LOADS,
  type LoadClient,
  type Measurement,
  measureRound,
  startLoadClient,
} from './gateway/measure'
import { printReport } from './gateway/report'
import { watchStreamsAtOnce } from './gateway/streams-at-once'
import { serves, startTargets, TARGET_NAMES, type Targets } from './gateway/targets'

/** How much of everything. */
type Effort = {
  rounds: number
  measureMs: number
  warmUpRequests: number
  memoryWarmUp: number
  memoryRequests: number
  memoryStep: number
  streamsAtOnce: number
}
const WHOLE: Effort = {
  rounds: 5,
  measureMs: 1500,
  warmUpRequests: 3000,
  memoryWarmUp: 10_000,
  memoryRequests: 50_000,
  memoryStep: 10_000,
  streamsAtOnce: 512,
}
/** To see that all of it runs; its ratios say little. */
const QUICK: Effort = {
  rounds: 1,
  measureMs: 1500,
  warmUpRequests: 64,
  memoryWarmUp: 600,
  memoryRequests: 1200,
  memoryStep: 600,
  streamsAtOnce: 512,
}
/** Memory is watched over every shape, with prompts of any length but the long ones, which take too long. */
const MEMORY_LOADS = LOADS.filter(({ connections, exchange }) => connections > 1 && exchange !== 'long')
/** The gateway commits its records every tenth of a second, the folder works each second. */
const SETTLE_MS = 2500
const LONGEST_RECORDING_MS = 30_000

/**
 * The gateway with everything on (a preset, tool calls checked before the client sees them, every request recorded)
 * beside direct calls to the upstream and beside Portkey's gateway, which records nothing; all asked in turn, round by
 * round. Then many streams at once with every frame counted, whether its memory stays flat, and whether every request
 * was really recorded. Prints tables and one JSON line.
 */
export async function benchGateway({ quick = false }: { quick?: boolean }): Promise<void> {
  const effort = quick ? QUICK : WHOLE
  const targets = await startTargets()
  const client = await startLoadClient()
  try {
    let sent = await warmUp(client, targets, effort)
    const measurements: Measurement[] = []
    for (let round = 0; round < effort.rounds; round++) {
      const ofRound = await measureRound(client, targets, effort.measureMs)
      measurements.push(...ofRound)
      for (const { target, sent: more } of ofRound) if (target === 'sightglass') sent += more
    }
    const streamsAtOnce = await watchStreamsAtOnce(targets, effort.streamsAtOnce)
    const memory = await measureMemory(client, targets, effort)
    sent += streamsAtOnce.streams + memory.sent
    const recorded = await recordedRequests(targets.databaseUrl, sent)
    const { portkeyVersion } = targets
    printReport({ measurements, streamsAtOnce, memory: memory.course, sent, recorded, portkeyVersion })
  } finally {
    await client.stop()
    await targets.stop()
  }
}

/** Until each process runs compiled code; the number of requests that our server had. */
async function warmUp(client: LoadClient, targets: Targets, { warmUpRequests }: Effort): Promise<number> {
  let sent = 0
  for (const name of TARGET_NAMES) {
    const checked = await checkAnswers(targets[name], name)
    if (name === 'sightglass') sent += checked
    for (const load of LOADS) {
      if (load.connections === 1 || !serves(name, load.exchange)) continue
      const result = await client.run(jobFor(targets[name], load, { requests: warmUpRequests }, 0))
      if (name === 'sightglass') sent += result.sent
    }
  }
  return sent
}

export type MemoryCourse = { requests: number; megabytes: number }[]

/** Resident memory of our server after a warm-up, then every 10,000 requests of all shapes, half of them streamed. */
async function measureMemory(
  client: LoadClient,
  { sightglass }: Targets,
  { memoryWarmUp, memoryRequests, memoryStep }: Effort,
): Promise<{ course: MemoryCourse; sent: number }> {
  const course: MemoryCourse = []
  let sent = 0
  for (let requests = -memoryWarmUp; requests < memoryRequests; requests += memoryStep) {
    for (const load of MEMORY_LOADS) {
      const measure = { requests: Math.ceil(memoryStep / MEMORY_LOADS.length) }
      sent += (await client.run(jobFor(sightglass, load, measure, 0))).sent
    }
    await sleep(SETTLE_MS)
    course.push({ requests: requests + memoryStep, megabytes: await residentMegabytes(sightglass.pid) })
  }
  return { course, sent }
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
