import { expect, test } from 'vitest'
import { EXAMPLE_MODEL } from './build-models'
import { CARELESS_EXAMPLE, STEADY_EXAMPLES } from './build-providers'
import { demandPerMinute, weekStart } from './demand'
import { createIncidentLookup, incidentsOfWeek } from './incidents'
import { popularityAt } from './popularity'
import { buildWorld, PINNED_PRESET } from './world'

const DAY_MS = 86_400_000
const anchorMs = Date.UTC(2026, 10, 23)
const world = buildWorld({ seed: 24, anchorMs })

test('has the promised size', () => {
  expect(world.providers).toHaveLength(70)
  expect(world.models).toHaveLength(400)
  expect(new Set(world.models.map((model) => model.slug.split('/')[0])).size).toBe(40)
  expect(world.apps).toHaveLength(60)
})

test('is the same world for the same seed', () => {
  expect(buildWorld({ seed: 24, anchorMs })).toEqual(world)
  expect(buildWorld({ seed: 25, anchorMs })).not.toEqual(world)
})

test('serves each model at one to twelve providers, each provider some model, at prices above zero', () => {
  const serving = new Set<string>()
  for (const { endpoints } of world.models) {
    expect(endpoints.length).toBeGreaterThanOrEqual(1)
    expect(endpoints.length).toBeLessThanOrEqual(12)
    expect(new Set(endpoints.map((endpoint) => endpoint.providerIndex)).size).toBe(endpoints.length)
    for (const endpoint of endpoints) {
      serving.add(endpoint.provider.slug)
      expect(endpoint.promptPrice).toBeGreaterThan(0)
      expect(endpoint.cachedPrice).toBeLessThan(endpoint.promptPrice)
      expect(endpoint.completionPrice).toBeGreaterThan(endpoint.promptPrice)
    }
  }
  expect(serving.size).toBe(70)
})

test('launches models before and within the ninety days, none after the anchor', () => {
  const agesDays = world.models.map((model) => (anchorMs - model.launchedAtMs) / DAY_MS)
  expect(Math.min(...agesDays)).toBeGreaterThanOrEqual(0)
  const recent = agesDays.filter((days) => days < 90).length
  expect(recent).toBeGreaterThan(60)
  expect(recent).toBeLessThan(200)
})

test('asks for no model before its launch and for less of it years later', () => {
  for (const model of world.models) {
    expect(popularityAt(model, model.launchedAtMs - 1)).toBe(0)
    const heyday = popularityAt(model, model.launchedAtMs + 15 * DAY_MS)
    expect(heyday).toBeGreaterThan(0)
    expect(popularityAt(model, model.launchedAtMs + 1500 * DAY_MS)).toBeLessThan(heyday)
  }
})

test('ends each incident within its week, so that one lookup finds it', () => {
  const weekMs = 7 * DAY_MS
  const incidentAt = createIncidentLookup(world)
  let seen = 0
  for (let provider = 0; provider < world.providers.length; provider += 1) {
    for (const incident of incidentsOfWeek(world, provider, 2900)) {
      seen += 1
      expect(incident.fromMs).toBeGreaterThanOrEqual(2900 * weekMs)
      expect(incident.toMs).toBeLessThanOrEqual(2901 * weekMs)
      expect(incidentAt(provider, incident.fromMs)).not.toBeNull()
    }
  }
  expect(seen).toBeGreaterThan(5)
})

test.each([
  ['2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z'],
  ['2026-11-29T23:59:59Z', '2026-11-23T00:00:00Z'],
  ['2024-02-29T12:00:00Z', '2024-02-26T00:00:00Z'],
  ['1970-01-06T00:00:00Z', '1970-01-05T00:00:00Z'],
])('puts %s into the week of Monday %s', (time, monday) => {
  expect(weekStart(Date.parse(time))).toBe(Date.parse(monday))
})

test('sees fewer people at night and on Sundays, while agents hardly rest', () => {
  const at = (time: string) => demandPerMinute({ minuteMs: Date.parse(time), anchorMs, requestsPerDay: 8000 })
  const [noon, night, sunday] = [at('2026-11-25T15:00Z'), at('2026-11-25T03:00Z'), at('2026-11-29T15:00Z')]
  expect(night.human / noon.human).toBeLessThan(0.25)
  expect(sunday.human / noon.human).toBeLessThan(0.7)
  expect(night.agentic / noon.agentic).toBeGreaterThan(0.5)
})

test('has the daily mean it was asked for from the anchor on', () => {
  let sum = 0
  for (let minute = 0; minute < 7 * 1440; minute += 1) {
    const demand = demandPerMinute({ minuteMs: anchorMs + minute * 60_000, anchorMs, requestsPerDay: 8000 })
    sum += demand.human + demand.agentic
  }
  expect(Math.abs(sum / 7 - 8000)).toBeLessThan(1)
})

test.each([1, 7, 24, 99])("has the talk's story whatever the seed is: %i", (seed) => {
  const { models, providers, apps } = buildWorld({ seed, anchorMs })
  const example = models.find(({ slug }) => slug === EXAMPLE_MODEL)
  const slugs = example?.endpoints.map(({ provider }) => provider.slug) ?? []
  expect(slugs).toEqual(expect.arrayContaining([CARELESS_EXAMPLE, ...STEADY_EXAMPLES]))
  const badCalls = (slug: string) => {
    const provider = providers.find((candidate) => candidate.slug === slug)
    return provider ? provider.invalidJsonRate + provider.unknownNameRate + provider.schemaMismatchRate : 0
  }
  for (const slug of STEADY_EXAMPLES) expect(badCalls(CARELESS_EXAMPLE)).toBeGreaterThan(8 * badCalls(slug))
  expect(badCalls(CARELESS_EXAMPLE)).toBeGreaterThan(0.08)
  const pinned = apps.filter(({ pin }) => pin !== null)
  expect(pinned.map(({ preset }) => preset)).toEqual([PINNED_PRESET])
  expect(pinned[0]?.pin).toEqual({ model: example, provider: CARELESS_EXAMPLE })
})
