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

test('key figures add up the caller kinds, and the agentic share is a share of tokens', () => {
  const trends = prepareOverviewTrends(
    {
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-03T00:00:00.000Z',
      granularity: 'day',
      series: [
        { key: 'agentic', points: [point(1, 30), point(2, 60)] },
        { key: 'human', points: [point(1, 10)] },
      ],
    },
    Date.parse('2026-12-01T00:00:00Z'),
  )
  expect(trends.totalTokens).toEqual([40, 60])
  expect(trends.requests).toEqual([2, 1])
  expect(trends.agenticShare).toEqual([0.75, 1])
})
