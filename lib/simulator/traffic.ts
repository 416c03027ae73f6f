import type { WireRecord } from '../formats/sightglass/schema'
import type { SimulatedEndpoint, SimulatedModel } from './build-models'
import { demandPerMinute } from './demand'
import { createIncidentLookup } from './incidents'
import { createModelWeights } from './popularity'
import { createRandom, drawFor, mixSeed, pickIndex, poisson, type Random } from './random'
import { type SimulatedAttempt, simulateAttempts } from './simulate-attempts'
import { drawPromptParts, drawTokens, priceOf, type SimulatedTokens } from './simulate-tokens'
import { drawToolCalls, drawToolsOffered } from './simulate-tools'
import type { SimulatedApp, World } from './world'

/** `source` of every simulated record; what the pages mark as simulated. */
export const DEMO_SOURCE = 'sightglass-demo'

const MINUTE_MS = 60_000
const FAVOURITE_PERIOD_MS = 21 * 24 * 60 * MINUTE_MS
const FAVOURITES = 3
const FAVOURITE_SHARE = 0.6

type CallerKind = 'human' | 'agentic'

export type TrafficSpan = {
  world: World
  /** Half-open, epoch milliseconds UTC. */
  fromMs: number
  toMs: number
  /** Mean requests a day around the world's anchor; before it there are fewer. */
  requestsPerDay: number
}

/**
 * All records whose requests start in the span, by time. Every minute is drawn from the world's seed and its own
 * number, so however a span is cut, the same records come out, with the same ids.
 */
export function* recordsBetween(span: TrafficSpan): Generator<WireRecord> {
  const { world, fromMs, toMs } = span
  const draft = createDraft(world)
  const firstMinute = Math.floor(fromMs / MINUTE_MS)
  for (let minute = firstMinute; minute * MINUTE_MS < toMs; minute += 1) {
    const isWhole = minute * MINUTE_MS >= fromMs && (minute + 1) * MINUTE_MS <= toMs
    for (const { startedAtMs, record } of minuteRecords(span, draft, minute)) {
      if (isWhole || (startedAtMs >= fromMs && startedAtMs < toMs)) yield record
    }
  }
}

/** How many records `recordsBetween` gives for the whole minutes that start in the span, without making them. */
export function countBetween({ world, fromMs, toMs, requestsPerDay }: TrafficSpan): number {
  let count = 0
  for (let minute = Math.ceil(fromMs / MINUTE_MS); minute * MINUTE_MS < toMs; minute += 1) {
    const { human, agentic } = countsOf({ world, minute, requestsPerDay })
    count += human + agentic
  }
  return count
}

function countsOf({
  world,
  minute,
  requestsPerDay,
}: {
  world: World
  minute: number
  requestsPerDay: number
}): Record<CallerKind, number> {
  const demand = demandPerMinute({ minuteMs: minute * MINUTE_MS, anchorMs: world.anchorMs, requestsPerDay })
  return {
    human: poisson(createRandom(mixSeed(world.seed, 8, minute)), demand.human),
    agentic: poisson(createRandom(mixSeed(world.seed, 9, minute)), demand.agentic),
  }
}

type Draft = {
  world: World
  incidentAt: ReturnType<typeof createIncidentLookup>
  weightsAt: ReturnType<typeof createModelWeights>
}
type DatedRecord = { startedAtMs: number; record: WireRecord }

function createDraft(world: World): Draft {
  return { world, incidentAt: createIncidentLookup(world), weightsAt: createModelWeights(world) }
}

function minuteRecords({ world, requestsPerDay }: TrafficSpan, draft: Draft, minute: number): DatedRecord[] {
  const counts = countsOf({ world, minute, requestsPerDay })
  const random = createRandom(mixSeed(world.seed, 10, minute))
  const records: DatedRecord[] = []
  for (const kind of ['human', 'agentic'] as const) {
    for (let number = 0; number < counts[kind]; number += 1) {
      const startedAtMs = minute * MINUTE_MS + Math.floor(random() * MINUTE_MS)
      const id = `${minute.toString(36)}-${kind.charAt(0)}${number}`
      records.push({ startedAtMs, record: draftRecord({ draft, random, kind, startedAtMs, id }) })
    }
  }
  return records.sort((a, b) => a.startedAtMs - b.startedAtMs)
}

type RecordInput = { draft: Draft; random: Random; kind: CallerKind; startedAtMs: number; id: string }

function draftRecord({ draft, random, kind, startedAtMs, id }: RecordInput): WireRecord {
  const { world } = draft
  const appIndex = pickIndex(world.appWeights[kind], random())
  const app = appAt(world, appIndex)
  const session = drawSession({ draft, random, kind, startedAtMs, app, appIndex })
  const { model, progress } = session
  const tokens = drawTokens({ random, kind, progress, isReasoning: model.isReasoning })
  const isStream = random() < (kind === 'human' ? 0.93 : 0.55)
  const toolsOffered = app.sendsToolInformation ? drawToolsOffered(random, kind) : undefined
  const { attempts, endpoint, errorClass } = simulateAttempts({
    random,
    model,
    startedAtMs,
    hasFailover: app.hasFailover,
    isStream,
    promptTokens: tokens.promptTokens,
    completionTokens: tokens.completionTokens,
    incidentAt: draft.incidentAt,
  })
  const answered =
    errorClass === null
      ? draftAnswer({ random, kind, session, tokens, endpoint, toolsOffered })
      : { toolCalls: toolsOffered === undefined ? undefined : [] }
  const isByPreset = app.preset !== null && random() < 0.7
  return {
    id,
    source: DEMO_SOURCE,
    startedAt: new Date(startedAtMs).toISOString(),
    model: model.slug,
    requestedModel: isByPreset ? `@preset/${app.preset}` : undefined,
    app: app.name,
    endUser: session.endUser,
    sessionId: session.sessionId,
    preset: isByPreset ? app.preset : undefined,
    useCase: session.useCase,
    callerKind: app.declaresCaller ? kind : undefined,
    stream: isStream,
    toolsOffered,
    ...answered,
    ...describeAttempts(attempts),
  }
}

/** What only a request that was answered has: tokens, cost, a finish reason, tool calls. */
function draftAnswer({
  random,
  kind,
  session: { model, progress },
  tokens,
  endpoint,
  toolsOffered,
}: Pick<RecordInput, 'random' | 'kind'> & {
  session: Session
  tokens: SimulatedTokens
  endpoint: SimulatedEndpoint
  toolsOffered: number | undefined
}): Partial<WireRecord> {
  const common = { ...tokens, costUsd: priceOf(tokens, endpoint) }
  if (toolsOffered === undefined) return { ...common, finishReason: drawFinishReason(random) }
  const { promptTokens } = tokens
  const toolCalls =
    toolsOffered > 0 ? drawToolCalls({ random, kind, model, provider: endpoint.provider }) : []
  return {
    ...common,
    promptParts: drawPromptParts({ random, kind, promptTokens, toolsOffered, progress }),
    finishReason: toolCalls.length > 0 ? 'tool_calls' : drawFinishReason(random),
    toolCalls,
  }
}

type Session = {
  model: SimulatedModel
  endUser: string
  sessionId: string
  useCase: string | undefined
  /** How far through its slot the session is, 0 to 1. */
  progress: number
}

/** A session is a user's requests of one app in one slot of time; it stays with one model and one use case. */
function drawSession({
  draft,
  random,
  kind,
  startedAtMs,
  app,
  appIndex,
}: Omit<RecordInput, 'id'> & { app: SimulatedApp; appIndex: number }): Session {
  const { world } = draft
  // Few users are busy and many are not.
  const user = Math.floor(app.users[kind] * random() ** 2.2)
  const slotMs = app.sessionSlotMs[kind]
  const slot = Math.floor(startedAtMs / slotMs)
  const kindNumber = kind === 'human' ? 11 : 12
  const key = mixSeed(world.seed, kindNumber, appIndex, user, slot)
  const weights = draft.weightsAt(slot * slotMs)[kind]
  const modelDraw = drawModelPosition({ world, key, appIndex, startedAtMs: slot * slotMs })
  const model = world.models[pickIndex(weights, modelDraw)]
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

function drawFinishReason(random: Random): string {
  return random() < 0.03 ? 'length' : 'stop'
}

/** One attempt is told by the record's own fields, several by a list. */
function describeAttempts(attempts: SimulatedAttempt[]): Partial<WireRecord> {
  return attempts.length === 1 ? { ...attempts[0] } : { attempts }
}
