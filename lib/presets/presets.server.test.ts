import { expect, test } from 'vitest'
import { catalogChangeCount } from '@/lib/catalog/catalog-changes.server'
import { db } from '@/lib/platform/db.server'
import { AppError } from '@/lib/platform/errors'
import { createPreset } from './create-preset.server'
import { deletePreset } from './delete-preset.server'
import { getPreset } from './get-preset.server'
import { getVersion } from './get-version.server'
import { listPresets } from './list-presets.server'
import { listVersions } from './list-versions.server'
import { saveRequest } from './save-request.server'
import type { CreatePresetBody, PatchPresetBody } from './schema'
import { updatePreset } from './update-preset.server'

const ADA = 'ada@example.com'
const BOB = 'bob@example.com'
let counter = 0

function create(input: Partial<CreatePresetBody> = {}) {
  counter += 1
  return createPreset({ input: { slug: `preset-${counter}`, ...input }, actor: ADA })
}

const patch = (slug: string, body: PatchPresetBody, actor = BOB) => updatePreset({ slug, patch: body, actor })

async function refusal(promise: Promise<unknown>): Promise<Pick<AppError, 'code' | 'message'>> {
  const error = await promise.then(() => null).catch((thrown: unknown) => thrown)
  if (error instanceof AppError) return error
  throw new Error(`expected an AppError, got ${error}`)
}

test('a new preset has version 1, by whoever made it', async () => {
  const before = catalogChangeCount()
  const preset = await create({ name: 'Tool runner', system_prompt: 'Be brief.', config: { temperature: 0 } })
  expect(preset).toMatchObject({
    name: 'Tool runner',
    status: 'active',
    creator_user_id: ADA,
    designated_version: {
      version: 1,
      creator_id: ADA,
      system_prompt: 'Be brief.',
      config: { temperature: 0 },
      preset_id: preset.id,
    },
  })
  expect(preset.designated_version_id).toBe(preset.designated_version.id)
  expect(catalogChangeCount()).toBe(before + 1)
  expect(await getPreset(preset.slug)).toEqual(preset)
  expect(
    await db().auditLog.count({ where: { target: `preset:${preset.slug}`, action: 'preset.create' } }),
  ).toBe(1)
})

test('a slug is given once, also when two ask at the same time', async () => {
  const { slug } = await create()
  expect(await refusal(create({ slug }))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(slug),
  })
  const both = await Promise.allSettled([create({ slug: 'race' }), create({ slug: 'race' })])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await listVersions({ slug: 'race' })).total_count).toBe(1)
})

test('new content makes a new designated version; old ones stay as they were', async () => {
  const { slug } = await create({ config: { temperature: 0 } })
  const changed = await patch(slug, { config: { temperature: 1 }, expected_version: 1 })
  expect(changed.designated_version).toMatchObject({
    version: 2,
    creator_id: BOB,
    config: { temperature: 1 },
  })
  expect((await listVersions({ slug })).data.map(({ version, config }) => [version, config])).toEqual([
    [1, { temperature: 0 }],
    [2, { temperature: 1 }],
  ])
  expect(await getVersion({ slug, version: 1 })).toMatchObject({
    config: { temperature: 0 },
    creator_id: ADA,
  })
})

test('a PATCH that changes nothing leaves no trace', async () => {
  const preset = await create({ config: { temperature: 0 }, description: 'x' })
  const before = catalogChangeCount()
  const same = { config: { temperature: 0 }, name: preset.name, description: 'x', status: 'active' } as const
  expect(await patch(preset.slug, same)).toEqual(preset)
  expect(catalogChangeCount()).toBe(before)
})

test('of two edits of one version exactly one wins, and the other hears who was faster', async () => {
  const { slug } = await create()
  const edits = [0, 1, 2, 3].map((temperature) =>
    patch(slug, { config: { temperature: temperature / 2 }, expected_version: 1 }),
  )
  const outcomes = await Promise.allSettled(edits)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const late = await refusal(patch(slug, { config: { seed: 1 }, expected_version: 1 }, ADA))
  expect(late.code).toBe('conflict')
  expect(late.message).toMatch(
    /^bob@example\.com changed ".*" to version 2 on .* UTC; your edit started from version 1/,
  )
  expect((await listVersions({ slug })).total_count).toBe(2)
})

test('edits that expect nothing all become versions, without gaps', async () => {
  const { slug } = await create()
  await Promise.all([1, 2, 3, 4].map((seed) => patch(slug, { config: { seed } })))
  const { data } = await listVersions({ slug })
  expect(data.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5])
  expect((await getPreset(slug)).designated_version.version).toBe(5)
})

test('rolling back copies the old content into a new newest version', async () => {
  const { slug } = await create({ system_prompt: 'First.', config: { temperature: 0 } })
  await patch(slug, { system_prompt: 'Second.', config: {} })
  const back = await patch(slug, { designated_version: 1, expected_version: 2 })
  expect(back.designated_version).toMatchObject({
    version: 3,
    creator_id: BOB,
    system_prompt: 'First.',
    config: { temperature: 0 },
  })
  const missing = await refusal(patch(slug, { designated_version: 9 }))
  expect(missing).toMatchObject({ code: 'validation_failed', details: [{ path: 'designated_version' }] })
})

test('a preset is renamed unless the slug is taken', async () => {
  const { slug } = await create()
  const other = await create()
  expect((await refusal(patch(slug, { slug: other.slug }))).code).toBe('conflict')
  expect((await patch(slug, { slug: `${slug}-renamed` })).designated_version.version).toBe(1)
  expect((await refusal(getPreset(slug))).message).toContain(`"${slug}"`)
})

test('the first delete archives, the second removes for good', async () => {
  const { slug } = await create()
  const archived = await deletePreset({ slug, actor: BOB })
  expect(archived).toMatchObject({ deleted: false, data: { status: 'archived' } })
  expect(archived.data.status_updated_at).not.toBeNull()
  expect((await listPresets({})).data.map((one) => one.slug)).not.toContain(slug)
  expect((await listPresets({ status: 'archived' })).data.map((one) => one.slug)).toContain(slug)
  expect(await deletePreset({ slug, actor: BOB })).toMatchObject({ deleted: true })
  expect((await refusal(deletePreset({ slug, actor: BOB }))).code).toBe('not_found')
  expect(await db().presetVersion.count({ where: { presetId: archived.data.id } })).toBe(0)
})

test('the list shows what changed last first, in pages', async () => {
  const first = await create()
  await create()
  await patch(first.slug, { name: 'Changed' })
  const { data, total_count } = await listPresets({ limit: 1 })
  expect(data.map(({ slug }) => slug)).toEqual([first.slug])
  expect(total_count).toBeGreaterThan(1)
  expect((await listPresets({ offset: total_count })).data).toEqual([])
})

test('a tool’s schema keeps its keys in the order in which they were written', async () => {
  const parameters = { type: 'object', properties: { zebra: {}, a: {}, middle: {} } }
  const { slug } = await create({
    config: { tools: [{ type: 'function', function: { name: 't', parameters } }] },
  })
  const { config } = (await getPreset(slug)).designated_version
  expect(JSON.stringify(config.tools)).toContain(JSON.stringify(parameters))
})

test('a live request creates a preset, and the next one becomes its new version', async () => {
  const save = (config: Record<string, unknown>) =>
    saveRequest({ slug: 'from-request', content: { systemPrompt: 'Be brief.', config }, actor: ADA })
  expect((await save({ temperature: 0 })).designated_version.version).toBe(1)
  expect((await save({ temperature: 1 })).designated_version).toMatchObject({
    version: 2,
    system_prompt: 'Be brief.',
    config: { temperature: 1 },
  })
  expect(await refusal(save({ temperature: 'hot' }))).toMatchObject({
    code: 'validation_failed',
    details: [{ path: 'temperature' }],
  })
})

test.each([
  ['the preset', () => getVersion({ slug: 'nobody', version: 1 }), '"nobody"'],
  ['its versions', () => listVersions({ slug: 'nobody' }), '"nobody"'],
  ['the preset to change', () => patch('nobody', { name: 'x' }), '"nobody"'],
])('without %s the answer is not_found and names it', async (_what, call, words) => {
  expect(await refusal(call())).toMatchObject({ code: 'not_found', message: expect.stringContaining(words) })
})

test('providers are kept by their slugs, whatever people call them', async () => {
  await db().provider.createMany({
    data: [
      {
        slug: 'our-bedrock',
        name: 'Amazon Bedrock',
        baseUrl: 'https://a.example/v1',
        apiShape: 'openai-chat',
      },
      { slug: 'deepinfra', name: 'DeepInfra', baseUrl: 'https://b.example/v1', apiShape: 'openai-chat' },
    ],
    skipDuplicates: true,
  })
  const provider = { order: ['Deep Infra/FP8', 'aws'], ignore: ['Nobody Yet'] }
  const { slug, designated_version: first } = await create({ config: { provider } })
  expect(first.config).toEqual({
    provider: { order: ['deepinfra/fp8', 'our-bedrock'], ignore: ['Nobody Yet'] },
  })
  const same = await patch(slug, {
    config: { provider: { ...provider, order: ['DeepInfra/fp8', 'Bedrock'] } },
  })
  expect(same.designated_version.version).toBe(1)
})
