import { createRandom, drawFor, mixSeed, pickIndex, type Random } from '../platform/random'
import type { SimulatedModel } from './build-models'
import { createModelWeights } from './popularity'
import { drawTokens, type SimulatedTokens } from './simulate-tokens'
import { drawToolsOffered } from './simulate-tools'
import type { SimulatedApp, World } from './world'

const MINUTE_MS = 60_000
const FAVOURITE_PERIOD_MS = 21 * 24 * 60 * MINUTE_MS
const FAVOURITES = 3
const FAVOURITE_SHARE = 0.6
const PRESET_SHARE = 0.7

export type CallerKind = 'human' | 'agentic'

/** What somebody wants of the gateway, before anything is known of the answer. */
export type RequestIntent = {
  id: string
  startedAtMs: number
  kind: CallerKind
  app: SimulatedApp
  model: SimulatedModel
  endUser: string
  sessionId: string
  useCase: string | undefined
  /** How far through its slot the session is, 0 to 1. */
  progress: number
  /** Slug; null = the app names the model alone. */
  preset: string | null
  /** As many as the answer would have if it were answered. */
  tokens: SimulatedTokens
  isStream: boolean
  toolsOffered: number
}

export type IntentDrawer = (request: { minute: number; kind: CallerKind; number: number }) => {
  intent: RequestIntent
  random: Random
}

/**
 * Draws request `number` of a kind in a minute, from the world's seed and these three alone; `random` goes on from
 * there for what happens to it.
 */
export function createIntentDrawer(world: World): IntentDrawer {
  const weightsAt = createModelWeights(world)
  return ({ minute, kind, number }) => {
    const random = createRandom(mixSeed(world.seed, 10, minute, kind === 'human' ? 0 : 1, number))
    const startedAtMs = minute * MINUTE_MS + Math.floor(random() * MINUTE_MS)
    const appIndex = pickIndex(world.appWeights[kind], random())
    const app = appAt(world, appIndex)
    const session = drawSession({ world, weightsAt, random, kind, startedAtMs, app, appIndex })
    const { model, progress } = session
    const intent: RequestIntent = {
      id: `${minute.toString(36)}-${kind.charAt(0)}${number}`,
      startedAtMs,
      kind,
      app,
      ...session,
      tokens: drawTokens({ random, kind, progress, isReasoning: model.isReasoning }),
      isStream: random() < (kind === 'human' ? 0.93 : 0.55),
      toolsOffered: drawToolsOffered(random, kind),
      preset: app.preset !== null && (app.pin !== null || random() < PRESET_SHARE) ? app.preset : null,
    }
    return { intent, random }
  }
}

type Session = Pick<RequestIntent, 'model' | 'endUser' | 'sessionId' | 'useCase' | 'progress'>

/** A session is a user's requests of one app in one slot of time; it stays with one model and one use case. */
function drawSession({
  world,
  weightsAt,
  random,
  kind,
  startedAtMs,
  app,
  appIndex,
}: {
  world: World
  weightsAt: ReturnType<typeof createModelWeights>
  random: Random
  kind: CallerKind
  startedAtMs: number
  app: SimulatedApp
  appIndex: number
}): Session {
  // Few users are busy and many are not.
  const user = Math.floor(app.users[kind] * random() ** 2.2)
  const slotMs = app.sessionSlotMs[kind]
  const slot = Math.floor(startedAtMs / slotMs)
  const kindNumber = kind === 'human' ? 11 : 12
  const key = mixSeed(world.seed, kindNumber, appIndex, user, slot)
  const weights = weightsAt(slot * slotMs)[kind]
  const modelDraw = drawModelPosition({ world, key, appIndex, startedAtMs: slot * slotMs })
  const model = app.pin?.model ?? world.models[pickIndex(weights, modelDraw)]
  if (!model) throw new Error('the world has no models')
  return {
    model,
    endUser: `u-${appIndex.toString(36)}${user.toString(36).padStart(3, '0')}`,
    sessionId: `s-${key.toString(36)}`,
    useCase: app.useCases[key % app.useCases.length],
    progress: (startedAtMs - slot * slotMs) / slotMs,
  }
}

/** Where in the models' running weights a session falls: mostly on one of its app's favourites of these weeks. */
function drawModelPosition({
  world,
  key,
  appIndex,
  startedAtMs,
}: {
  world: World
  key: number
  appIndex: number
  startedAtMs: number
}): number {
  const draw = drawFor(world.seed, 13, key)
  if (draw >= FAVOURITE_SHARE) return drawFor(world.seed, 14, key)
  const favourite = Math.floor((draw / FAVOURITE_SHARE) * FAVOURITES)
  // Each favourite changes at a time of its own, so that an app never drops all at once.
  const offset = drawFor(world.seed, 15, appIndex, favourite)
  const period = Math.floor(startedAtMs / FAVOURITE_PERIOD_MS + offset)
  return drawFor(world.seed, 16, appIndex, favourite, period)
}

function appAt(world: World, index: number): SimulatedApp {
  const app = world.apps[index]
  if (!app) throw new Error('the world has no apps')
  return app
}
