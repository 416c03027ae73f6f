import { expect, test } from 'vitest'
import type { UsageSubject } from '@/lib/analytics/subjects'
import { entityPath } from './entity-path'

test.each<[UsageSubject, string, string | null]>([
  ['model', 'acme/atlas-120b', '/models/acme/atlas-120b?period=30d'],
  ['model', 'acme/atlas 1:free@fp8', '/models/acme/atlas%201%3Afree%40fp8?period=30d'],
  ['model', 'nameless', null],
  ['provider', 'helios', '/providers/helios?period=30d'],
  ['provider', 'unknown', null],
  ['author', 'acme & co', '/models?author=acme+%26+co&period=30d'],
  ['useCase', 'code review', '/use-cases?useCase=code+review&period=30d'],
  ['useCase', 'unknown', '/use-cases?useCase=unknown&period=30d'],
  ['app', 'shop-bot', null],
  ['callerKind', 'agentic', null],
])('the %s %s is at %s', (by, key, path) => {
  expect(entityPath({ by, key, windowSearch: 'period=30d' })).toBe(path)
})

test('without a window the page decides', () => {
  expect(entityPath({ by: 'model', key: 'acme/atlas' })).toBe('/models/acme/atlas')
})
