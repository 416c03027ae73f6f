import { performance } from 'node:perf_hooks'
import { announce } from './helper-process'
import { openConnection } from './http-connection'
import { type LoadJob, type LoadResult, loadJob } from './load-job'

/** The client of the gateway benchmark, in a process of its own: one job after the other. */
process.on('message', (message) => {
  run(loadJob.parse(message)).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ problem: error instanceof Error ? error.message : String(error) }),
  )
})
announce({ ready: true })

async function run({ url, headers, body, connections, leadInMs, measure }: LoadJob): Promise<LoadResult> {
  const countFrom = performance.now() + leadInMs
  const stopAt = 'ms' in measure ? countFrom + measure.ms : Number.POSITIVE_INFINITY
  const stopAfter = 'requests' in measure ? measure.requests : Number.POSITIVE_INFINITY
  const latencies: number[] = []
  let sent = 0
  const worker = async () => {
    const connection = await openConnection({ url: new URL(url), headers, body })
    for (;;) {
      const startedAt = performance.now()
      if (startedAt >= stopAt || sent >= stopAfter) break
      sent += 1
      await connection.exchange()
      const endedAt = performance.now()
      if (startedAt >= countFrom && endedAt <= stopAt) latencies.push(endedAt - startedAt)
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const seconds = (Math.min(performance.now(), stopAt) - countFrom) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN
  return { sent, requestsPerSecond: latencies.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) }
}
