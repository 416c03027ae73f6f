import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { createSseParser } from '@/lib/platform/sse/parse-sse'
import { framesIn, sharedNowMs } from './exchanges/paced'
import { announce } from './helper-process'
import { type WatchJob, type WatchResult, watchJob } from './watch-job'

/** The client of many streams at once, in a process of its own: one job after the other. */
process.on('message', (message) => {
  watch(watchJob.parse(message)).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ problem: error instanceof Error ? error.message : String(error) }),
  )
})
announce({ ready: true })

const LATE_MS = 250
/** So that requests do not come in one blow, which is another load; far shorter than a stream. */
const BETWEEN_STARTS_MS = 2

type SeenStream = { delays: number[]; misplaced: number; longestGapMs: number; isFinished: boolean }

async function watch(job: WatchJob): Promise<WatchResult> {
  const agent = new Agent({ connections: job.streams, pipelining: 1 })
  let open = 0
  let mostAtOnce = 0
  const one = async (_: unknown, index: number) => {
    await sleep(index * BETWEEN_STARTS_MS)
    const seen = await readStream(job, agent, () => {
      open += 1
      mostAtOnce = Math.max(mostAtOnce, open)
    })
    open -= 1
    return seen
  }
  const streams = await Promise.all(Array.from({ length: job.streams }, one))
  await agent.close()
  const delays = streams.flatMap((stream) => stream.delays).sort((a, b) => a - b)
  const at = (share: number) => delays[Math.floor(delays.length * share)] ?? Number.POSITIVE_INFINITY
  return {
    mostAtOnce,
    received: delays.length,
    lost: job.streams * job.frames - delays.length,
    misplaced: streams.reduce((sum, { misplaced }) => sum + misplaced, 0),
    late: delays.filter((delay) => delay > LATE_MS).length,
    unfinished: streams.filter(({ isFinished }) => !isFinished).length,
    p50DelayMs: at(0.5),
    p99DelayMs: at(0.99),
    longestDelayMs: delays.at(-1) ?? Number.POSITIVE_INFINITY,
    longestGapMs: Math.max(...streams.map(({ longestGapMs }) => longestGapMs)),
  }
}

/** Reads one stream to its end. Rejects when it is refused or breaks off. */
async function readStream(
  { url, headers, body, frames, marks }: WatchJob,
  dispatcher: Agent,
  onOpen: () => void,
): Promise<SeenStream> {
  const answer = await request(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
    dispatcher,
  })
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${await answer.body.text()}`)
  onOpen()
  const parser = createSseParser()
  const delays = new Map<number, number>()
  let misplaced = 0
  let longestGapMs = 0
  let lastNumber = -1
  let lastReadAtMs: number | null = null
  /** What came after the last frame. */
  let end = ''
  for await (const chunk of answer.body) {
    const nowMs = sharedNowMs()
    const data = parser.push(chunk).map((event) => event.data)
    const found = data.flatMap(framesIn)
    for (const { number, writtenAtMs } of found) {
      if (number <= lastNumber) misplaced += 1
      if (!delays.has(number)) delays.set(number, nowMs - writtenAtMs)
      lastNumber = Math.max(lastNumber, number)
    }
    if (found.length > 0) {
      longestGapMs = Math.max(longestGapMs, nowMs - (lastReadAtMs ?? nowMs))
      lastReadAtMs = nowMs
    }
    if (lastNumber === frames - 1) end += data.join('\n')
  }
  const isFinished = end.endsWith('[DONE]') && marks.every((mark) => end.includes(mark))
  return { delays: [...delays.values()], misplaced, longestGapMs, isFinished }
}
