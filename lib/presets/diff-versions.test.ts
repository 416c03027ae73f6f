import { expect, test } from 'vitest'
import { diffVersions } from './diff-versions'
import type { PresetConfig } from './schema'

const fieldsOf = (before: PresetConfig, after: PresetConfig) =>
  diffVersions({
    before: { systemPrompt: null, config: before },
    after: { systemPrompt: null, config: after },
  }).fields
const tool = (name: string, parameters: object = {}) => ({ type: 'function', function: { name, parameters } })

test.each<[string, PresetConfig, PresetConfig, unknown]>([
  ['nothing', { temperature: 0, top_p: 1 }, { top_p: 1, temperature: 0 }, []],
  [
    'a value',
    { temperature: 0 },
    { temperature: 1 },
    [{ path: 'temperature', kind: 'changed', before: 0, after: 1 }],
  ],
  ['a new field', {}, { temperature: 1 }, [{ path: 'temperature', kind: 'added', after: 1 }]],
  ['a lost field', { temperature: 0 }, {}, [{ path: 'temperature', kind: 'removed', before: 0 }]],
  [
    'the order of providers',
    { provider: { order: ['helios', 'borealis'] } },
    { provider: { order: ['borealis', 'helios'] } },
    [
      {
        path: 'provider.order',
        kind: 'changed',
        before: ['helios', 'borealis'],
        after: ['borealis', 'helios'],
      },
    ],
  ],
  [
    'a whole group that came, part by part',
    {},
    { provider: { sort: 'price', max_price: { prompt: 1 } } },
    [
      { path: 'provider.sort', kind: 'added', after: 'price' },
      { path: 'provider.max_price.prompt', kind: 'added', after: 1 },
    ],
  ],
  [
    'tools, by name',
    { tools: [tool('a'), tool('b')] },
    { tools: [tool('b', { type: 'object' }), tool('c')] },
    [
      { path: 'tools.a', kind: 'removed', before: tool('a') },
      { path: 'tools.b.function.parameters.type', kind: 'added', after: 'object' },
      { path: 'tools.c', kind: 'added', after: tool('c') },
    ],
  ],
])('%s', (_what, before, after, expected) => {
  expect(fieldsOf(before, after)).toEqual(expected)
})

test('system prompts are compared by lines', () => {
  const diff = diffVersions({
    before: { systemPrompt: 'One.\nTwo.\nThree.', config: {} },
    after: { systemPrompt: 'One.\n2.\nThree.', config: {} },
  })
  expect(diff.systemPrompt).toEqual([
    { kind: 'same', lines: ['One.'] },
    { kind: 'removed', lines: ['Two.'] },
    { kind: 'added', lines: ['2.'] },
    { kind: 'same', lines: ['Three.'] },
  ])
})

test('a line added at the end leaves the one before alone', () => {
  const content = (systemPrompt: string) => ({ systemPrompt, config: {} })
  expect(diffVersions({ before: content('One.'), after: content('One.\nTwo.') }).systemPrompt).toEqual([
    { kind: 'same', lines: ['One.'] },
    { kind: 'added', lines: ['Two.'] },
  ])
})

test('a system prompt that came is all added, and one that stayed is not mentioned', () => {
  const content = (systemPrompt: string | null) => ({ systemPrompt, config: {} })
  expect(diffVersions({ before: content(null), after: content('Be brief.') }).systemPrompt).toEqual([
    { kind: 'added', lines: ['Be brief.'] },
  ])
  expect(diffVersions({ before: content('x'), after: content('x') }).systemPrompt).toBeNull()
})
