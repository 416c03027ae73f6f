import { describe, expect, test } from 'vitest'
import type { SortDirection } from '@/components/ui/sorting'
import type { ModelRow } from '@/lib/analytics/models/schema'
import { filterModels, type ModelFilter } from './filter-models'
import { type ModelSort, sortModels } from './sort-models'

const EMPTY: ModelRow = {
  model: 'acme/atlas',
  name: 'atlas',
  author: 'acme',
  launchedOn: null,
  launchSource: null,
  aliases: [],
  totalTokens: 0,
  requests: 0,
  share: 0,
  providers: 1,
  promptUsdPerMTok: null,
  completionUsdPerMTok: null,
  contextLength: null,
  supportsTools: null,
  toolCallErrorRate: null,
  uptime: null,
  latencyMsP50: null,
}
const ROWS: ModelRow[] = [
  { ...EMPTY, contextLength: 128_000, promptUsdPerMTok: 0.5, supportsTools: true, totalTokens: 5 },
  { ...EMPTY, model: 'acme/lyra', name: 'Lyra Large', aliases: ['old/lyra-1'], totalTokens: 9 },
  { ...EMPTY, model: 'borealis/vega', name: 'vega', author: 'borealis', supportsTools: false, uptime: 0.9 },
  {
    ...EMPTY,
    model: 'borealis/nova',
    name: 'nova',
    author: 'borealis',
    contextLength: 32_000,
    promptUsdPerMTok: 0,
  },
]
const ALL: ModelFilter = { q: '', author: null, tools: false, context: null, price: null }

describe('filterModels', () => {
  test.each<[string, Partial<ModelFilter>, string[]]>([
    ['nothing', {}, ['atlas', 'Lyra Large', 'vega', 'nova']],
    ['part of a name, in any case', { q: 'LARGE' }, ['Lyra Large']],
    ['words in any order', { q: 'vega boreal' }, ['vega']],
    ['another name', { q: 'lyra-1' }, ['Lyra Large']],
    ['no match', { q: 'atlas vega' }, []],
    ['an author', { author: 'acme' }, ['atlas', 'Lyra Large']],
    ['tools, which must be known', { tools: true }, ['atlas']],
    ['a context at the limit', { context: 128_000 }, ['atlas']],
    ['a price of nothing', { price: 0 }, ['nova']],
    ['a price at the limit', { price: 0.5 }, ['atlas', 'nova']],
    ['several at once', { author: 'borealis', context: 8000 }, ['nova']],
  ])('by %s', (_case, filter, names) => {
    expect(filterModels(ROWS, { ...ALL, ...filter }).map(({ name }) => name)).toEqual(names)
  })
})

describe('sortModels', () => {
  test.each<[ModelSort, SortDirection, string[]]>([
    ['totalTokens', 'desc', ['Lyra Large', 'atlas', 'nova', 'vega']],
    ['name', 'asc', ['atlas', 'Lyra Large', 'nova', 'vega']],
    ['name', 'desc', ['vega', 'nova', 'Lyra Large', 'atlas']],
    ['promptUsdPerMTok', 'asc', ['nova', 'atlas', 'Lyra Large', 'vega']],
    ['promptUsdPerMTok', 'desc', ['atlas', 'nova', 'Lyra Large', 'vega']],
    ['uptime', 'asc', ['vega', 'Lyra Large', 'atlas', 'nova']],
  ])('%s %s, unknown last', (sort, direction, names) => {
    expect(sortModels({ rows: ROWS, sort, direction }).map(({ name }) => name)).toEqual(names)
  })
})
