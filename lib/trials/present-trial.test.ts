import { describe, expect, test } from 'vitest'
import { LOST_AFTER_MS, presentTrial, type TrialRow } from './present-trial'
import { summarizeCalls } from './summarize-calls'

const START = Date.parse('2026-11-24T10:00:00Z')
const SEEN = START + 4000
const ROW: TrialRow = {
  id: '6f9619ff-8b86-4011-b42d-00cf4fc964ff',
  preset: 'tool-runner',
  presetVersion: 3,
  status: 'running',
  origin: 'page',
  calls: 213,
  concurrency: 8,
  seconds: 30,
  stream: false,
  seed: 1,
  creator: 'admin@example.com',
  startedAt: new Date(START),
  seenAt: new Date(SEEN),
  endedAt: null,
  problem: null,
}
const present = (row: Partial<TrialRow>, nowMs: number) =>
  presentTrial({ row: { ...ROW, ...row }, summary: summarizeCalls([]), nowMs })

describe('a running trial is lost when it gave no sign of life for 15 s', () => {
  test.each([
    [0, 'running', null, 4000],
    [LOST_AFTER_MS, 'running', null, 19_000],
    [LOST_AFTER_MS + 1, 'lost', '2026-11-24T10:00:04.000Z', 4000],
  ])('%d ms later it is %s', (laterMs, status, endedAt, elapsedMs) => {
    expect(present({}, SEEN + laterMs)).toMatchObject({ status, endedAt, elapsedMs })
  })
})

test('one that ended stays as it ended', () => {
  const ended = { status: 'stopped', endedAt: new Date(START + 9000) } as const
  expect(present(ended, START + 90_000)).toMatchObject({ status: 'stopped', elapsedMs: 9000 })
})

test('a clock that runs behind gives no negative time', () => {
  expect(present({}, START - 500).elapsedMs).toBe(0)
})
