import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL_SHAPES, shapeNamed } from '../shapes/registry'
import { mergePreset, modelsOf, type PresetContent } from './merge-preset'
import type { PresetConfig } from './schema'

const functionTool = (name: string, description = '') => ({
  type: 'function',
  function: { name, description },
})
const contentOf = (config: PresetConfig, systemPrompt: string | null = null): PresetContent => ({
  systemPrompt,
  config,
})
type Merging = Omit<Parameters<typeof mergePreset>[0], 'shape'>
const mergeIntoChat = (merging: Merging) => mergePreset({ ...merging, shape: shapeNamed('openai-chat') })
const mergeIntoMessages = (merging: Merging) =>
  mergePreset({ ...merging, shape: shapeNamed('anthropic-messages') })
const merge = (request: Record<string, unknown>, config: PresetConfig, systemPrompt: string | null = null) =>
  mergeIntoChat({ request, preset: contentOf(config, systemPrompt) })

describe('fields', () => {
  test.each([
    [
      'the preset fills what the request leaves open',
      { top_p: 1 },
      { temperature: 0 },
      { top_p: 1, temperature: 0 },
    ],
    ['the request wins', { temperature: 1 }, { temperature: 0 }, { temperature: 1 }],
    ['null in the request is a value', { temperature: null }, { temperature: 0 }, { temperature: null }],
    [
      'a provider object replaces the whole of the other',
      { provider: { sort: 'price' } },
      { provider: { order: ['helios'], allow_fallbacks: false } },
      { provider: { sort: 'price' } },
    ],
    [
      'so does reasoning',
      { reasoning: { effort: 'low' } },
      { reasoning: { max_tokens: 9 } },
      { reasoning: { effort: 'low' } },
    ],
    [
      'one name of the token limit is enough',
      { max_completion_tokens: 9 },
      { max_tokens: 5 },
      { max_completion_tokens: 9 },
    ],
    [
      'reasoning_effort stands for reasoning',
      { reasoning_effort: 'low' },
      { reasoning: { effort: 'high' } },
      { reasoning_effort: 'low' },
    ],
    [
      'a choice of tools without tools is dropped',
      {},
      { tool_choice: 'required', parallel_tool_calls: false },
      {},
    ],
    ['unknown fields pass', { metadata: { a: 1 } }, {}, { metadata: { a: 1 } }],
    [
      'the guard is the preset’s unless the request says',
      { tool_call_guard: 'off' },
      { tool_call_guard: 'retry' },
      { tool_call_guard: 'off' },
    ],
  ] as const)('%s', (_claim, request, config, expected) => {
    expect(merge(request, config as PresetConfig)).toEqual(expected)
  })
})

describe('models', () => {
  const config = { models: ['acme/atlas-120b', 'acme/atlas-8b'] }
  test.each([
    [{ model: '@preset/x' }, { model: 'acme/atlas-120b', models: config.models }],
    [{ preset: 'x' }, { model: 'acme/atlas-120b', models: config.models }],
    [{ model: 'other/model@preset/x' }, { model: 'other/model' }],
    [{ model: 'other/model', preset: 'x' }, { model: 'other/model' }],
    [{ model: '@preset/x', models: ['other/model'] }, { models: ['other/model'] }],
    [
      { model: 'other/model@preset/x', models: ['a/b'] },
      { model: 'other/model', models: ['a/b'] },
    ],
  ])('%j becomes %j', (request, expected) => {
    expect(merge(request, config)).toEqual(expected)
  })

  test('a preset without models leaves the model to the request', () => {
    expect(merge({ model: '@preset/x' }, { temperature: 0 })).toEqual({ temperature: 0 })
  })

  test('model stands before models, once', () => {
    expect(modelsOf({ model: 'a/b', models: ['c/d', 'a/b'] })).toEqual(['a/b', 'c/d'])
    expect(modelsOf({})).toEqual([])
  })
})

describe('tools', () => {
  const config = {
    tools: [
      functionTool('a', 'preset'),
      { type: 'web_search' },
      { type: 'agent', parameters: { name: 'x' } },
    ],
    tool_choice: 'auto' as const,
  }

  test('the preset’s come first, the request wins on the same identity, its others follow', () => {
    const request = {
      tools: [
        functionTool('b'),
        functionTool('a', 'request'),
        { type: 'agent', parameters: { name: 'y' } },
        { type: 'web_search', depth: 2 },
      ],
    }
    expect(merge(request, config)).toEqual({
      tools: [
        functionTool('a', 'request'),
        { type: 'web_search', depth: 2 },
        { type: 'agent', parameters: { name: 'x' } },
        functionTool('b'),
        { type: 'agent', parameters: { name: 'y' } },
      ],
      tool_choice: 'auto',
    })
  })

  test('namespaces and MCP servers are as many as they have names', () => {
    const crm = { type: 'namespace', name: 'crm', tools: [] }
    const docs = { type: 'mcp', server_label: 'docs' }
    const own = [
      { ...crm, name: 'erp' },
      { ...docs, server_label: 'code' },
    ]
    const preset = { tools: [crm, docs] }
    expect(merge({ tools: own }, preset).tools).toEqual([crm, docs, ...own])
    expect(merge({ tools: [crm] }, preset).tools).toEqual([crm, docs])
  })

  test('what is no list of tools is passed on to be refused', () => {
    expect(merge({ tools: 'all' }, config).tools).toBe('all')
  })
})

describe('system prompt', () => {
  const user = { role: 'user', content: 'hi' }
  const own = { role: 'system', content: 'Mine.' }

  test('goes before the request’s own messages', () => {
    expect(merge({ messages: [own, user] }, {}, 'Preset.').messages).toEqual([
      { role: 'system', content: 'Preset.' },
      own,
      user,
    ])
  })

  test('an empty or missing one adds nothing', () => {
    const messages = [user]
    expect(merge({ messages }, {}, '').messages).toBe(messages)
    expect(merge({ messages }, {}).messages).toBe(messages)
  })
})

describe('an Anthropic-shaped body', () => {
  const config: PresetConfig = {
    max_completion_tokens: 100,
    seed: 7,
    stop: 'END',
    tools: [{ type: 'function', function: { name: 'a', description: 'A', parameters: { type: 'object' } } }],
    tool_choice: 'required',
    parallel_tool_calls: false,
    provider: { only: ['helios'] },
  }

  test('gets the preset in its own words', () => {
    const request = {
      model: '@preset/x',
      system: 'Mine.',
      messages: [],
      tools: [{ name: 'b', input_schema: {} }],
    }
    expect(
      mergeIntoMessages({ request, preset: contentOf({ ...config, models: ['a/b'] }, 'Preset.') }),
    ).toEqual({
      model: 'a/b',
      messages: [],
      max_tokens: 100,
      stop_sequences: ['END'],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      provider: { only: ['helios'] },
      tools: [
        { type: 'custom', name: 'a', description: 'A', input_schema: { type: 'object' } },
        { name: 'b', input_schema: {} },
      ],
      system: [
        { type: 'text', text: 'Preset.' },
        { type: 'text', text: 'Mine.' },
      ],
    })
  })

  test('wins with its own tool, limit and thinking', () => {
    const request = {
      max_tokens: 5,
      thinking: { type: 'enabled', budget_tokens: 1024 },
      tools: [{ name: 'a', input_schema: { type: 'object', required: ['x'] } }],
    }
    const preset = contentOf({ ...config, reasoning: { effort: 'high' } })
    const merged = mergeIntoMessages({ request, preset })
    expect(merged).toMatchObject(request)
    expect(merged).not.toHaveProperty('reasoning')
  })
})

const word = fc.constantFrom('a', 'b', 'c', 'd')
const tool = word.map((name) => functionTool(name))
const anyConfig: fc.Arbitrary<PresetConfig> = fc.record(
  {
    temperature: fc.constantFrom(0, 1),
    max_tokens: fc.constantFrom(1, 2),
    models: fc.array(word.map((name) => `acme/${name}`)),
    provider: fc.record({ order: fc.array(word) }),
    tools: fc.array(tool),
    tool_choice: fc.constantFrom('auto', 'required'),
  },
  { requiredKeys: [] },
)
const anyRequest = fc.record(
  {
    model: fc.constantFrom('@preset/x', 'acme/z', 'acme/z@preset/x'),
    temperature: fc.constantFrom(0.5, null),
    max_completion_tokens: fc.constant(3),
    provider: fc.record({ only: fc.array(word) }),
    tools: fc.uniqueArray(tool, { selector: (one) => one.function.name }),
    messages: fc.array(fc.record({ role: fc.constantFrom('system', 'user'), content: word })),
    system: word,
  },
  { requiredKeys: [] },
)
const anyPreset = fc.record({ config: anyConfig, systemPrompt: fc.option(fc.constantFrom('a', 'Be brief.')) })

test.each([
  ...ALL_SHAPES.map(
    ({ name, shape }) => [name, (merging: Merging) => mergePreset({ ...merging, shape })] as const,
  ),
])('in %s it changes neither argument, and merging twice is merging once', (_name, mergeWith) => {
  fc.assert(
    fc.property(anyRequest, anyPreset, (request, preset) => {
      const before = structuredClone({ request, preset })
      const once = mergeWith({ request, preset })
      expect({ request, preset }).toEqual(before)
      expect(mergeWith({ request: once, preset })).toEqual(once)
    }),
  )
})

test('every field of the request survives, and every tool is there once in a stable order', () => {
  fc.assert(
    fc.property(anyRequest, anyPreset, (request, preset) => {
      const { model: _model, tools = [], messages = [], ...own } = request
      const merged = mergeIntoChat({ request, preset })
      expect(merged).toMatchObject(own)
      const united = [...(preset.config.tools ?? []), ...tools].map((one) => JSON.stringify(one))
      expect(merged.tools ?? []).toEqual([...new Set(united)].map((one) => JSON.parse(one)))
      expect(JSON.stringify(merged.messages ?? []).endsWith(JSON.stringify(messages).slice(1))).toBe(true)
    }),
  )
})
