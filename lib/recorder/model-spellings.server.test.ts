import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnvironment } from '../platform/env.server'
import { makeRecord } from '../testing/make-record'
import { aliasSpellings } from './alias-spellings.server'
import { createRecorder, type Recorder } from './recorder.server'

const databaseUrl = readEnvironment().DATABASE_URL ?? ''
const startedAtMs = Date.now()

let client: pg.Client
let recorder: Recorder

beforeAll(async () => {
  client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  recorder = createRecorder({ databaseUrl })
})
afterAll(async () => {
  await recorder.close()
  await client.end()
})

const record = (...models: string[]) =>
  recorder.record(
    models.map((model) => makeRecord({ startedAtMs, model })),
    { apiKeyId: 1 },
  )

/** The model that a logged name counts as, with its author. */
async function modelOf(slug: string): Promise<string | undefined> {
  const { rows } = await client.query<{ told: string }>(
    `SELECT canonical.slug || ' by ' || author.slug AS told FROM model
       JOIN model AS canonical ON canonical.id = coalesce(model.alias_of, model.id)
       JOIN author ON author.id = canonical.author_id
     WHERE model.slug = $1`,
    [slug],
  )
  return rows[0]?.told
}

test('spellings seen for the first time are other names of one model, in whatever order they come', async () => {
  await record('anthropic/claude-opus-4-5-20251101', 'anthropic/claude-opus-4-5@20251101')
  await record('anthropic/claude-opus-4.5', 'acme/atlas-120b')
  const told = 'anthropic/claude-opus-4.5 by anthropic'
  expect(await modelOf('anthropic/claude-opus-4-5-20251101')).toBe(told)
  expect(await modelOf('anthropic/claude-opus-4-5@20251101')).toBe(told)
  expect(await modelOf('anthropic/claude-opus-4.5')).toBe(told)
  expect(await modelOf('acme/atlas-120b')).toBe('acme/atlas-120b by acme')
})

test('what an operator says of a name stands: of the model, and of its spelling', async () => {
  await record('acme/own', 'openai/gpt-x')
  await client.query(`UPDATE model SET alias_of = (SELECT id FROM model WHERE slug = 'acme/own')
    WHERE slug = 'openai/gpt-x'`)
  await record('openai/gpt-x-2026-01-02')
  expect(await modelOf('openai/gpt-x-2026-01-02')).toBe('acme/own by acme')
  await client.query(`UPDATE model SET alias_of = NULL WHERE slug = 'openai/gpt-x-2026-01-02'`)
  await createRecorderAgain('openai/gpt-x-2026-01-02')
  expect(await modelOf('openai/gpt-x-2026-01-02')).toBe('openai/gpt-x-2026-01-02 by openai')
})

async function createRecorderAgain(model: string): Promise<void> {
  const other = createRecorder({ databaseUrl })
  await other.record([makeRecord({ startedAtMs, model })], { apiKeyId: 1 })
  await other.close()
}

test('an upgrade joins spellings of before once, but those that an operator named or the gateway serves', async () => {
  await client.query(`DELETE FROM app_setting WHERE key = 'modelSpellings'`)
  await client.query(`INSERT INTO author (slug) VALUES ('qwen') ON CONFLICT DO NOTHING`)
  const insert = (slug: string, name: string | null) =>
    client.query(
      `INSERT INTO model (slug, author_id, name) SELECT $1, id, $2 FROM author WHERE slug = 'qwen' RETURNING id`,
      [slug, name],
    )
  await insert('qwen/Qwen9-Max', null)
  await insert('qwen/Qwen9-Named', 'Ours')
  const served = await insert('qwen/Qwen9-Served', null)
  await client.query(
    `INSERT INTO endpoint (model_id, provider_id, enabled) SELECT $1, min(id), true FROM provider`,
    [served.rows[0].id],
  )
  await aliasSpellings(client)
  expect(await modelOf('qwen/Qwen9-Max')).toBe('qwen/qwen9-max by qwen')
  expect(await modelOf('qwen/Qwen9-Named')).toBe('qwen/Qwen9-Named by qwen')
  expect(await modelOf('qwen/Qwen9-Served')).toBe('qwen/Qwen9-Served by qwen')
  await client.query(`UPDATE model SET alias_of = NULL WHERE slug = 'qwen/Qwen9-Max'`)
  await aliasSpellings(client)
  expect(await modelOf('qwen/Qwen9-Max')).toBe('qwen/Qwen9-Max by qwen')
})
