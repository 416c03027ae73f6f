import { beforeAll, expect, test } from 'vitest'
import { listEndpoints } from '../catalog/list-endpoints.server'
import { db } from '../platform/db.server'
import { EXAMPLE_MODEL } from './build-models'
import { DEMO_PRESETS } from './demo-presets'
import { DEMO_USE_CASE_RULES } from './demo-use-case-rules'
import { prepareDemo } from './prepare-demo.server'
import { buildWorld, DEMO_SEED } from './world'

const world = buildWorld({ seed: DEMO_SEED, anchorMs: Date.UTC(2026, 10, 23) })
const prepare = (port: number) =>
  prepareDemo({ world, upstreamUrl: `http://127.0.0.1:${port}`, actor: 'demo' })

beforeAll(() => prepare(41_001))

test('connects every provider and configures every endpoint of the world, in both shapes', async () => {
  const providers = await db().provider.findMany({ where: { baseUrl: { not: null } } })
  expect(providers).toHaveLength(70)
  expect(providers.every(({ allowPrivateNetwork, enabled }) => allowPrivateNetwork && enabled)).toBe(true)
  expect(new Set(providers.map(({ apiShape }) => apiShape))).toEqual(
    new Set(['openai-chat', 'anthropic-messages']),
  )
  const wanted = world.models.reduce((sum, { endpoints }) => sum + endpoints.length, 0)
  expect(await db().endpoint.count({ where: { enabled: true, upstreamModel: { not: null } } })).toBe(wanted)
})

test("serves the story's model at two good providers and a careless one, at the prices of the history", async () => {
  const { data } = await listEndpoints({ model: EXAMPLE_MODEL }, Date.now())
  expect(data.map(({ provider }) => provider)).toEqual(
    expect.arrayContaining(['borealis', 'helios', 'parhelion']),
  )
  expect(data.every(({ routable }) => routable)).toBe(true)
  const model = world.models.find(({ slug }) => slug === EXAMPLE_MODEL)
  for (const { provider, promptPrice, completionPrice } of model?.endpoints ?? []) {
    const found = data.find((endpoint) => endpoint.provider === provider.slug)
    expect(found?.promptUsdPerMTok).toBeCloseTo(promptPrice * 1e6, 6)
    expect(found?.completionUsdPerMTok).toBeCloseTo(completionPrice * 1e6, 6)
  }
})

test('creates the presets once and leaves edited ones alone', async () => {
  await db().preset.update({ where: { slug: 'tool-runner' }, data: { name: 'Edited' } })
  await prepare(41_001)
  const presets = await db().preset.findMany({ include: { versions: true } })
  expect(presets.map(({ slug }) => slug).toSorted()).toEqual(DEMO_PRESETS.map(({ slug }) => slug).toSorted())
  expect(presets.every(({ versions }) => versions.length === 1)).toBe(true)
  expect(presets.find(({ slug }) => slug === 'tool-runner')?.name).toBe('Edited')
})

test('creates the use-case rules once and leaves a list that somebody changed alone', async () => {
  const rules = await db().useCaseRule.findMany({ orderBy: { position: 'asc' } })
  expect(rules.map(({ useCase }) => useCase)).toEqual(DEMO_USE_CASE_RULES.map(({ useCase }) => useCase))
  await db().useCaseRule.deleteMany()
  await prepare(41_001)
  expect(await db().useCaseRule.count()).toBe(0)
})

test('has a preset for every app that calls through one', () => {
  const slugs = new Set(DEMO_PRESETS.map(({ slug }) => slug))
  expect(world.apps.filter(({ preset }) => preset !== null && !slugs.has(preset))).toEqual([])
})

test('moves to another port and leaves what somebody set by hand', async () => {
  await db().provider.update({ where: { slug: 'helios' }, data: { baseUrl: 'https://llm.example.com/v1' } })
  await db().provider.update({ where: { slug: 'borealis' }, data: { name: 'Northern Light' } })
  const endpoint = await db().endpoint.findFirstOrThrow({ where: { model: { slug: EXAMPLE_MODEL } } })
  await db().endpoint.update({ where: { id: endpoint.id }, data: { enabled: false } })
  await prepare(41_002)
  const addressOf = async (slug: string) => db().provider.findUniqueOrThrow({ where: { slug } })
  expect(await addressOf('helios')).toMatchObject({ baseUrl: 'https://llm.example.com/v1' })
  expect(await addressOf('borealis')).toMatchObject({
    baseUrl: 'http://127.0.0.1:41002/borealis/v1',
    name: 'Northern Light',
  })
  expect(await db().endpoint.findUniqueOrThrow({ where: { id: endpoint.id } })).toMatchObject({
    enabled: false,
  })
})
