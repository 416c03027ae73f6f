import { createRandom, cumulate, mixSeed, pick } from '../platform/random'
import { buildModels, EXAMPLE_MODEL, type SimulatedModel } from './build-models'
import { buildProviders, CARELESS_EXAMPLE, type SimulatedProvider } from './build-providers'
import { APPS, UNDECLARED_APPS } from './invented-names'
import type { SimulatedShape } from './simulated-shape'

export type SimulatedApp = {
  name: string
  sendsToolInformation: boolean
  /** False = its logs leave the caller kind out. */
  declaresCaller: boolean
  /** Empty = neither its logs nor its requests say what they are for. */
  useCases: readonly string[]
  preset: string | null
  /** Which of the two shapes its client speaks. */
  shape: SimulatedShape
  /** Where its preset sends everything; null = the preset leaves the model to the app. */
  pin: { model: SimulatedModel; provider: string } | null
  users: { human: number; agentic: number }
  /** A user's requests within one slot of this length are one session. */
  sessionSlotMs: { human: number; agentic: number }
  /** Whether failed attempts are tried again at another provider. */
  hasFailover: boolean
}

export type World = {
  seed: number
  anchorMs: number
  providers: readonly SimulatedProvider[]
  models: readonly SimulatedModel[]
  apps: readonly SimulatedApp[]
  /** Running sums of app weights, for drawing the app of a request. */
  appWeights: { human: Float64Array; agentic: Float64Array }
}

const MINUTE_MS = 60_000
/** The demo's seed: server and traffic build the same world from it. */
export const DEMO_SEED = 24
/** Every so many-th app speaks Anthropic's shape. */
const ANTHROPIC_EVERY = 4
/** The preset of the demo's story, pinned to one model at one careless provider. */
export const PINNED_PRESET = 'tool-runner'
const HUMAN_SLOT_MINUTES = [20, 30, 45, 60, 90] as const
const AGENTIC_SLOT_MINUTES = [45, 90, 180, 360, 720] as const

/**
 * The demo's invented world: providers, models, apps. Names, prices and characters follow from `seed` alone; the days
 * on which models were launched lie before `anchorMs` (the start of a UTC day, roughly now).
 */
export function buildWorld({ seed, anchorMs }: { seed: number; anchorMs: number }): World {
  const providers = buildProviders(seed)
  const models = buildModels({ seed, anchorMs, providers })
  const example = models.find(({ slug }) => slug === EXAMPLE_MODEL)
  const undeclared = UNDECLARED_APPS.map(([name, weight]) => [name, 0, weight, false, [], null] as const)
  const rows = [...APPS, ...undeclared]
  return {
    seed,
    anchorMs,
    providers,
    models,
    apps: rows.map((row, index) => ({
      ...buildApp(seed, row, { index, declaresCaller: index < APPS.length }),
      pin: row[5] === PINNED_PRESET && example ? { model: example, provider: CARELESS_EXAMPLE } : null,
    })),
    appWeights: {
      agentic: cumulate(rows.map(([, agentic]) => agentic)),
      human: cumulate(rows.map(([, , human]) => human)),
    },
  }
}

type AppRow = readonly [string, number, number, boolean, readonly string[], string | null]

function buildApp(
  seed: number,
  [name, agentic, human, sendsToolInformation, useCases, preset]: AppRow,
  { index, declaresCaller }: { index: number; declaresCaller: boolean },
): Omit<SimulatedApp, 'pin'> {
  const random = createRandom(mixSeed(seed, 3, index))
  return {
    name,
    sendsToolInformation,
    declaresCaller,
    useCases,
    preset,
    shape: index % ANTHROPIC_EVERY === 1 ? 'messages' : 'chat',
    users: { agentic: 1 + Math.round(agentic / 4), human: 8 + Math.round(human * 12) },
    sessionSlotMs: {
      human: pick(random, HUMAN_SLOT_MINUTES) * MINUTE_MS,
      agentic: pick(random, AGENTIC_SLOT_MINUTES) * MINUTE_MS,
    },
    hasFailover: random() < 0.85,
  }
}
