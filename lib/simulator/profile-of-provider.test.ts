import { expect, test } from 'vitest'
import { CARELESS_EXAMPLE, STEADY_EXAMPLES } from './build-providers'
import { profileOf } from './profile-of-provider'
import { faultProfile, REQUEST_FAULTS, TOOL_FAULTS } from './upstream/schema'
import { buildWorld, DEMO_SEED } from './world'

const world = buildWorld({ seed: DEMO_SEED, anchorMs: Date.UTC(2026, 10, 23) })
const providerOf = (slug: string) => {
  const provider = world.providers.find((candidate) => candidate.slug === slug)
  if (!provider) throw new Error(`no ${slug}`)
  return provider
}
const incident = { fromMs: 0, toMs: 1, failureRate: 0.8, errorClass: 'upstream_5xx' } as const

function ratesOf(slug: string, current: Parameters<typeof profileOf>[0]['incident'] = null) {
  const { faults } = faultProfile.parse(profileOf({ provider: providerOf(slug), incident: current, seed: 1 }))
  const sum = (kinds: readonly (keyof typeof faults)[]) =>
    kinds.reduce((total, kind) => total + (faults[kind] ?? 0), 0)
  return { faults, requests: sum(REQUEST_FAULTS), tools: sum(TOOL_FAULTS) }
}

test('is a usable profile for every provider, whose faults add up to its own rates', () => {
  for (const provider of world.providers) {
    const { requests, tools } = ratesOf(provider.slug)
    expect(requests).toBeCloseTo(provider.errorRate + provider.rateLimitedRate, 6)
    expect(tools).toBeLessThan(0.5)
  }
})

test('lets the careless example fail in its tool calls where the steady ones hardly do', () => {
  expect(ratesOf(CARELESS_EXAMPLE).tools).toBeGreaterThan(0.2)
  for (const slug of STEADY_EXAMPLES) expect(ratesOf(slug).tools).toBeLessThan(0.02)
})

test('fails as the current incident says, and in its usual ways besides', () => {
  const { faults, requests } = ratesOf('helios', incident)
  expect((faults.upstream_5xx ?? 0) + (faults.html_error ?? 0)).toBeGreaterThan(0.8)
  expect(requests).toBeLessThanOrEqual(1)
  const usual = ratesOf('millrace')
  expect(ratesOf('millrace', incident).faults.rate_limited).toBeLessThan(usual.faults.rate_limited ?? 0)
})

test('differs in nothing but its seed when nothing has changed', () => {
  const profile = (seed: number) => profileOf({ provider: providerOf('helios'), incident, seed })
  expect({ ...profile(1), seed: 0 }).toEqual({ ...profile(2), seed: 0 })
})
