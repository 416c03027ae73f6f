import { exchangeNamed } from './exchanges'
import { startHelper } from './helper-process'
import { TARGET_NAMES, type TargetName, type Targets } from './targets'
import { type WatchJob, type WatchResult, watchReply } from './watch-job'

export type StreamsAtOnce = {
  streams: number
  /** Frames that the upstream wrote for each target. */
  frames: number
  of: Record<TargetName, WatchResult>
}

/** So many streams at a model's own pace at once, at each target in turn, every frame counted. Throws when one breaks. */
export async function watchStreamsAtOnce(targets: Targets, streams: number): Promise<StreamsAtOnce> {
  const { paced, marks } = exchangeNamed('paced')
  const frames = paced?.frames ?? 0
  const watcher = startHelper('watch-streams.ts')
  await watcher.message()
  const watch = async (name: TargetName): Promise<WatchResult> => {
    const job: WatchJob = {
      ...targets[name].requestOf('paced', true),
      streams,
      frames,
      marks: [...marks],
    }
    watcher.send(job)
    const reply = watchReply.parse(await watcher.message())
    if ('problem' in reply) throw new Error(`${job.url}: ${reply.problem}`)
    return reply.result
  }
  try {
    const [direct, sightglass, portkey] = [
      await watch('direct'),
      await watch('sightglass'),
      await watch('portkey'),
    ]
    printStreams({ direct, sightglass, portkey })
    return { streams, frames: streams * frames, of: { direct, sightglass, portkey } }
  } finally {
    await watcher.stop()
  }
}

function printStreams(of: StreamsAtOnce['of']): void {
  console.error(
    'streams at once   most   frames   lost  late  unfinished  p50 delay  p99 delay    longest  longest gap',
  )
  for (const name of TARGET_NAMES) {
    const seen = of[name]
    const counts = [
      String(seen.mostAtOnce).padStart(10),
      String(seen.received).padStart(8),
      String(seen.lost).padStart(6),
      String(seen.late).padStart(5),
      String(seen.unfinished).padStart(11),
    ]
    const times = [seen.p50DelayMs, seen.p99DelayMs, seen.longestDelayMs, seen.longestGapMs].map((ms) =>
      `${ms.toFixed(1)} ms`.padStart(10),
    )
    console.error(`  ${name.padEnd(11)}${counts.join(' ')} ${times.join(' ')}`)
  }
  console.error('')
}
