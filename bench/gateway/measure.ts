import { request } from 'undici'
import { cpuSeconds, postgresCpuSeconds } from '../bench-server'
import { EXCHANGE_NAMES, type ExchangeName, exchangeNamed } from './exchanges'
import { type HelperProcess, startHelper } from './helper-process'
import { type LoadJob, type LoadResult, loadReply } from './load-job'
import { serves, TARGET_NAMES, type Target, type TargetName, type Targets } from './targets'

export type Load = { name: string; exchange: ExchangeName; connections: number; isStream: boolean }

/** The chat ones first, with which the others are compared. */
export const LOADS: readonly Load[] = [
  { name: 'wholeAt1', exchange: 'chat', connections: 1, isStream: false },
  { name: 'wholeAt16', exchange: 'chat', connections: 16, isStream: false },
  { name: 'streamAt1', exchange: 'chat', connections: 1, isStream: true },
  { name: 'streamAt16', exchange: 'chat', connections: 16, isStream: true },
  { name: 'responsesWholeAt16', exchange: 'responses', connections: 16, isStream: false },
  { name: 'responsesStreamAt16', exchange: 'responses', connections: 16, isStream: true },
  { name: 'geminiWholeAt16', exchange: 'gemini', connections: 16, isStream: false },
  { name: 'geminiStreamAt16', exchange: 'gemini', connections: 16, isStream: true },
  { name: 'longPromptWholeAt16', exchange: 'long', connections: 16, isStream: false },
  { name: 'longPromptStreamAt16', exchange: 'long', connections: 16, isStream: true },
]

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

/** One round: for each load every target that serves it in turn, for so long. */
export async function measureRound(
  client: LoadClient,
  targets: Targets,
  measureMs: number,
): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (const load of LOADS) {
    for (const name of TARGET_NAMES) {
      if (!serves(name, load.exchange)) continue
      measurements.push(await measure({ client, targets, name, load, measureMs }))
    }
  }
  return measurements
}

async function measure({
  client,
  targets,
  name,
  load,
  measureMs,
}: {
  client: LoadClient
  targets: Targets
  name: TargetName
  load: Load
  measureMs: number
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
  const result = await client.run(jobFor(target, load, { ms: measureMs }, LEAD_IN_MS))
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
  const { connections, exchange, isStream } = load
  return { ...target.requestOf(exchange, isStream), connections, leadInMs, measure }
}

/**
 * Throws unless a target's whole and streamed answers call the tool as the upstream did, in every exchange that it
 * serves. Says how many it sent.
 */
export async function checkAnswers(target: Target, name: TargetName): Promise<number> {
  let sent = 0
  for (const exchange of EXCHANGE_NAMES) {
    // Those at a pace are looked at frame by frame when it is their turn.
    if (!serves(name, exchange) || exchangeNamed(exchange).paced) continue
    await checkAnswer(target, exchange, false)
    await checkAnswer(target, exchange, true)
    sent += 2
  }
  return sent
}

async function checkAnswer(target: Target, exchange: ExchangeName, isStream: boolean): Promise<void> {
  const { url, headers, body } = target.requestOf(exchange, isStream)
  const answer = await request(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  })
  const text = await answer.body.text()
  const isRight = exchangeNamed(exchange).marks.every((mark) => text.includes(mark))
  if (answer.statusCode !== 200 || !isRight) throw new Error(`${url}: ${answer.statusCode} ${text}`)
}
