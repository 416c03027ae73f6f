import type { WireRecord } from '../formats/sightglass/schema'
import { createRandom, mixSeed, poisson, type Random } from '../platform/random'
import type { SimulatedEndpoint } from './build-models'
import { demandPerMinute } from './demand'
import { type CallerKind, createIntentDrawer, type IntentDrawer, type RequestIntent } from './draw-intent'
import { createIncidentLookup } from './incidents'
import { type SimulatedAttempt, simulateAttempts } from './simulate-attempts'
import { drawPromptParts, priceOf } from './simulate-tokens'
import { drawToolCalls } from './simulate-tools'
import type { World } from './world'

/** `source` of every simulated record; what the pages mark as simulated. */
export const DEMO_SOURCE = 'sightglass-demo'

const MINUTE_MS = 60_000

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
  const draft = createDraft(span.world)
  for (const drawn of drawnBetween(span, draft.drawIntent)) yield draftRecord({ draft, ...drawn })
}

/** The requests behind `recordsBetween`, for clients that really make them. */
export function* intentsBetween(span: TrafficSpan): Generator<RequestIntent> {
  for (const { intent } of drawnBetween(span, createIntentDrawer(span.world))) yield intent
}

function* drawnBetween(span: TrafficSpan, drawIntent: IntentDrawer): Generator<Drawn> {
  const { fromMs, toMs } = span
  const firstMinute = Math.floor(fromMs / MINUTE_MS)
  for (let minute = firstMinute; minute * MINUTE_MS < toMs; minute += 1) {
    const isWhole = minute * MINUTE_MS >= fromMs && (minute + 1) * MINUTE_MS <= toMs
    for (const drawn of minuteIntents(span, drawIntent, minute)) {
      const { startedAtMs } = drawn.intent
      if (isWhole || (startedAtMs >= fromMs && startedAtMs < toMs)) yield drawn
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
  drawIntent: IntentDrawer
  incidentAt: ReturnType<typeof createIncidentLookup>
}

function createDraft(world: World): Draft {
  return { world, drawIntent: createIntentDrawer(world), incidentAt: createIncidentLookup(world) }
}

type Drawn = ReturnType<IntentDrawer>

function* minuteIntents(
  { world, requestsPerDay }: TrafficSpan,
  drawIntent: IntentDrawer,
  minute: number,
): Generator<Drawn> {
  const counts = countsOf({ world, minute, requestsPerDay })
  const drawn: Drawn[] = []
  for (const kind of ['human', 'agentic'] as const)
    for (let number = 0; number < counts[kind]; number += 1) drawn.push(drawIntent({ minute, kind, number }))
  yield* drawn.sort((a, b) => a.intent.startedAtMs - b.intent.startedAtMs)
}

function draftRecord({ draft, intent, random }: Drawn & { draft: Draft }): WireRecord {
  const { app, model, kind, tokens, isStream, preset } = intent
  const toolsOffered = app.sendsToolInformation ? intent.toolsOffered : undefined
  const { attempts, endpoint, errorClass } = simulateAttempts({
    random,
    model,
    onlyProvider: app.pin?.provider ?? null,
    startedAtMs: intent.startedAtMs,
    hasFailover: app.hasFailover,
    isStream,
    promptTokens: tokens.promptTokens,
    completionTokens: tokens.completionTokens,
    incidentAt: draft.incidentAt,
  })
  const answered =
    errorClass === null
      ? draftAnswer({ random, intent, endpoint, toolsOffered })
      : { toolCalls: toolsOffered === undefined ? undefined : [] }
  return {
    id: intent.id,
    source: DEMO_SOURCE,
    startedAt: new Date(intent.startedAtMs).toISOString(),
    model: model.slug,
    requestedModel: preset === null ? undefined : requestedModel(intent),
    app: app.name,
    endUser: intent.endUser,
    sessionId: intent.sessionId,
    preset: preset ?? undefined,
    useCase: intent.useCase,
    callerKind: app.declaresCaller ? kind : undefined,
    stream: isStream,
    toolsOffered,
    ...answered,
    ...describeAttempts(attempts),
  }
}

/** What the request gives as `model`: a preset that brings its own models stands alone. */
export function requestedModel({ app, model, preset }: RequestIntent): string {
  if (preset === null) return model.slug
  return app.pin === null ? `${model.slug}@preset/${preset}` : `@preset/${preset}`
}

/** What only a request that was answered has: tokens, cost, a finish reason, tool calls. */
function draftAnswer({
  random,
  intent: { kind, model, progress, tokens },
  endpoint,
  toolsOffered,
}: Drawn & { endpoint: SimulatedEndpoint; toolsOffered: number | undefined }): Partial<WireRecord> {
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

function drawFinishReason(random: Random): string {
  return random() < 0.03 ? 'length' : 'stop'
}

/** One attempt is told by the record's own fields, several by a list. */
function describeAttempts(attempts: SimulatedAttempt[]): Partial<WireRecord> {
  return attempts.length === 1 ? { ...attempts[0] } : { attempts }
}
