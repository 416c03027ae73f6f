import type { MemoryCourse } from '../gateway'
import { LOADS, type Load, type Measurement } from './measure'
import { TARGET_NAMES, type TargetName } from './targets'

type Numbers = {
  [Key in keyof Measurement as Measurement[Key] extends number ? Key : never]: number
}

/** Medians over the rounds as a table, then one JSON line with the ratios to hold. */
export function printReport({
  measurements,
  memory,
  sent,
  recorded,
  portkeyVersion,
}: {
  measurements: readonly Measurement[]
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
    ratios[nameOf(load)] = {
      requestsPerSecond: Math.round(of('sightglass', 'requestsPerSecond')),
      requestsPerSecondVsPortkey: round(
        of('sightglass', 'requestsPerSecond') / of('portkey', 'requestsPerSecond'),
      ),
      requestsPerSecondVsDirect: round(
        of('sightglass', 'requestsPerSecond') / of('direct', 'requestsPerSecond'),
      ),
      cpuVsPortkey: round(
        (of('sightglass', 'cpuMicroseconds') + of('sightglass', 'databaseCpuMicroseconds')) /
          of('portkey', 'cpuMicroseconds'),
      ),
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
    `${nameOf(load).padEnd(12)} requests/s      p50      p99  added p50  added p99  CPU µs + database  client CPU`,
  )
  for (const target of TARGET_NAMES) {
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
    console.error(`  ${target.padEnd(11)}${cells.join(' ')}`)
  }
  console.error('')
}

function nameOf({ connections, isStream }: Load): string {
  return `${isStream ? 'stream' : 'whole'}At${connections}`
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function round(value: number): number {
  return Number(value.toFixed(2))
}
