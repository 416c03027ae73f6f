import type { MemoryCourse } from '../gateway'
import { LOADS, type Load, type Measurement } from './measure'
import type { StreamsAtOnce } from './streams-at-once'
import { serves, TARGET_NAMES, type TargetName } from './targets'

type Numbers = {
  [Key in keyof Measurement as Measurement[Key] extends number ? Key : never]: number
}

/**
 * Medians over the rounds as a table, then one JSON line with the ratios to hold; null where a target has no such
 * address.
 */
export function printReport({
  measurements,
  streamsAtOnce,
  memory,
  sent,
  recorded,
  portkeyVersion,
}: {
  measurements: readonly Measurement[]
  streamsAtOnce: StreamsAtOnce
  memory: MemoryCourse
  sent: number
  recorded: number
  portkeyVersion: string
}): void {
  const medianOf = (load: Load, target: TargetName, field: keyof Numbers) =>
    median(measurements.filter((one) => one.load === load && one.target === target).map((one) => one[field]))
  const ratios: Record<string, unknown> = {}
  for (const load of LOADS) {
    const of = (target: TargetName, field: keyof Numbers) => medianOf(load, target, field)
    const added = (target: TargetName, field: 'p50Ms' | 'p99Ms') => of(target, field) - of('direct', field)
    printTable(load, of, added)
    const cpu = (one: Load) =>
      medianOf(one, 'sightglass', 'cpuMicroseconds') + medianOf(one, 'sightglass', 'databaseCpuMicroseconds')
    ratios[load.name] = {
      requestsPerSecond: Math.round(of('sightglass', 'requestsPerSecond')),
      requestsPerSecondVsPortkey: round(
        of('sightglass', 'requestsPerSecond') / of('portkey', 'requestsPerSecond'),
      ),
      requestsPerSecondVsDirect: round(
        of('sightglass', 'requestsPerSecond') / of('direct', 'requestsPerSecond'),
      ),
      cpuVsPortkey: round(cpu(load) / of('portkey', 'cpuMicroseconds')),
      cpuVsChat: round(cpu(load) / cpu(chatLoadLike(load))),
      addedP50Ms: round(added('sightglass', 'p50Ms')),
      addedP50VsPortkey: round(added('sightglass', 'p50Ms') / added('portkey', 'p50Ms')),
      addedP99Ms: round(added('sightglass', 'p99Ms')),
      addedP99VsPortkey: round(added('sightglass', 'p99Ms') / added('portkey', 'p99Ms')),
    }
  }
  const [first, last] = [memory[0]?.megabytes ?? Number.NaN, memory.at(-1)?.megabytes ?? Number.NaN]
  const course = memory.map(({ requests, megabytes }) => `${megabytes.toFixed(0)} MB at ${requests}`)
  console.error(`resident memory after the warm-up: ${course.join(', ')}`)
  console.log(
    JSON.stringify({
      benchmark: 'gateway',
      ...ratios,
      streamsAtOnce: streamRatios(streamsAtOnce),
      clientCpuShare: round(Math.max(...measurements.map((one) => one.clientCpuShare))),
      residentMegabytes: {
        afterWarmUp: Math.round(first),
        after50k: Math.round(last),
        ratio: round(last / first),
      },
      recorded: { sent, withCheckedToolCall: recorded },
      portkeyVersion,
    }),
  )
}

function printTable(
  load: Load,
  of: (target: TargetName, field: keyof Numbers) => number,
  added: (target: TargetName, field: 'p50Ms' | 'p99Ms') => number,
): void {
  console.error(
    `${load.name.padEnd(20)} requests/s      p50      p99  added p50  added p99  CPU µs + database  client CPU`,
  )
  for (const target of TARGET_NAMES) {
    if (!serves(target, load.exchange)) continue
    const cells = [
      of(target, 'requestsPerSecond').toFixed(0).padStart(10),
      `${of(target, 'p50Ms').toFixed(2)} ms`.padStart(9),
      `${of(target, 'p99Ms').toFixed(2)} ms`.padStart(9),
      target === 'direct' ? ''.padStart(10) : `${added(target, 'p50Ms').toFixed(2)} ms`.padStart(10),
      target === 'direct' ? ''.padStart(10) : `${added(target, 'p99Ms').toFixed(2)} ms`.padStart(10),
      `${of(target, 'cpuMicroseconds').toFixed(0)} + ${of(target, 'databaseCpuMicroseconds').toFixed(0)}`.padStart(
        18,
      ),
      `${(of(target, 'clientCpuShare') * 100).toFixed(0)} %`.padStart(11),
    ]
    console.error(`  ${target.padEnd(19)}${cells.join(' ')}`)
  }
  console.error('')
}

/** The chat load that differs in nothing but its exchange. */
function chatLoadLike({ connections, isStream }: Load): Load {
  const found = LOADS.find((load) => load.connections === connections && load.isStream === isStream)
  if (!found) throw new Error(`no chat load at ${connections} connections`)
  return found
}

/** What our server did to the streams, and beside it the others' delays; where those are late too, it is the machine. */
function streamRatios({ streams, frames, of }: StreamsAtOnce): object {
  const { direct, sightglass, portkey } = of
  return {
    streams,
    mostAtOnce: sightglass.mostAtOnce,
    frames,
    received: sightglass.received,
    lost: sightglass.lost,
    misplaced: sightglass.misplaced,
    late: sightglass.late,
    unfinished: sightglass.unfinished,
    p99DelayMs: round(sightglass.p99DelayMs),
    longestDelayMs: round(sightglass.longestDelayMs),
    longestGapMs: round(sightglass.longestGapMs),
    direct: { late: direct.late, p99DelayMs: round(direct.p99DelayMs) },
    portkey: { late: portkey.late, p99DelayMs: round(portkey.p99DelayMs) },
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
