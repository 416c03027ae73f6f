import { expect, test } from 'vitest'
import { fitTools } from './fit-tools'
import type { Tool, ToolChoice } from './hub'

const own: Tool = {
  type: 'function',
  name: 'a',
  description: null,
  parameters: null,
  strict: null,
  namespace: null,
  cacheControl: null,
}
const custom: Tool = { type: 'custom', name: 'run', description: null, format: null, namespace: null }
const builtIn = (kind: string): Tool => ({
  type: 'built_in',
  shape: 'openai-responses',
  kind,
  value: { type: kind },
})
const search = builtIn('web_search')
const named: ToolChoice = { mode: 'built_in', shape: 'openai-responses', kind: 'web_search', value: {} }

test.each<[string, Tool[], ToolChoice | null, string[], RegExp | null]>([
  ['no tools', [], null, [], null],
  ['functions and custom tools', [own, custom], { mode: 'required' }, [], null],
  ['a built-in tool beside others', [own, search, search], null, ['web_search'], null],
  ['a built-in tool alone, not demanded', [search], { mode: 'auto' }, ['web_search'], null],
  ['a built-in tool that the choice names', [own, search], named, ['web_search'], /web_search/],
  [
    'built-in tools alone, one demanded',
    [search, builtIn('file_search')],
    { mode: 'required' },
    ['web_search', 'file_search'],
    /web_search, file_search/,
  ],
  ['one of several demanded', [own, search], { mode: 'required' }, ['web_search'], null],
  ['no tool at all demanded', [], { mode: 'required' }, [], null],
])('%s, at a provider of another shape', (_, tools, toolChoice, leftOut, refusal) => {
  const fit = fitTools({ tools, toolChoice }, 'openai-chat')
  expect(fit.leftOut).toEqual(leftOut)
  if (refusal === null) expect(fit.refusal).toBeNull()
  else expect(fit.refusal).toMatch(refusal)
})

test('between like shapes everything passes', () => {
  expect(fitTools({ tools: [search], toolChoice: named }, 'openai-responses')).toEqual({
    leftOut: [],
    refusal: null,
  })
})
