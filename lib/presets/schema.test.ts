import { expect, test } from 'vitest'
import { createPresetBody, patchPresetBody } from './schema'

const body = (config: unknown, rest: object = {}) => ({ slug: 'x', config, ...rest })

test('prices become numbers, and nested parameters stand flat', () => {
  const parsed = createPresetBody.parse(
    body({ provider: { max_price: { prompt: '0.8' } }, parameters: { temperature: 0 }, top_p: 1 }),
  )
  expect(parsed.config).toEqual({ provider: { max_price: { prompt: 0.8 } }, temperature: 0, top_p: 1 })
})

test('a tool’s own fields are kept as they are', () => {
  const tool = {
    type: 'function',
    function: { name: 'a', parameters: { z: 1, a: [{ b: null }] } },
    extra: true,
  }
  expect(createPresetBody.parse(body({ tools: [tool] })).config?.tools).toEqual([tool])
})

test.each([
  [body({}, { slug: 'Tool Runner' }), 'slug'],
  [body({}, { slug: 'new' }), 'slug'],
  [body({}, { name: ' ' }), 'name'],
  [body({}, { colour: 'red' }), ''],
  [body({ temperature: 3 }), 'config.temperature'],
  [body({ models: ['atlas'] }), 'config.models.0'],
  [body({ provider: { sort: 'cheapest' } }), 'config.provider.sort'],
  [body({ provider: { max_price: { prompt: -1 } } }), 'config.provider.max_price.prompt'],
  [body({ provider: { quantizations: ['fp7'] } }), 'config.provider.quantizations.0'],
  [body({ tools: [{ name: 'a' }] }), 'config.tools.0.type'],
  [body({ tool_call_guard: true }), 'config.tool_call_guard'],
  [body({}, { system_prompt: 'a\0b' }), 'system_prompt'],
  [body({ tools: [{ type: 'function', note: '\ud800' }] }), 'config.tools.0.note'],
  [body({ tools: [{ type: 'function', deep: nest(100) }] }), /^config\.tools\.0\.deep\.0/],
])('%j is refused at %s', (value, path) => {
  const parsed = createPresetBody.safeParse(value)
  const paths = parsed.error?.issues.map((issue) => issue.path.join('.'))
  expect(paths).toEqual([path instanceof RegExp ? expect.stringMatching(path) : path])
})

test('a version that cannot exist is refused before the database is asked', () => {
  for (const version of [0, 1.5, 3e9]) {
    expect(patchPresetBody.safeParse({ designated_version: version }).success).toBe(false)
  }
})

function nest(levels: number): unknown {
  return levels === 0 ? 'end' : [nest(levels - 1)]
}
