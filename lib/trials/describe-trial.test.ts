import { expect, test } from 'vitest'
import { describeEnd, describeStart, progressLine, progressLines } from './describe-trial'
import { presentTrial } from './present-trial'
import { type CountedCall, summarizeCalls } from './summarize-calls'

const OPTIONS = { preset: 'tool-runner', calls: 10, concurrency: 2, seconds: 30, stream: true, seed: 1 }
const CALLS: CountedCall[] = [
  { provider: 'Helios', durationMs: 400, errorClass: null, verdicts: ['valid'] },
  { provider: 'Helios', durationMs: 600, errorClass: null, verdicts: ['invalid_json'] },
  { provider: 'Borealis', durationMs: 1940, errorClass: null, verdicts: [] },
  { provider: null, durationMs: 5, errorClass: 'rate_limited', verdicts: [] },
]
const SUMMARY = summarizeCalls(CALLS)

test('the command says first what it is going to do', () => {
  expect(describeStart({ options: OPTIONS, presetVersion: 3 })).toBe(
    'Trying @preset/tool-runner version 3: 10 calls, 2 at a time, 30 s at most, streamed',
  )
})

test('a running trial shows calls, time, errors by class, providers, tool use and latency', () => {
  const lines = progressLines({ options: OPTIONS, summary: SUMMARY, elapsedMs: 12_300, isColored: false })
  expect(lines).toEqual([
    `  ${'█'.repeat(13)}${'░'.repeat(19)}  4 of 10 calls · 18 s left`,
    '  errors     2 · 50.0% · Invalid JSON 1 · Rate limited 1',
    '  provider   Helios 2 (1 error) · Borealis 1 · none answered 1 (1 error)',
    '  tools used 66.7% of the answers · 2 tool calls',
    '  latency    p50 600 ms · p95 1.94 s',
  ])
  expect(progressLine({ options: OPTIONS, summary: SUMMARY, elapsedMs: 12_300 })).toBe(
    '4 of 10 calls, 2 errors, 18 s left · Helios, Borealis, none answered',
  )
})

test('after its time a trial waits, and before its first call it knows nothing', () => {
  const [first, ...rest] = progressLines({
    options: OPTIONS,
    summary: summarizeCalls([]),
    elapsedMs: 31_000,
    isColored: false,
  })
  expect(first).toMatch(/0 of 10 calls · waiting for the last answers$/)
  expect(rest.join('\n')).toContain('latency    p50 – · p95 –')
})

test('the end says how it went and where to look', () => {
  const row = {
    ...OPTIONS,
    id: 'a',
    presetVersion: 3,
    status: 'failed' as const,
    origin: 'command',
    creator: 'key:ci',
    startedAt: new Date(0),
    seenAt: new Date(12_000),
    endedAt: new Date(12_345),
    problem: 'The gateway stopped answering.',
  }
  const trial = presentTrial({ row, summary: SUMMARY, nowMs: 99_000 })
  const pageUrl = 'http://127.0.0.1:3000/trials/a'
  const lines = describeEnd({ trial, pageUrl, isColored: false }).split('\n')
  expect(lines.at(0)).toBe('4 calls in 12.3 s (failed): 2 errors')
  expect(lines.at(-2)).toBe('  The gateway stopped answering.')
  expect(lines.at(-1)).toBe(`  ${pageUrl}`)
  const clean = {
    ...trial,
    status: 'finished' as const,
    problem: null,
    summary: summarizeCalls(CALLS.slice(0, 1)),
  }
  expect(describeEnd({ trial: clean, pageUrl, isColored: true })).toContain('\u001b[32m0 errors\u001b[0m')
})
