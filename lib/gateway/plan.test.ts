import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EndpointHealth, UNKNOWN_HEALTH } from '../health/endpoint-health'
import type { ProviderPreferences } from '../presets/schema'
import type { EndpointCandidate } from './candidate'
import type { WantedModel } from './model-variant'
import { plan } from './plan'
import type { PlanInput } from './plan-input'

const NOW_MS = 1_795_000_000_000
const ATLAS = 'acme/atlas-120b'
const HERON = 'northlight/heron'

function candidate(
  overrides: Partial<EndpointCandidate> & { endpointId: number; provider: string },
): EndpointCandidate {
  return {
    model: ATLAS,
    providerName: overrides.provider,
    isEnabled: true,
    isConnected: true,
    promptMicroUsdPerMTok: 1_000_000,
    cachedMicroUsdPerMTok: null,
    completionMicroUsdPerMTok: 1_000_000,
    contextLength: 131_072,
    quantization: null,
    supportsTools: true,
    supportsReasoning: null,
    supportsStructuredOutput: null,
    inputModalities: [],
    outputModalities: [],
    maxCompletionTokens: null,
    collectsData: null,
    ...overrides,
  }
}

const helios = candidate({ endpointId: 1, provider: 'helios' })
const borealis = candidate({
  endpointId: 2,
  provider: 'borealis',
  promptMicroUsdPerMTok: 3_000_000,
  completionMicroUsdPerMTok: 3_000_000,
})
const millrace = candidate({
  endpointId: 3,
  provider: 'millrace',
  promptMicroUsdPerMTok: 2_000_000,
  completionMicroUsdPerMTok: 2_000_000,
})
const TRIO = [helios, borealis, millrace]

function planOf({
  health = {},
  ...overrides
}: Partial<Omit<PlanInput, 'healthOf'>> & { health?: Record<number, Partial<EndpointHealth>> }) {
  return plan({
    models: models(ATLAS),
    preferences: {},
    needs: { hasTools: false, parameters: [], leastPromptTokens: 100, maxTokens: null },
    endpoints: TRIO,
    nowMs: NOW_MS,
    seed: 1,
    maxAttempts: 16,
    lastServed: () => null,
    ...overrides,
    healthOf: (endpointId) => ({ ...UNKNOWN_HEALTH, ...health[endpointId] }),
  })
}

const models = (...names: string[]): WantedModel[] => names.map((model) => ({ model, variant: null }))
const providersOf = (steps: readonly { provider: string }[]) => steps.map((step) => step.provider)
const order = (preferences: ProviderPreferences, extra: Parameters<typeof planOf>[0] = {}) =>
  providersOf(planOf({ preferences, ...extra }).steps)
const rulesOf = (steps: readonly { reasons: readonly { rule: string }[] }[]) =>
  steps.map((step) => step.reasons.map(({ rule }) => rule))

describe('without preferences', () => {
  test('the first endpoint is drawn by the inverse square of its price', () => {
    const firsts = Array.from({ length: 20_000 }, (_, seed) => planOf({ seed }).steps[0]?.provider)
    const share = (provider: string) => firsts.filter((first) => first === provider).length / firsts.length
    // Weights 1, 1/9 and 1/4 of prices 1, 3 and 2.
    expect(share('helios')).toBeCloseTo(1 / (1 + 1 / 9 + 1 / 4), 1.9)
    expect(share('borealis')).toBeCloseTo(1 / 9 / (1 + 1 / 9 + 1 / 4), 1.9)
  })

  test('the same seed draws the same order', () => {
    expect(planOf({ seed: 7 })).toEqual(planOf({ seed: 7 }))
  })

  test('the draw and its odds stand in the reasons, the rest are fallbacks', () => {
    const { steps } = planOf({ seed: 3 })
    expect(rulesOf(steps)).toEqual([['weighted_by_price'], ['fallback'], ['fallback']])
    expect(steps[0]?.reasons[0]?.text).toMatch(
      /^drawn by price: \$\d\.00 in, \$\d\.00 out per M tokens, \d+\.\d% of draws$/,
    )
  })

  test('a single endpoint is called the only one', () => {
    expect(rulesOf(planOf({ endpoints: [helios] }).steps)).toEqual([['only_endpoint']])
  })

  test('a free endpoint does not win every draw, and one without a price is not lost', () => {
    const free = candidate({
      endpointId: 4,
      provider: 'free',
      promptMicroUsdPerMTok: 0,
      completionMicroUsdPerMTok: 0,
    })
    const unknown = candidate({ endpointId: 5, provider: 'unknown', promptMicroUsdPerMTok: null })
    const firsts = new Set(
      Array.from(
        { length: 500 },
        (_, seed) => planOf({ seed, endpoints: [helios, free, unknown] }).steps[0]?.provider,
      ),
    )
    expect(firsts).toEqual(new Set(['helios', 'free', 'unknown']))
  })
})

describe('the draw', () => {
  const firstOf = (extra: Parameters<typeof planOf>[0]) => planOf(extra).steps[0]
  const percentiles = (p50: number) => ({ p50, p75: p50, p90: p50, p99: p50 })

  test('says the numbers that decided', () => {
    const health = {
      cacheHitRate: 0.923,
      failureShare: 0.03,
      tokensPerSecond: percentiles(84.6),
      latencyMs: percentiles(404),
    }
    const endpoints = [helios, { ...borealis, promptMicroUsdPerMTok: 1e9, completionMicroUsdPerMTok: 1e9 }]
    expect(firstOf({ endpoints, health: { 1: health, 2: health } })?.reasons).toEqual([
      {
        rule: 'weighted_by_price',
        text:
          'drawn by price and speed: $1.00 in, $1.00 out per M tokens, 92.3% of prompts cached, ' +
          '3.0% of tries failed, 85 tokens/s, 0.40 s to the first token, 100.0% of draws',
      },
    ])
  })

  test('an endpoint that fails half its tries is drawn a quarter as often', () => {
    const twins = [helios, { ...borealis, promptMicroUsdPerMTok: 1e6, completionMicroUsdPerMTok: 1e6 }]
    const health = { 1: { failureShare: 0 }, 2: { failureShare: 0.5 } }
    const firsts = Array.from(
      { length: 20_000 },
      (_, seed) => firstOf({ endpoints: twins, health, seed })?.provider,
    )
    expect(firsts.filter((first) => first === 'borealis').length / firsts.length).toBeCloseTo(0.2, 1.9)
  })

  test('with the same seed a conversation keeps its endpoint when another comes or goes', () => {
    for (let seed = 0; seed < 200; seed++) {
      const all = providersOf(planOf({ seed }).steps)
      expect(providersOf(planOf({ seed, endpoints: [helios, millrace] }).steps)).toEqual(
        all.filter((provider) => provider !== 'borealis'),
      )
    }
  })
})

describe('a conversation', () => {
  const lastServed = (model: string) => (model === ATLAS ? { endpointId: 2, cachedShare: 0.921 } : null)

  test('stays where it was served, and the plan says why', () => {
    const { steps } = planOf({ lastServed })
    expect(steps[0]).toMatchObject({
      provider: 'borealis',
      reasons: [{ rule: 'same_conversation', text: 'same conversation, 92% of its prompt was cached there' }],
    })
    expect(rulesOf(steps.slice(1))).toEqual([['fallback'], ['fallback']])
  })

  test.each<[number | null, string]>([
    [null, 'same conversation, served there last'],
    [0, 'same conversation, none of its prompt was cached there yet'],
    [0.001, 'same conversation, 1% of its prompt was cached there'],
  ])('of whose prompt %s was cached', (cachedShare, text) => {
    const { steps } = planOf({ lastServed: () => ({ endpointId: 2, cachedShare }) })
    expect(steps[0]?.reasons[0]?.text).toBe(text)
  })

  test.each<[string, Parameters<typeof planOf>[0], boolean]>([
    ['a cheaper cache', { endpoints: [helios, { ...borealis, cachedMicroUsdPerMTok: 1 }] }, true],
    [
      'a cache that costs the same',
      { endpoints: [helios, { ...borealis, cachedMicroUsdPerMTok: 3e6 }] },
      false,
    ],
    [
      'a free endpoint of unknown cache price',
      { endpoints: [helios, { ...borealis, promptMicroUsdPerMTok: 0 }] },
      true,
    ],
    ['order', { preferences: { order: ['helios'] } }, false],
    ['sort', { preferences: { sort: 'price' } }, false],
    ['a variant that sorts', { models: [{ model: ATLAS, variant: 'floor' }] }, false],
    ['an endpoint that is not allowed', { preferences: { ignore: ['borealis'] } }, false],
    ['an endpoint that is gone', { endpoints: [helios, millrace] }, false],
    ['an outage', { health: { 2: { hasOutage: true } } }, false],
    ['an open circuit', { health: { 2: { blockedBy: 'circuit_open', blockedUntilMs: NOW_MS + 1 } } }, false],
    ['a circuit that closed', { health: { 2: { blockedBy: 'circuit_open', blockedUntilMs: NOW_MS } } }, true],
    ['a Retry-After', { health: { 2: { blockedBy: 'retry_after', blockedUntilMs: NOW_MS + 1 } } }, false],
    ['an endpoint that is down', { health: { 2: { uptime: 0.79 } } }, false],
    ['a degraded one', { health: { 2: { uptime: 0.9 } } }, true],
    [
      'a poor tool-call record',
      {
        health: { 2: { toolCallErrorRate: 0.3 } },
        needs: { hasTools: true, parameters: [], leastPromptTokens: 10, maxTokens: null },
      },
      false,
    ],
    ['another model', { models: models(HERON), endpoints: [{ ...borealis, model: HERON }] }, false],
  ])('%s', (_, extra, isKept) => {
    const { steps } = planOf({ lastServed, seed: 3, ...extra })
    expect(rulesOf(steps).some((rules) => rules.includes('same_conversation'))).toBe(isKept)
  })
})

describe('variants of a model', () => {
  const percentiles = (p50: number) => ({ p50, p75: p50, p90: p50, p99: p50 })
  const health = {
    1: { tokensPerSecond: percentiles(40), toolCallErrorRate: 0.2 },
    2: { tokensPerSecond: percentiles(90), toolCallErrorRate: 0.05 },
    3: { tokensPerSecond: percentiles(60), toolCallErrorRate: 0.01 },
  }

  test.each<[WantedModel['variant'], string[]]>([
    ['nitro', ['borealis', 'millrace', 'helios']],
    ['floor', ['helios', 'millrace', 'borealis']],
    ['exacto', ['millrace', 'borealis', 'helios']],
  ])('%s sorts', (variant, expected) => {
    expect(order({}, { models: [{ model: ATLAS, variant }], health })).toEqual(expected)
  })

  test('each model is sorted by its own', () => {
    const other = TRIO.map((endpoint) => ({
      ...endpoint,
      endpointId: endpoint.endpointId + 10,
      model: HERON,
    }))
    const wanted: WantedModel[] = [
      { model: HERON, variant: 'floor' },
      { model: ATLAS, variant: 'nitro' },
    ]
    expect(order({}, { models: wanted, endpoints: [...TRIO, ...other], health })).toEqual([
      'helios',
      'millrace',
      'borealis',
      'borealis',
      'millrace',
      'helios',
    ])
  })

  test('free leaves out what costs something or may', () => {
    const free = { ...helios, promptMicroUsdPerMTok: 0, completionMicroUsdPerMTok: 0 }
    const { steps, excluded } = planOf({
      models: [{ model: ATLAS, variant: 'free' }],
      endpoints: [free, borealis, { ...millrace, promptMicroUsdPerMTok: null }],
    })
    expect(providersOf(steps)).toEqual(['helios'])
    expect(excluded.map(({ reasons }) => reasons)).toEqual([
      [{ rule: 'free', text: 'is not free ($3.00 in, $3.00 out per M tokens), asked for by :free' }],
      [{ rule: 'free', text: 'is not free (price not known), asked for by :free' }],
    ])
  })
})

describe('preferences', () => {
  test('order comes first, in its order, and the others follow', () => {
    const steps = planOf({ preferences: { order: ['millrace', 'borealis'] } }).steps
    expect(providersOf(steps)).toEqual(['millrace', 'borealis', 'helios'])
    expect(steps[0]?.reasons[0]?.text).toBe('named 1 of 2 to be tried first, by provider.order')
    expect(steps[2]?.reasons[0]?.rule).toBe('fallback')
  })

  test.each<[string, ProviderPreferences, string[]]>([
    ['only keeps those named', { only: ['borealis'] }, ['borealis']],
    [
      'in any spelling',
      { order: ['Mill Race', 'BOREALIS/turbo'], ignore: ['Helios'] },
      ['millrace', 'borealis'],
    ],
    ['a variant that is no quantization means the provider', { only: ['borealis/turbo'] }, ['borealis']],
    ['a quantization that nobody has matches nothing', { only: ['borealis/fp8', 'helios'] }, ['helios']],
    ['ignore leaves out', { ignore: ['helios', 'millrace'] }, ['borealis']],
    ['sort by price', { sort: 'price' }, ['helios', 'millrace', 'borealis']],
    ['max_price is hard', { sort: 'price', max_price: { prompt: 2 } }, ['helios', 'millrace']],
    ['max_price of completions', { sort: 'price', max_price: { completion: 1.5 } }, ['helios']],
    ['no fallbacks means the first alone', { sort: 'price', allow_fallbacks: false }, ['helios']],
    [
      'order and only together',
      { order: ['borealis', 'helios'], only: ['borealis', 'helios'] },
      ['borealis', 'helios'],
    ],
    [
      'an unknown name in order is passed over',
      { order: ['nobody', 'helios'], only: ['helios'] },
      ['helios'],
    ],
    ['data_collection deny wants a promise', { data_collection: 'deny' }, []],
    ['quantizations', { quantizations: ['fp8'] }, []],
    [
      'unknown is a quantization',
      { quantizations: ['unknown'], sort: 'price' },
      ['helios', 'millrace', 'borealis'],
    ],
  ])('%s', (_, preferences, expected) => {
    expect(order(preferences)).toEqual(expected)
  })

  test('sort by throughput and latency use medians, and what is not known goes last', () => {
    const percentiles = (p50: number) => ({ p50, p75: p50, p90: p50, p99: p50 })
    const health = {
      1: { tokensPerSecond: percentiles(40), latencyMs: percentiles(300) },
      2: { tokensPerSecond: percentiles(90), latencyMs: percentiles(900) },
    }
    expect(order({ sort: 'throughput' }, { health })).toEqual(['borealis', 'helios', 'millrace'])
    expect(order({ sort: 'latency' }, { health })).toEqual(['helios', 'borealis', 'millrace'])
  })

  test('sort by tool-call record', () => {
    const health = {
      1: { toolCallErrorRate: 0.2 },
      2: { toolCallErrorRate: 0.01 },
      3: { toolCallErrorRate: 0.05 },
    }
    expect(order({ sort: 'exacto' }, { health })).toEqual(['borealis', 'millrace', 'helios'])
  })

  test('preferred throughput and latency send back without leaving out', () => {
    const slow = { p50: 20, p75: 20, p90: 20, p99: 20 }
    const late = { p50: 400, p75: 900, p90: 2500, p99: 4000 }
    const health = { 1: { tokensPerSecond: slow, latencyMs: late } }
    expect(order({ sort: 'price', preferred_min_throughput: 30 }, { health })).toEqual([
      'millrace',
      'borealis',
      'helios',
    ])
    expect(order({ sort: 'price', preferred_max_latency: 1 }, { health })[0]).toBe('helios')
    expect(order({ sort: 'price', preferred_max_latency: { p50: 1, p90: 2 } }, { health }).at(-1)).toBe(
      'helios',
    )
  })

  test('with sort.partition none the models compete', () => {
    const cheap = candidate({
      endpointId: 9,
      provider: 'cheap',
      model: HERON,
      promptMicroUsdPerMTok: 10,
      completionMicroUsdPerMTok: 10,
    })
    const input = { models: models(ATLAS, HERON), endpoints: [...TRIO, cheap] }
    expect(order({ sort: { by: 'price', partition: 'none' } }, input)[0]).toBe('cheap')
    expect(order({ sort: { by: 'price', partition: 'model' } }, input).at(-1)).toBe('cheap')
  })
})

describe('health', () => {
  const sorted = { sort: 'price' } as const

  test.each<[string, Record<number, Partial<EndpointHealth>>, string[]]>([
    ['an outage goes behind the stable ones', { 1: { hasOutage: true } }, ['millrace', 'borealis', 'helios']],
    [
      'an open circuit goes last of all',
      { 1: { hasOutage: true }, 3: { blockedBy: 'circuit_open', blockedUntilMs: NOW_MS + 4000 } },
      ['borealis', 'helios', 'millrace'],
    ],
    [
      'a circuit whose time is over does not count',
      { 1: { blockedBy: 'circuit_open', blockedUntilMs: NOW_MS } },
      ['helios', 'millrace', 'borealis'],
    ],
    [
      'an endpoint that asked us to wait is left out',
      { 1: { blockedBy: 'retry_after', blockedUntilMs: NOW_MS + 1 } },
      ['millrace', 'borealis'],
    ],
  ])('%s', (_, health, expected) => {
    expect(order(sorted, { health })).toEqual(expected)
  })

  test('says how long an endpoint asked us to wait', () => {
    const { excluded } = planOf({
      health: { 1: { blockedBy: 'retry_after', blockedUntilMs: NOW_MS + 2500 } },
    })
    expect(excluded).toHaveLength(1)
    expect(excluded[0]?.reasons.at(-1)).toEqual({ rule: 'retry_after', text: 'asked us to wait 3 s' })
  })

  test('requests with tools go past a poor tool-call record, others do not mind', () => {
    const health = { 2: { toolCallErrorRate: 0.041 } }
    const needs = { hasTools: true, parameters: [], leastPromptTokens: 10, maxTokens: null }
    const cheapBorealis = [{ ...borealis, promptMicroUsdPerMTok: 1, completionMicroUsdPerMTok: 1 }, helios]
    const withTools = planOf({ health, needs, endpoints: cheapBorealis })
    expect(providersOf(withTools.steps)).toEqual(['helios', 'borealis'])
    expect(withTools.steps[1]?.reasons.at(-1)).toEqual({
      rule: 'poor_tool_calls',
      text: 'tool-call error rate 4.1%',
    })
    expect(providersOf(planOf({ health, endpoints: cheapBorealis }).steps)[0]).toBe('borealis')
  })

  test('who is named in order is tried in order, whatever its record', () => {
    const health = { 2: { toolCallErrorRate: 0.5, hasOutage: true } }
    const needs = { hasTools: true, parameters: [], leastPromptTokens: 10, maxTokens: null }
    expect(order({ order: ['borealis', 'helios'] }, { health, needs })[0]).toBe('borealis')
  })

  test('without fallbacks a waiting first endpoint is not replaced', () => {
    const { steps, excluded } = planOf({
      preferences: { sort: 'price', allow_fallbacks: false },
      health: { 1: { blockedBy: 'retry_after', blockedUntilMs: NOW_MS + 1000 } },
    })
    expect(steps).toEqual([])
    expect(rulesOf(excluded).map((rules) => rules.at(-1))).toEqual([
      'retry_after',
      'allow_fallbacks',
      'allow_fallbacks',
    ])
  })
})

describe('exclusions name their rule', () => {
  const needs = { hasTools: true, parameters: ['tools'], leastPromptTokens: 200_000, maxTokens: null }
  test.each<[string, Partial<EndpointCandidate>, ProviderPreferences, string, string]>([
    ['not connected', { isConnected: false }, {}, 'not_connected', 'helios is not connected'],
    ['switched off', { isEnabled: false }, {}, 'disabled', 'switched off in Settings'],
    ['only', {}, { only: ['azure'] }, 'only', 'only azure may be asked, by provider.only'],
    ['only nothing', {}, { only: [] }, 'only', 'nobody may be asked, by provider.only'],
    ['ignore', {}, { ignore: ['helios'] }, 'ignore', 'must not be asked, by provider.ignore'],
    [
      'quantization',
      { quantization: 'fp4' },
      { quantizations: ['fp8', 'bf16'] },
      'quantizations',
      'quantization fp4 is not among fp8, bf16, those of provider.quantizations',
    ],
    [
      'data collection',
      {},
      { data_collection: 'deny' },
      'data_collection',
      'has not promised to keep no prompts, asked for by provider.data_collection',
    ],
    [
      'no retention',
      {},
      { zdr: true },
      'data_collection',
      'has not promised to keep no prompts, asked for by provider.zdr',
    ],
    ['tools', { supportsTools: false }, {}, 'tools', 'does not support tool use'],
    [
      'price',
      {},
      { max_price: { prompt: 0.5 } },
      'max_price',
      'prompt price $1 per M tokens is above $0.5, the limit of provider.max_price',
    ],
    [
      'context',
      {},
      {},
      'context_length',
      'a prompt of at least 200000 tokens does not fit its context of 131072',
    ],
  ])('%s', (_, overrides, preferences, rule, text) => {
    const { steps, excluded } = planOf({ endpoints: [{ ...helios, ...overrides }], preferences, needs })
    expect(steps).toEqual([])
    expect(excluded[0]?.reasons).toEqual([{ rule, text }])
  })
})

test('models are tried in the order asked for', () => {
  const heron = candidate({ endpointId: 9, provider: 'helios', model: HERON })
  const { steps } = planOf({
    models: models(HERON, ATLAS),
    endpoints: [...TRIO, heron],
    preferences: { sort: 'price' },
  })
  expect(steps.map(({ model }) => model)).toEqual([HERON, ATLAS, ATLAS, ATLAS])
  expect(steps[1]?.reasons[0]).toEqual({ rule: 'model_fallback', text: 'fallback model 2' })
})

test('a plan partitions the endpoints of its models: each is tried or left out, once, with a reason', () => {
  const preferences = fc.record(
    {
      order: fc.subarray(['helios', 'borealis', 'millrace', 'nobody']),
      only: fc.subarray(['helios', 'borealis', 'millrace']),
      ignore: fc.subarray(['helios', 'borealis']),
      allow_fallbacks: fc.boolean(),
      sort: fc.constantFrom<ProviderPreferences['sort']>('price', 'latency', 'throughput', 'exacto', null),
      preferred_max_latency: fc.constantFrom(0.1, 5),
    },
    { requiredKeys: [] },
  )
  const health = fc.record({
    hasOutage: fc.boolean(),
    blockedBy: fc.constantFrom<EndpointHealth['blockedBy']>('circuit_open', 'retry_after', null),
    blockedUntilMs: fc.constantFrom(NOW_MS - 1, NOW_MS + 5000, null),
    toolCallErrorRate: fc.constantFrom(0, 0.5, null),
  })
  fc.assert(
    fc.property(
      preferences,
      fc.array(health, { minLength: 3, maxLength: 3 }),
      fc.nat(),
      fc.integer({ min: 1, max: 4 }),
      (given, healths, seed, maxAttempts) => {
        const made = planOf({
          preferences: given,
          seed,
          maxAttempts,
          health: { 1: healths[0] ?? {}, 2: healths[1] ?? {}, 3: healths[2] ?? {} },
        })
        const all = [...made.steps, ...made.excluded]
        expect(all.map(({ endpointId }) => endpointId).sort()).toEqual([1, 2, 3])
        expect(all.every(({ reasons }) => reasons.length > 0)).toBe(true)
        expect(made.steps.length).toBeLessThanOrEqual(maxAttempts)
      },
    ),
  )
})
