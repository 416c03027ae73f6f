import {
  between,
  createRandom,
  cumulate,
  logNormal,
  mixSeed,
  pick,
  pickIndex,
  type Random,
} from '../platform/random'
import type { Quantization } from '../records/vocabulary'
import { CARELESS_EXAMPLE, type SimulatedProvider, STEADY_EXAMPLES } from './build-providers'
import { AUTHORS } from './invented-names'

/** One model as one provider serves it. Prices are US dollars per token. */
export type SimulatedEndpoint = {
  provider: SimulatedProvider
  providerIndex: number
  promptPrice: number
  cachedPrice: number
  completionPrice: number
  /** In tokens. */
  contextLength: number
  quantization: Quantization
}

export type SimulatedModel = {
  /** `author/slug`. */
  slug: string
  launchedAtMs: number
  /** Popularity at its peak, before the curve of its life. */
  weight: number
  /** Days from launch until interest halves for the first time. */
  halfLifeDays: number
  /** Slow swings of interest: period in days and phase in turns. */
  swingDays: number
  swingPhase: number
  /** How much better liked by agents than by people. */
  agenticLift: number
  isReasoning: boolean
  /** Tokens per second relative to its provider's usual. */
  speed: number
  /** Bad tool calls relative to its provider's usual. */
  carelessness: number
  endpoints: readonly SimulatedEndpoint[]
  endpointWeights: Float64Array
}

/**
 * The model of the demo's story: an old one that everybody still pins, at two steady providers and a careless one,
 * whatever the seed.
 */
export const EXAMPLE_MODEL = 'acme/atlas-120b'
const EXAMPLE_PROVIDERS: readonly string[] = [...STEADY_EXAMPLES, CARELESS_EXAMPLE]
const EXAMPLE_LIFE = { weight: 1.1, halfLifeDays: 400 }

const CONTEXT_LENGTHS = [65_536, 131_072, 131_072, 262_144] as const
const OPEN_QUANTIZATIONS = ['fp8', 'fp8', 'bf16', 'fp4', 'int8', 'fp16'] as const

const MODEL_COUNT = 400
const DAY_MS = 86_400_000
const OPEN_SIZES = [120, 32, 8, 70, 235, 14, 3] as const
const CLOSED_TIERS = ['', '-mini', '-prime', '-swift', '-nano'] as const

type Variant = {
  author: string
  isOpen: boolean
  authorRank: number
  family: string
  familyIndex: number
  version: number
  versionsBack: number
  suffix: string
  size: number
}

/**
 * All models of the world. An author has families, a family has versions launched months apart, a version comes in
 * sizes or tiers; the newest were launched in the weeks before `anchorMs`.
 */
export function buildModels({
  seed,
  anchorMs,
  providers,
}: {
  seed: number
  anchorMs: number
  providers: readonly SimulatedProvider[]
}): SimulatedModel[] {
  const reach = cumulate(providers.map((provider) => provider.reach))
  return AUTHORS.flatMap(([author, isOpen, families], authorRank) =>
    listVariants({ author, isOpen, families, authorRank }),
  ).map((variant, index) => {
    const random = createRandom(mixSeed(seed, 2, index))
    const launchedAtMs = anchorMs - launchAgeDays(seed, variant) * DAY_MS
    return buildModel({ random, variant, launchedAtMs, providers, reach })
  })
}

/** Known authors have more models; the counts add up to MODEL_COUNT. */
function modelsOf(authorRank: number): number {
  const cumulative = (rank: number) =>
    Math.round((MODEL_COUNT * Math.log(1 + rank / 12)) / Math.log(1 + AUTHORS.length / 12))
  return cumulative(authorRank + 1) - cumulative(authorRank)
}

function listVariants({
  author,
  isOpen,
  families,
  authorRank,
}: {
  author: string
  isOpen: boolean
  families: readonly string[]
  authorRank: number
}): Variant[] {
  const count = modelsOf(authorRank)
  const suffixes = isOpen
    ? OPEN_SIZES.slice(0, count > 12 ? 5 : 3).map((size) => ({ suffix: `-${size}b`, size }))
    : CLOSED_TIERS.slice(0, count > 12 ? 5 : 3).map((suffix) => ({ suffix, size: tierSize(suffix) }))
  const perVersion = families.length * suffixes.length
  const versions = Math.ceil(count / perVersion)
  return Array.from({ length: count }, (_, index) => {
    const familyIndex = index % families.length
    const { suffix, size } = suffixes[Math.floor(index / families.length) % suffixes.length] ?? {
      suffix: '',
      size: 70,
    }
    const versionsBack = Math.floor(index / perVersion)
    return {
      author,
      isOpen,
      authorRank,
      family: families[familyIndex] ?? author,
      familyIndex,
      version: versions - versionsBack,
      versionsBack,
      suffix,
      size,
    }
  })
}

function tierSize(suffix: (typeof CLOSED_TIERS)[number]): number {
  return { '': 200, '-mini': 24, '-prime': 400, '-swift': 60, '-nano': 6 }[suffix]
}

/** One version of a family comes out within a few days; the one before it two to six months earlier. */
function launchAgeDays(seed: number, variant: Variant): number {
  const random = createRandom(mixSeed(seed, 4, variant.authorRank, variant.familyIndex))
  const newest = between(random, 6, 210)
  const pace = between(random, 60, 170)
  const delay = mixSeed(seed, variant.authorRank, variant.size) % 6
  return Math.floor(newest + variant.versionsBack * pace) - delay
}

function buildModel({
  random,
  variant,
  launchedAtMs,
  providers,
  reach,
}: {
  random: Random
  variant: Variant
  launchedAtMs: number
  providers: readonly SimulatedProvider[]
  reach: Float64Array
}): SimulatedModel {
  const version = variant.version > 1 ? `-${variant.version}` : ''
  const base = `${variant.author}/${variant.family}${version}${variant.suffix}`
  const isExample = base === EXAMPLE_MODEL
  const isReasoning = random() < 0.3 && !isExample
  const renown = 1 / (variant.authorRank + 2) ** 0.85
  const endpoints = buildEndpoints({
    random,
    variant,
    providers,
    reach,
    first: isExample ? EXAMPLE_PROVIDERS : [],
  })
  return {
    slug: `${base}${isReasoning ? '-think' : ''}`,
    launchedAtMs,
    weight: (renown * logNormal(random, 1, 1)) ** 1.5,
    halfLifeDays: logNormal(random, 70, 0.5),
    swingDays: between(random, 18, 70),
    swingPhase: random(),
    agenticLift: logNormal(random, variant.size >= 32 ? 1.15 : 0.8, 0.5),
    isReasoning,
    speed: Math.min(2.4, Math.max(0.45, (70 / variant.size) ** 0.3)),
    carelessness: Math.min(3, Math.max(0.4, (60 / variant.size) ** 0.35)) * logNormal(random, 1, 0.25),
    endpoints,
    endpointWeights: cumulate(
      endpoints.map(({ provider, promptPrice }) => provider.reach / promptPrice ** 2),
    ),
    ...(isExample ? EXAMPLE_LIFE : {}),
  }
}

function buildEndpoints({
  random,
  variant,
  providers,
  reach,
  first,
}: {
  random: Random
  variant: Variant
  providers: readonly SimulatedProvider[]
  reach: Float64Array
  /** Slugs of providers that serve it whatever is drawn. */
  first: readonly string[]
}): SimulatedEndpoint[] {
  const wanted = variant.isOpen ? 2 + Math.floor(11 * random() ** 1.4) : 1 + Math.floor(3 * random())
  const chosen = new Set(first.map((slug) => providers.findIndex((provider) => provider.slug === slug)))
  while (chosen.size < Math.min(wanted, 12)) chosen.add(pickIndex(reach, random()))
  const dollarsPerMillion =
    0.022 * variant.size ** 0.72 * logNormal(random, 1, 0.3) * (variant.isOpen ? 1 : 1.7)
  const completionRatio = between(random, 2.2, 4.8)
  const cacheDiscount = between(random, 0.1, 0.4)
  const { authorRank, familyIndex, version, size } = variant
  const details = createRandom(mixSeed(authorRank, familyIndex, version, size))
  const contextLength = pick(details, CONTEXT_LENGTHS)
  return [...chosen].flatMap((providerIndex) => {
    const provider = providers[providerIndex]
    if (!provider) return []
    const promptPrice = roundPrice(dollarsPerMillion * provider.priceFactor)
    return {
      provider,
      providerIndex,
      promptPrice: promptPrice / 1e6,
      cachedPrice: (promptPrice * cacheDiscount) / 1e6,
      completionPrice: roundPrice(promptPrice * completionRatio) / 1e6,
      contextLength,
      quantization: variant.isOpen ? pick(details, OPEN_QUANTIZATIONS) : ('unknown' as const),
    }
  })
}

/** To the two digits price lists have. */
function roundPrice(dollars: number): number {
  return Math.max(0.01, Number(dollars.toPrecision(2)))
}
