import { describe, expect, test } from 'vitest'
import type { PresetConfig } from '../schema'
import { draftToBody } from './draft-to-body'
import { draftOf, NOTHING, type PresetDraft } from './preset-draft'

const source = (config: PresetConfig) => ({ ...NOTHING, slug: 'x', name: 'X', config })
const draft = (change: Partial<PresetDraft> = {}): PresetDraft => ({ ...draftOf(source({})), ...change })
const roundTrip = (config: PresetConfig) => {
  const checked = draftToBody(draftOf(source(config)))
  return checked.ok ? checked.body.config : checked.errors
}

const tool = { type: 'function', function: { name: 'a', parameters: { type: 'object' } } }

describe('a stored preset comes back from the form as it went in', () => {
  test.each<[string, PresetConfig]>([
    ['nothing', {}],
    ['models', { models: ['acme/atlas-120b', 'acme/atlas-8b'] }],
    [
      'everything about providers',
      {
        provider: {
          order: ['helios', 'borealis'],
          only: ['helios', 'borealis'],
          ignore: ['cumulus'],
          allow_fallbacks: false,
          require_parameters: true,
          sort: 'price',
          max_price: { prompt: 0.8, completion: 3 },
          preferred_min_throughput: 40,
          preferred_max_latency: { p90: 2 },
          quantizations: ['fp8', 'bf16'],
          data_collection: 'deny',
        },
      },
    ],
    [
      'what the form does not show',
      {
        provider: {
          sort: { by: 'latency', partition: 'none' },
          max_price: { prompt: 1, request: 0.01 },
          preferred_min_throughput: { p50: 50, p90: 20 },
          zdr: true,
        },
      },
    ],
    [
      'every parameter',
      {
        temperature: 0,
        top_p: 0.9,
        top_k: 40,
        min_p: 0.1,
        top_a: 0.2,
        frequency_penalty: -1,
        presence_penalty: 1,
        repetition_penalty: 1.1,
        max_tokens: 100,
        max_completion_tokens: 100,
        seed: -7,
        stop: ['END', '\n\n'],
        verbosity: 'low',
        parallel_tool_calls: false,
        response_format: { type: 'json_schema', json_schema: { name: 'a' } },
        tool_choice: { type: 'function', function: { name: 'a' } },
      },
    ],
    ['reasoning', { reasoning: { enabled: true, effort: 'high', max_tokens: 2000, exclude: true } }],
    ['tools and their guard', { tools: [tool, { type: 'web_search' }], tool_call_guard: 'retry' }],
    ['a guard that is off', { tool_call_guard: 'off' }],
    ['the guard of structured output', { structured_output_guard: 'retry' }],
    ['broken streams that go on', { continue_broken_streams: true }],
    ['broken streams that do not', { continue_broken_streams: false }],
  ])('%s', (_what, config) => {
    expect(roundTrip(config)).toEqual(config)
  })

  test('shorthands become what they stand for', () => {
    expect(roundTrip({ model: 'a/b', models: ['c/d'] })).toEqual({ models: ['a/b', 'c/d'] })
    expect(roundTrip({ stop: 'END' })).toEqual({ stop: ['END'] })
    expect(roundTrip({ provider: { allow_fallbacks: true, sort: null } })).toEqual({})
    expect(roundTrip({ provider: { preferred_max_latency: { p50: 2 } } })).toEqual({
      provider: { preferred_max_latency: 2 },
    })
  })
})

test('a parameter that is switched off is not sent and keeps its value in the form', () => {
  const { parameters } = draftOf(source({ temperature: 0.3 }))
  const off = draft({ parameters: { ...parameters, temperature: { isIncluded: false, text: '0.3' } } })
  expect(draftToBody(off)).toMatchObject({ ok: true, body: { config: {} } })
  expect(off.parameters.temperature.text).toBe('0.3')
})

test.each<[string, Partial<PresetDraft>, string, RegExp]>([
  ['no name', { name: ' ' }, 'name', /give the preset a name/],
  ['no slug', { slug: '' }, 'slug', /lower-case/],
  [
    'a word for a price',
    { provider: { ...draft().provider, maxPromptPrice: 'cheap' } },
    'config.provider.max_price.prompt',
    /US dollars/,
  ],
  [
    'a throughput of nothing',
    { provider: { ...draft().provider, minThroughput: { text: '0', percentile: 'p50', others: {} } } },
    'config.provider.preferred_min_throughput',
    /more than 0/,
  ],
  [
    'an included parameter without a value',
    { parameters: { ...draft().parameters, temperature: { isIncluded: true, text: '' } } },
    'config.temperature',
    /0 to 2/,
  ],
  [
    'a response format that is not JSON',
    { parameters: { ...draft().parameters, response_format: { isIncluded: true, text: '{' } } },
    'config.response_format',
    /object/,
  ],
  [
    'half a reasoning budget',
    { reasoning: { ...draft().reasoning, isIncluded: true, maxTokens: '0.5' } },
    'config.reasoning.max_tokens',
    /whole/,
  ],
  ['tools that are not JSON', { toolsText: '[{]' }, 'config.tools', /Line 1, column 3/],
])('%s is named at its field', (_what, change, path, message) => {
  const checked = draftToBody(draft(change))
  expect(checked).toMatchObject({ ok: false, errors: [{ path, message: expect.stringMatching(message) }] })
})

test('a config is known as soon as it is right, whatever the names', () => {
  expect(draftToBody(draft({ name: '', slug: '' }))).toMatchObject({ ok: false, config: {} })
  expect(draftToBody(draft({ toolsText: '[{]' })).config).toBeNull()
})
