import { expect, test } from 'vitest'
import { compareTrials, comparisonHeadline, inOrder, providersText } from './compare-trials'
import { presentTrial } from './present-trial'
import type { Trial } from './schema'
import { type CountedCall, summarizeCalls } from './summarize-calls'

const call = (over: Partial<CountedCall> = {}): CountedCall => ({
  provider: 'millrace',
  durationMs: 400,
  errorClass: null,
  verdicts: ['valid'],
  ...over,
})

function trialOf(
  calls: CountedCall[],
  over: { presetVersion?: number | null; startedAt?: Date } = {},
): Trial {
  const startedAt = new Date('2026-11-24T10:00:00Z')
  const row = {
    id: 'a',
    preset: 'tool-runner',
    presetVersion: 1,
    status: 'finished' as const,
    origin: 'page',
    calls: 213,
    concurrency: 8,
    seconds: 30,
    stream: false,
    seed: 1,
    creator: 'ada@example.com',
    startedAt,
    seenAt: startedAt,
    endedAt: startedAt,
    problem: null,
    ...over,
  }
  return presentTrial({ row, summary: summarizeCalls(calls), nowMs: startedAt.getTime() })
}

const BEFORE = trialOf([
  call(),
  call({ verdicts: ['invalid_json'] }),
  call({ errorClass: 'upstream_5xx', verdicts: [] }),
  call({ verdicts: [] }),
])
const AFTER = trialOf(
  [1, 2].map(() => call({ provider: 'helios', durationMs: 200 })),
  { presetVersion: 2, startedAt: new Date('2026-11-24T10:05:00Z') },
)

test('every number stands beside the other, with what changed and whether that is better', () => {
  expect(
    compareTrials({ before: BEFORE, after: AFTER }).map((row) => [
      row.label,
      row.before,
      row.after,
      row.change,
      row.verdict,
    ]),
  ).toEqual([
    ['Preset version', 'v1', 'v2', null, 'neutral'],
    ['Provider', 'millrace', 'helios', null, 'neutral'],
    ['Calls made', '4', '2', null, 'neutral'],
    ['Errors', '2 · 50.0%', '0', '−50.0 pp', 'better'],
    ['Invalid JSON', '1 · 25.0%', '0', '−25.0 pp', 'better'],
    ['Provider error', '1 · 25.0%', '0', '−25.0 pp', 'better'],
    ['Answers that called a tool', '66.7%', '100.0%', '+33.3 pp', 'better'],
    ['Latency p50', '400 ms', '200 ms', '−50.0%', 'better'],
    ['Latency p95', '400 ms', '200 ms', '−50.0%', 'better'],
  ])
})

test('the other way round everything is worse', () => {
  const verdicts = compareTrials({ before: AFTER, after: BEFORE }).map(({ verdict }) => verdict)
  expect(verdicts.slice(3)).toEqual(verdicts.slice(3).map(() => 'worse'))
})

test('a trial against itself differs in nothing', () => {
  for (const row of compareTrials({ before: BEFORE, after: BEFORE })) {
    expect(row).toMatchObject({ change: null, verdict: 'neutral', isDifferent: false })
  }
})

test('what is not known is compared with nothing', () => {
  const none = trialOf([], { presetVersion: null })
  const rows = compareTrials({ before: none, after: AFTER })
  expect(rows.find(({ label }) => label === 'Latency p50')).toMatchObject({
    before: '–',
    after: '200 ms',
    change: null,
    verdict: 'neutral',
    isDifferent: true,
  })
  expect(rows.find(({ label }) => label === 'Provider')).toMatchObject({ before: '–' })
})

test('trials stand in the order in which they were run', () => {
  expect(inOrder([AFTER, BEFORE])).toEqual({ before: BEFORE, after: AFTER })
  expect(inOrder([BEFORE, AFTER])).toEqual({ before: BEFORE, after: AFTER })
})

test('several providers stand with their calls', () => {
  const mixed = trialOf([call(), call(), call({ provider: 'helios' }), call({ provider: null })])
  expect(providersText(mixed)).toBe('millrace 2 · helios 1 · none answered 1')
})

test('a sentence says what it comes to', () => {
  expect(comparisonHeadline({ before: BEFORE, after: AFTER })).toBe(
    '2 errors before, none after; helios answered instead of millrace.',
  )
  expect(comparisonHeadline({ before: AFTER, after: AFTER })).toBe(
    'No errors both times; helios answered both times.',
  )
  const mixed = trialOf([call({ verdicts: ['invalid_json'] }), call({ provider: 'helios' })])
  expect(comparisonHeadline({ before: AFTER, after: mixed })).toBe(
    'No errors before, 1 after; helios and millrace answered instead of helios.',
  )
  expect(comparisonHeadline({ before: trialOf([]), after: AFTER })).toBe('No errors both times.')
})
