import { expect, test } from 'vitest'
import type { ShareAnswer } from '../analytics/agents/share/schema'
import { prepareCallerKinds } from './prepare-caller-kinds'

const answer: Pick<ShareAnswer, 'from' | 'to' | 'granularity' | 'points'> = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-04T00:00:00.000Z',
  granularity: 'day',
  points: [
    {
      start: '2026-11-01T00:00:00.000Z',
      agentic: { requests: 1, totalTokens: 900 },
      human: { requests: 9, totalTokens: 100 },
      unknown: { requests: 0, totalTokens: 0 },
    },
    {
      start: '2026-11-03T00:00:00.000Z',
      agentic: { requests: 0, totalTokens: 0 },
      human: { requests: 2, totalTokens: 20 },
      unknown: { requests: 0, totalTokens: 0 },
    },
  ],
}
const nowMs = Date.parse('2026-11-20T00:00:00Z')

test('agents come first, a kind that never appears is left out, a day without requests is a gap', () => {
  const { series, totals } = prepareCallerKinds({ answer, measure: 'totalTokens', nowMs })
  expect(series.map(({ key, label, values }) => [key, label, values])).toEqual([
    ['agentic', 'Agentic', [900, null, 0]],
    ['human', 'Human', [100, null, 20]],
  ])
  expect(totals).toEqual([1000, null, 20])
})

test('requests are another measure of the same points', () => {
  const { series } = prepareCallerKinds({ answer, measure: 'requests', nowMs })
  expect(series.map(({ values }) => values)).toEqual([
    [1, null, 0],
    [9, null, 2],
  ])
})
