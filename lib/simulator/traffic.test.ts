import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { WireRecord } from '../formats/sightglass/schema'
import { toRecord } from '../formats/sightglass/to-record'
import { createCheckBudget } from '../records/check-budget'
import { countBetween, DEMO_SOURCE, intentsBetween, recordsBetween } from './traffic'
import { buildWorld } from './world'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const anchorMs = Date.UTC(2026, 10, 23)
const world = buildWorld({ seed: 24, anchorMs })
const history = { world, fromMs: anchorMs - 90 * DAY_MS, toMs: anchorMs, requestsPerDay: 1600 }

/** Ninety days at a fifth of the demo's volume: enough for every proportion below. */
let records: WireRecord[]
beforeAll(() => {
  records = [...recordsBetween(history)]
})

const tokensOf = ({ promptTokens, completionTokens }: WireRecord) =>
  (promptTokens ?? 0) + (completionTokens ?? 0)
const share = (part: number, whole: number) => part / whole

test('gives the same records for the same seed and others for another', () => {
  const span = { ...history, fromMs: anchorMs - HOUR_MS }
  expect([...recordsBetween(span)]).toEqual([...recordsBetween(span)])
  const other = buildWorld({ seed: 25, anchorMs })
  expect([...recordsBetween({ ...span, world: other })]).not.toEqual([...recordsBetween(span)])
})

test('gives the same records however the span is cut', () => {
  const span = { world, fromMs: anchorMs - 5 * HOUR_MS + 12_345, toMs: anchorMs - 77, requestsPerDay: 4000 }
  const whole = [...recordsBetween(span)]
  expect(whole.length).toBeGreaterThan(200)
  const cuts = fc.array(fc.integer({ min: span.fromMs, max: span.toMs }), { maxLength: 12 })
  fc.assert(
    fc.property(cuts, (inner) => {
      const edges = [span.fromMs, ...inner.sort((a, b) => a - b), span.toMs]
      const parts = edges
        .slice(1)
        .flatMap((toMs, index) => [...recordsBetween({ ...span, fromMs: edges[index] ?? toMs, toMs })])
      expect(parts).toEqual(whole)
    }),
    { numRuns: 15 },
  )
})

test('gives records by time, inside the span, each with an id of its own', () => {
  const times = records.map((record) => Date.parse(record.startedAt))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(times[0]).toBeGreaterThanOrEqual(history.fromMs)
  expect(times.at(-1)).toBeLessThan(history.toMs)
  expect(new Set(records.map((record) => record.id)).size).toBe(records.length)
})

test('counts without making records', () => {
  expect(countBetween(history)).toBe(records.length)
})

test('never expects more of a day once the anchor has moved on', () => {
  const moved = buildWorld({ seed: 24, anchorMs: anchorMs + 7 * DAY_MS })
  for (let day = 1; day <= 90; day += 1) {
    const span = { ...history, fromMs: anchorMs - day * DAY_MS, toMs: anchorMs - (day - 1) * DAY_MS }
    expect(countBetween({ ...span, world: moved })).toBeLessThanOrEqual(countBetween(span))
  }
})

test('is taken by the ingest endpoint without an error or an unknown field', () => {
  const body = { nowMs: anchorMs, unknownFields: new Set<string>(), budget: createCheckBudget() }
  for (const record of records.filter((_, index) => index % 20 === 0)) {
    const sent: unknown = JSON.parse(JSON.stringify(record))
    expect(toRecord(sent, body)).toMatchObject({ ok: true })
  }
  expect([...body.unknownFields]).toEqual([])
})

test('offers tools in 55 % of the requests that tell, uses them in 83 % of those, ends 46 % by a tool call', () => {
  const known = records.filter((record) => record.toolsOffered !== undefined)
  const offered = known.filter((record) => (record.toolsOffered ?? 0) > 0)
  const used = offered.filter((record) => (record.toolCalls ?? []).length > 0)
  const finished = known.filter((record) => record.finishReason === 'tool_calls')
  expect(Math.abs(share(offered.length, known.length) - 0.55)).toBeLessThan(0.02)
  expect(Math.abs(share(used.length, offered.length) - 0.83)).toBeLessThan(0.02)
  expect(Math.abs(share(finished.length, known.length) - 0.46)).toBeLessThan(0.02)
  expect(share(known.length, records.length)).toBeLessThan(0.7)
})

test('lets agentic tokens overtake human ones about two thirds through', () => {
  const days = Array.from({ length: 90 }, () => ({ agentic: 0, human: 0 }))
  for (const record of records) {
    const day = days[Math.floor((Date.parse(record.startedAt) - history.fromMs) / DAY_MS)]
    const kind = record.callerKind
    if (day && (kind === 'agentic' || kind === 'human')) day[kind] += tokensOf(record)
  }
  const isAhead = (day: number) => {
    const week = days.slice(Math.max(0, day - 6), day + 1)
    return week.reduce((lead, { agentic, human }) => lead + agentic - human, 0) > 0
  }
  const crossover = days.findIndex((_, day) => isAhead(day))
  expect(crossover).toBeGreaterThan(50)
  expect(crossover).toBeLessThan(72)
  expect(isAhead(89)).toBe(true)
})

test('gives agents long, mostly cached prompts and people short ones', () => {
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const answered = records.filter((record) => record.promptTokens !== undefined)
  const prompts = (kind: string) =>
    answered.filter((record) => record.callerKind === kind).map((record) => record.promptTokens ?? 0)
  expect(median(prompts('agentic'))).toBeGreaterThan(6000)
  expect(median(prompts('agentic'))).toBeLessThan(20_000)
  expect(median(prompts('human'))).toBeGreaterThan(1000)
  expect(median(prompts('human'))).toBeLessThan(2000)
  const agentic = answered.filter((record) => record.callerKind === 'agentic')
  const cached = agentic.reduce((sum, record) => sum + (record.cachedTokens ?? 0), 0)
  expect(
    share(
      cached,
      prompts('agentic').reduce((sum, tokens) => sum + tokens, 0),
    ),
  ).toBeGreaterThan(0.6)
})

test('adds prompt parts up to the prompt', () => {
  for (const { promptParts, promptTokens } of records) {
    if (!promptParts) continue
    const parts = Object.values(promptParts).map((tokens) => tokens ?? 0)
    expect(Math.min(...parts)).toBeGreaterThanOrEqual(0)
    expect(parts.reduce((sum, tokens) => sum + tokens, 0)).toBe(promptTokens)
  }
})

test('fails over: several attempts at different providers, all but the last failed', () => {
  const retried = records.filter((record) => record.attempts)
  expect(share(retried.length, records.length)).toBeGreaterThan(0.01)
  for (const { attempts } of retried) {
    const providers = (attempts ?? []).map((attempt) => attempt.provider)
    expect(new Set(providers).size).toBe(providers.length)
    expect((attempts ?? []).slice(0, -1).every((attempt) => attempt.errorClass)).toBe(true)
  }
  const rescued = retried.filter((record) => !record.attempts?.at(-1)?.errorClass)
  expect(share(rescued.length, retried.length)).toBeGreaterThan(0.85)
})

test('shows every provider, many error classes and every bad tool verdict', () => {
  const attempts = records.flatMap((record) => record.attempts ?? [record])
  expect(new Set(attempts.map((attempt) => attempt.provider)).size).toBe(70)
  expect(new Set(attempts.map((attempt) => attempt.errorClass ?? 'ok')).size).toBe(12)
  const verdicts = records.flatMap((record) => record.toolCalls ?? []).map((call) => call.verdict)
  expect(new Set(verdicts)).toEqual(new Set(['valid', 'invalid_json', 'unknown_name', 'schema_mismatch']))
})

test('sends everything of the pinned app to its one provider, without failover', () => {
  const pinned = records.filter(({ preset }) => preset === 'tool-runner')
  expect(pinned.length).toBeGreaterThan(100)
  expect(new Set(pinned.map(({ model, provider }) => `${model} ${provider}`))).toEqual(
    new Set(['acme/atlas-120b parhelion']),
  )
  const calls = pinned.flatMap(({ toolCalls }) => toolCalls ?? [])
  expect(share(calls.filter(({ verdict }) => verdict !== 'valid').length, calls.length)).toBeGreaterThan(0.1)
})

test('asks in real time for the very requests that the records tell of', () => {
  const fromMs = anchorMs - HOUR_MS
  const intents = [...intentsBetween({ ...history, fromMs })]
  const told = [...recordsBetween({ ...history, fromMs })]
  expect(intents.length).toBeGreaterThan(20)
  expect(intents.map(({ id, model, sessionId }) => [id, model.slug, sessionId])).toEqual(
    told.map(({ id, model, sessionId }) => [id, model, sessionId]),
  )
})

test('moves the rankings from month to month', () => {
  const leaders = (fromMs: number) => {
    const tokens = new Map<string, number>()
    for (const record of records) {
      const startedAtMs = Date.parse(record.startedAt)
      if (startedAtMs >= fromMs && startedAtMs < fromMs + 30 * DAY_MS)
        tokens.set(record.model, (tokens.get(record.model) ?? 0) + tokensOf(record))
    }
    return [...tokens]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, 20)
      .map(([model]) => model)
  }
  const [first, last] = [leaders(history.fromMs), leaders(anchorMs - 30 * DAY_MS)]
  const stayed = last.filter((model) => first.includes(model)).length
  expect(stayed).toBeGreaterThan(2)
  expect(stayed).toBeLessThan(18)
})

test('leaves what is unknown out: callers that do not say, answers that never came', () => {
  expect(records.every((record) => record.source === DEMO_SOURCE)).toBe(true)
  const undeclared = records.filter((record) => record.callerKind === undefined)
  expect(share(undeclared.length, records.length)).toBeGreaterThan(0.01)
  expect(share(undeclared.length, records.length)).toBeLessThan(0.05)
  expect(undeclared.every((record) => record.toolsOffered === undefined)).toBe(true)
  const failed = records.filter((record) => (record.attempts?.at(-1) ?? record).errorClass)
  expect(failed.length).toBeGreaterThan(0)
  expect(failed.every((record) => record.promptTokens === undefined && record.costUsd === undefined)).toBe(
    true,
  )
})
