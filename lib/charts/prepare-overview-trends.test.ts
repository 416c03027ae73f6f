import { expect, test } from 'vitest'
import { prepareOverviewTrends } from './prepare-overview-trends'

const point = (day: number, totalTokens: number) => ({
  start: `2026-11-0${day}T00:00:00.000Z`,
  requests: 1,
  promptTokens: totalTokens,
  completionTokens: 0,
  totalTokens,
  costUsd: null,
})

const WINDOW = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-03T00:00:00.000Z',
  granularity: 'day',
} as const

test('key figures add up all operations, and the agentic share is a share of what was generated', () => {
  const trends = prepareOverviewTrends({
    byOperation: {
      ...WINDOW,
      series: [
        { key: 'chat', points: [point(1, 40), point(2, 60)] },
        { key: 'embedding', points: [point(1, 500)] },
      ],
    },
    byCallerKind: {
      ...WINDOW,
      series: [
        { key: 'agentic', points: [point(1, 30), point(2, 60)] },
        { key: 'human', points: [point(1, 10)] },
      ],
    },
    nowMs: Date.parse('2026-12-01T00:00:00Z'),
  })
  expect(trends.totalTokens).toEqual([540, 60])
  expect(trends.requests).toEqual([2, 1])
  expect(trends.agenticShare).toEqual([0.75, 1])
})
