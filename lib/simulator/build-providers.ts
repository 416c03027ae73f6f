import {
  between,
  createRandom,
  cumulate,
  logNormal,
  mixSeed,
  pickIndex,
  type Random,
} from '../platform/random'
import type { ErrorClass } from '../records/vocabulary'
import { PROVIDERS } from './invented-names'
import type { SimulatedShape } from './simulated-shape'

/** How a provider behaves when it has no incident. Rates are per attempt, verdict rates per tool call. */
export type SimulatedProvider = {
  slug: string
  shape: SimulatedShape
  /** How many models it serves, relative to others. */
  reach: number
  errorRate: number
  rateLimitedRate: number
  /** Running sums over `FAULTS`. */
  faultWeights: Float64Array
  timeToFirstTokenMs: number
  /** Standard deviation of the logarithm of its times. */
  jitter: number
  tokensPerSecond: number
  invalidJsonRate: number
  unknownNameRate: number
  schemaMismatchRate: number
  /** How readily its serving of a model calls tools, 1 being as often as the model would. */
  toolReadiness: number
  priceFactor: number
  incidentsPerWeek: number
}

/** Errors of a provider in everyday running, in the order of `faultWeights`. */
export const FAULTS = [
  'upstream_5xx',
  'timeout',
  'connection',
  'mid_stream',
  'bad_response',
  'auth',
  'not_found',
] as const satisfies readonly ErrorClass[]

const CHARACTERS = ['steady', 'brisk', 'crowded', 'shaky', 'careless'] as const
type Character = (typeof CHARACTERS)[number]
const CHARACTER_WEIGHTS = cumulate([50, 14, 14, 10, 12])

/** Multipliers on a steady provider's numbers. */
const TRAITS = {
  steady: { errors: 1, limits: 1, speed: 1, badCalls: 1, incidents: 1 },
  brisk: { errors: 1.2, limits: 1.5, speed: 2.6, badCalls: 1.4, incidents: 1 },
  crowded: { errors: 1.4, limits: 9, speed: 0.8, badCalls: 1, incidents: 1.2 },
  shaky: { errors: 7, limits: 1.5, speed: 0.9, badCalls: 1.5, incidents: 4 },
  careless: { errors: 1.5, limits: 1, speed: 1.2, badCalls: 14, incidents: 1 },
} as const satisfies Record<Character, Record<string, number>>

/** The demo's story: one provider whose tool calls keep failing, and good ones of the same model to switch to. */
export const CARELESS_EXAMPLE = 'parhelion'
export const STEADY_EXAMPLES = ['helios', 'borealis'] as const

/** The good ones. None of the story's has limits or incidents, so that what a trial shows is their tool calls. */
const EXAMPLE = {
  rateLimitedRate: 0,
  errorRate: 0.0002,
  // Only what another try makes good: 5xx and dropped connections.
  faultWeights: cumulate([0.8, 0, 0.2, 0, 0, 0, 0]),
  jitter: 0.3,
  incidentsPerWeek: 0,
  invalidJsonRate: 0,
  unknownNameRate: 0,
  schemaMismatchRate: 0,
} as const satisfies Partial<SimulatedProvider>
const EXAMPLES: Readonly<Record<string, Partial<SimulatedProvider>>> = {
  helios: { ...EXAMPLE, timeToFirstTokenMs: 240, tokensPerSecond: 290, priceFactor: 1.1 },
  borealis: { ...EXAMPLE, timeToFirstTokenMs: 290, tokensPerSecond: 250, priceFactor: 0.95 },
  // The fastest and cheapest of them, which is why somebody pinned it.
  [CARELESS_EXAMPLE]: {
    ...EXAMPLE,
    timeToFirstTokenMs: 190,
    tokensPerSecond: 340,
    priceFactor: 0.74,
    toolReadiness: 0.9,
    invalidJsonRate: 0.07,
    unknownNameRate: 0.035,
    schemaMismatchRate: 0.1,
  },
}

/** Every so many-th provider speaks Anthropic's shape. */
const ANTHROPIC_EVERY = 6

/** All providers of the world, most used first. Those of the demo's story have their characters by construction. */
export function buildProviders(seed: number): SimulatedProvider[] {
  return PROVIDERS.map((slug, index) => {
    const random = createRandom(mixSeed(seed, 1, index))
    const drawn = CHARACTERS[pickIndex(CHARACTER_WEIGHTS, random())] ?? 'steady'
    return buildProvider(random, { slug, index, character: drawn })
  })
}

function buildProvider(
  random: Random,
  { slug, index, character }: { slug: string; index: number; character: Character },
): SimulatedProvider {
  const traits = TRAITS[character]
  const badCalls = traits.badCalls * logNormal(random, 1, 0.5)
  return {
    slug,
    shape: index % ANTHROPIC_EVERY === ANTHROPIC_EVERY - 1 ? 'messages' : 'chat',
    reach: 1 / (index + 6) ** 0.8,
    errorRate: Math.min(0.12, logNormal(random, 0.01, 0.4) * traits.errors),
    rateLimitedRate: Math.min(0.14, logNormal(random, 0.01, 0.5) * traits.limits),
    faultWeights: cumulate(
      [0.46, 0.2, 0.1, 0.11, 0.08, 0.03, 0.02].map((weight) => weight * between(random, 0.3, 1.7)),
    ),
    timeToFirstTokenMs: logNormal(random, 520, 0.4) / Math.sqrt(traits.speed),
    jitter: between(random, 0.3, 0.6),
    tokensPerSecond: Math.min(420, logNormal(random, 62, 0.35) * traits.speed),
    invalidJsonRate: Math.min(0.09, 0.0012 * badCalls * between(random, 0.4, 1.6)),
    unknownNameRate: Math.min(0.05, 0.0006 * badCalls * between(random, 0.2, 1.8)),
    schemaMismatchRate: Math.min(0.13, 0.0026 * badCalls * between(random, 0.4, 1.6)),
    toolReadiness: character === 'careless' ? between(random, 0.86, 0.97) : between(random, 0.96, 1.03),
    priceFactor: between(random, 0.72, 1.3) * (character === 'brisk' ? 1.4 : 1),
    incidentsPerWeek: 0.28 * traits.incidents * between(random, 0.5, 1.5),
    ...EXAMPLES[slug],
  }
}
