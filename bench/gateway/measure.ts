import { request } from 'undici'
import { cpuSeconds, postgresCpuSeconds } from '../bench-server'
import { chatRequest } from './exchange'
import { type HelperProcess, startHelper } from './helper-process'
import { type LoadJob, type LoadResult, loadReply } from './load-job'
import { TARGET_NAMES, type Target, type TargetName, type Targets } from './targets'

export const LOADS = [
  { connections: 1, isStream: false },
  { connections: 16, isStream: false },
  { connections: 1, isStream: true },
  { connections: 16, isStream: true },
] as const
export type Load = (typeof LOADS)[number]

export type Measurement = LoadResult & {
  target: TargetName
  load: Load
  /** CPU time per request of the process that answered; with the database's, where there is one. */
  cpuMicroseconds: number
  databaseCpuMicroseconds: number
  /** Share of one core that the client took. */
  clientCpuShare: number
}

const LEAD_IN_MS = 400
const MEASURE_MS = 1500

export type LoadClient = {
  pid: number
  run: (job: LoadJob) => Promise<LoadResult>
  stop: () => Promise<void>
}

export async function startLoadClient(): Promise<LoadClient> {
  const helper: HelperProcess = startHelper('load-client.ts')
  await helper.message()
  return {
    pid: helper.pid,
    stop: helper.stop,
    run: async (job) => {
      helper.send(job)
      const reply = loadReply.parse(await helper.message())
      if ('problem' in reply) throw new Error(`${job.url}: ${reply.problem}`)
      return reply.result
    },
  }
}

/** One round: for each load every target in turn. */
export async function measureRound(client: LoadClient, targets: Targets): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (const load of LOADS) {
    for (const name of TARGET_NAMES) measurements.push(await measure({ client, targets, name, load }))
  }
  return measurements
}

async function measure({
  client,
  targets,
  name,
  load,
}: {
  client: LoadClient
  targets: Targets
  name: TargetName
  load: Load
}): Promise<Measurement> {
  const target = targets[name]
  const hasDatabase = name === 'sightglass'
  const usage = () =>
    Promise.all([
      cpuSeconds(target.pid),
      hasDatabase ? postgresCpuSeconds(targets.databaseUrl) : 0,
      cpuSeconds(client.pid),
    ])
  const before = await usage()
  const startedAt = performance.now()
  const result = await client.run(jobFor(target, load, { ms: MEASURE_MS }, LEAD_IN_MS))
  const seconds = (performance.now() - startedAt) / 1000
  const [cpu, databaseCpu, clientCpu] = (await usage()).map((value, index) => value - (before[index] ?? 0))
  return {
    ...result,
    target: name,
    load,
    cpuMicroseconds: ((cpu ?? 0) / result.sent) * 1e6,
    databaseCpuMicroseconds: ((databaseCpu ?? 0) / result.sent) * 1e6,
    clientCpuShare: (clientCpu ?? 0) / seconds,
  }
}

/** The job that sends this target its request. */
export function jobFor(target: Target, load: Load, measure: LoadJob['measure'], leadInMs: number): LoadJob {
  const { connections, isStream } = load
  const { url, headers, model } = target
  return { url, headers, body: chatRequest({ model, isStream }), connections, leadInMs, measure }
}

/** Throws unless a target's whole and streamed answers call the tool as the upstream did. Says how many it sent. */
export async function checkAnswers(target: Target): Promise<number> {
  for (const isStream of [false, true]) {
    const answer = await request(target.url, {
      method: 'POST',
      headers: { ...target.headers, 'content-type': 'application/json' },
      body: chatRequest({ model: target.model, isStream }),
    })
    const text = await answer.body.text()
    const isRight = text.includes('get_weather') && text.includes('"finish_reason":"tool_calls"')
    if (answer.statusCode !== 200 || !isRight) throw new Error(`${target.url}: ${answer.statusCode} ${text}`)
  }
  return 2
}
