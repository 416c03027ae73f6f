import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameListedModels } from './name-listed-models'
import { MODEL_PATTERN } from './schema'

const name = (upstreamModels: string[], more: Partial<Parameters<typeof nameListedModels>[0]> = {}) =>
  nameListedModels({ upstreamModels, provider: 'helios', connected: new Map(), catalog: [], ...more })

test.each([
  ['gpt-5-mini', 'openai/gpt-5-mini'],
  ['meta-llama/Llama-3.3-70B', 'meta-llama/Llama-3.3-70B'],
  ['accounts/fireworks/models/glm-5p1', 'z-ai/glm-5p1'],
  ['openai.gpt-oss-120b-1:0', 'openai/gpt-oss-120b-1:0'],
  ['@cf/meta/llama-3.1-8b-instruct', 'meta/llama-3.1-8b-instruct'],
  ['atlas@fp8', 'helios/atlas-fp8'],
])('%s is %s', (upstreamModel, model) => {
  expect(name([upstreamModel])).toEqual([model])
})

test('a name that the catalog has is kept as it is spelled there', () => {
  expect(name(['deepseek-ai/DeepSeek-V4'], { catalog: ['deepseek-ai/deepseek-v4'] })).toEqual([
    'deepseek-ai/deepseek-v4',
  ])
})

test('what is connected keeps its name, and nobody else gets it', () => {
  const connected = new Map([['gpt-5@eu', 'openai/gpt-5']])
  expect(name(['gpt-5', 'gpt-5@eu'], { connected })).toEqual(['openai/gpt-5-2', 'openai/gpt-5'])
})

test('no two are alike, and all can be typed', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60 }), { maxLength: 30 }),
      (upstreamModels) => {
        const names = name(upstreamModels)
        expect(new Set(names).size).toBe(upstreamModels.length)
        for (const one of names) expect(one).toMatch(MODEL_PATTERN)
      },
    ),
  )
})
