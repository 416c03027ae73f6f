import { expect, test } from 'vitest'
import type { CallerRow } from '@/lib/analytics/agents/callers/schema'
import type { CallerClass } from '@/lib/records/caller-class'
import { filterCallers } from './filter-callers'

function makeRow(key: string, callerClass: CallerClass): CallerRow {
  return {
    id: key.length,
    key,
    label: key,
    class: callerClass,
    declared: null,
    agenticShare: null,
    totalTokens: 0,
    agenticTokens: 0,
    humanTokens: 0,
    requests: 1,
    agenticRequests: 0,
    humanRequests: 0,
    share: null,
  }
}

const rows = [makeRow('Night Job', 'agentic'), makeRow('night desk', 'human'), makeRow('mill', 'mixed')]
const keysOf = (filter: string, callerClass: CallerClass | null) =>
  filterCallers(rows, { filter, callerClass }).map(({ key }) => key)

test('nothing to filter by leaves every row in its place', () => {
  expect(keysOf('  ', null)).toEqual(['Night Job', 'night desk', 'mill'])
})

test('every word must be in the name, whatever the case', () => {
  expect(keysOf('night', null)).toEqual(['Night Job', 'night desk'])
  expect(keysOf('JOB night', null)).toEqual(['Night Job'])
})

test('class and words narrow together', () => {
  expect(keysOf('night', 'human')).toEqual(['night desk'])
  expect(keysOf('mill', 'agentic')).toEqual([])
})
