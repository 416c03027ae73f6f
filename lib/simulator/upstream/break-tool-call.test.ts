import { expect, test } from 'vitest'
import { createRandom } from '../../platform/random'
import { checkToolCalls } from '../../records/check-tool-calls'
import { drawToolCalls } from './draw-tool-calls'
import { TOOL_FAULTS } from './schema'

const weather = {
  name: 'get_weather',
  schema: {
    type: 'object',
    required: ['city', 'days'],
    properties: {
      city: { type: 'string' },
      days: { type: 'integer', minimum: 1, maximum: 7 },
      units: { enum: ['metric', 'imperial'] },
    },
  },
}
const lookUp = {
  name: 'look_up',
  schema: { type: 'object', properties: { ids: { type: 'array', items: { type: 'integer' } } } },
}
const anything = { name: 'anything', schema: {} }

test.each(TOOL_FAULTS)('breaks exactly one of the calls by %s', (fault) => {
  for (let seed = 0; seed < 200; seed += 1) {
    const tools = [weather, lookUp]
    const { calls, brokenBy } = drawToolCalls({ tools, count: 2, fault, random: createRandom(seed) })
    expect(brokenBy).toBe(fault)
    const verdicts = checkToolCalls(calls, tools).map(({ verdict }) => verdict)
    expect(verdicts.toSorted()).toEqual([fault, 'valid'].toSorted())
  }
})

test('makes calls that are all valid when nothing is to go wrong', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const { calls, brokenBy } = drawToolCalls({
      tools: [weather, lookUp, anything],
      count: 3,
      fault: null,
      random: createRandom(seed),
    })
    expect(brokenBy).toBeNull()
    expect(checkToolCalls(calls, [weather, lookUp, anything]).map(({ verdict }) => verdict)).toEqual([
      'valid',
      'valid',
      'valid',
    ])
  }
})

test('does not say that it broke a call whose schema takes anything', () => {
  const { calls, brokenBy } = drawToolCalls({
    tools: [anything],
    count: 1,
    fault: 'schema_mismatch',
    random: createRandom(3),
  })
  expect(brokenBy).toBeNull()
  expect(checkToolCalls(calls, [anything])[0]?.verdict).toBe('valid')
})

test('breaks parameters in more than one way', () => {
  const details = Array.from({ length: 60 }, (_, seed) => {
    const random = createRandom(seed)
    const { calls } = drawToolCalls({ tools: [weather], count: 1, fault: 'schema_mismatch', random })
    return checkToolCalls(calls, [weather])[0]?.detail
  })
  expect(new Set(details).size).toBeGreaterThan(3)
})
