import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createApiKey } from '../access/manage-keys.server'
import { readRankings } from '../analytics/rankings/read-rankings.server'
import { rankingsQuery } from '../analytics/rankings/schema'
import { toRecord } from '../formats/sightglass/to-record'
import { db } from '../platform/db.server'
import { readEnvironment } from '../platform/env.server'
import { createCheckBudget } from '../records/check-budget'
import type { UseCaseSignals } from '../records/request-record'
import { makeRecord } from '../testing/make-record'
import { announceLabelChange, startLabels } from './labels.server'
import { rebuildRollups } from './rebuild.server'
import { createRecorder, type Recorder } from './recorder.server'

// Rules and declarations through the real recorder, into the facts.

const { DATABASE_URL: databaseUrl = '' } = readEnvironment()
let recorder: Recorder
let sent = 0
let keys: { agent: number; plain: number }

beforeAll(async () => {
  recorder = createRecorder({ databaseUrl })
  const key = (name: string) =>
    createApiKey({ name, scopes: ['ingest'], requestsPerMinute: null, actor: 'test' })
  const [agent, plain] = [await key('labels agent'), await key('labels plain')]
  keys = { agent: agent.id, plain: plain.id }
  await db().apiKey.update({ where: { id: agent.id }, data: { declaredCallerKind: 'agentic' } })
  await announceLabelChange()
})

afterAll(() => recorder.close())

const stored = z
  .array(z.object({ use_case: z.string(), caller_kind: z.string(), caller_reason: z.string() }))
  .length(1)

/** What became of a record once it was committed. */
async function record(
  fields: { app?: string; useCase?: string; callerKind?: string; tools?: unknown[] },
  { apiKeyId = keys.plain, signals }: { apiKeyId?: number; signals?: UseCaseSignals } = {},
) {
  sent += 1
  const wire = { id: `label-${sent}`, startedAt: new Date().toISOString(), model: 'acme/atlas', ...fields }
  const read = toRecord(wire, { nowMs: Date.now(), unknownFields: new Set(), budget: createCheckBudget() })
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  const one = { ...read.record, ...(signals ? { useCaseSignals: signals } : {}) }
  expect(await recorder.record([one], { apiKeyId })).toMatchObject({ accepted: 1 })
  const rows = await db().$queryRaw`
    SELECT use_case.slug AS use_case, caller_kind::text, caller_reason::text
    FROM request_log JOIN use_case ON use_case.id = use_case_id WHERE request_log.id = ${one.id}::uuid`
  return stored.parse(rows)[0]
}

let position = 0
async function addRule(rule: { useCase: string; app?: string; tool?: string; systemPrompt?: string }) {
  position += 1
  return db().useCaseRule.create({ data: { ...rule, position } })
}

test('a rule gives new requests their use case once it is announced', async () => {
  expect(await record({ app: 'ide' })).toMatchObject({ use_case: 'unknown' })
  await addRule({ useCase: 'coding', app: 'ide' })
  await announceLabelChange()
  expect(await record({ app: 'ide' })).toMatchObject({ use_case: 'coding' })
  expect(await record({ app: 'ide', useCase: 'own' })).toMatchObject({ use_case: 'own' })
})

test('rules see the tools and the prompt of those formats that carry them', async () => {
  await addRule({ useCase: 'mail', tool: 'send_*' })
  await addRule({ useCase: 'review', systemPrompt: '*review*' })
  await announceLabelChange()
  expect(await record({ app: 'a', tools: [{ name: 'send_mail' }] })).toMatchObject({ use_case: 'mail' })
  const signals = { toolNames: null, systemPrompt: 'You REVIEW code.' }
  expect(await record({ app: 'a' }, { signals })).toMatchObject({ use_case: 'review' })
  expect(await record({ app: 'a' })).toMatchObject({ use_case: 'unknown' })
})

test('a change that nobody announces is noticed within seconds', async () => {
  await addRule({ useCase: 'elsewhere', app: 'other-process' })
  await vi.waitFor(
    async () => expect(await record({ app: 'other-process' })).toMatchObject({ use_case: 'elsewhere' }),
    { timeout: 20_000, interval: 200 },
  )
})

test('declared caller kinds: the record before the app, the app before the key', async () => {
  expect(await record({ app: 'declared-app' })).toMatchObject({ caller_kind: 'unknown' })
  await db().app.update({ where: { slug: 'declared-app' }, data: { declaredCallerKind: 'human' } })
  await announceLabelChange()
  const declared = { caller_reason: 'declared' }
  const byAgent = { apiKeyId: keys.agent }
  expect(await record({ app: 'declared-app' })).toMatchObject({ ...declared, caller_kind: 'human' })
  expect(await record({ app: 'any' }, byAgent)).toMatchObject({ ...declared, caller_kind: 'agentic' })
  expect(await record({ app: 'declared-app' }, byAgent)).toMatchObject({ caller_kind: 'human' })
  expect(await record({ app: 'declared-app', callerKind: 'agentic' })).toMatchObject({
    caller_kind: 'agentic',
  })
})

test('rebuilding rollups keeps the labels that requests were recorded with', async () => {
  await record({ app: 'kept-app' })
  await addRule({ useCase: 'too late', app: 'kept-app' })
  await db().app.update({ where: { slug: 'kept-app' }, data: { declaredCallerKind: 'agentic' } })
  await announceLabelChange()
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()
  const nowMs = Date.now()
  for await (const day of rebuildRollups(client, { fromMs: nowMs - 60_000, toMs: nowMs + 60_000 })) {
    expect(day.changed).toBe(false)
  }
  await client.end()
  const parameters = { period: '24h', by: 'useCase' }
  const { rows } = await readRankings(rankingsQuery.parse(parameters), nowMs)
  expect(rows.map(({ key }) => key)).not.toContain('too late')
  expect(await record({ app: 'kept-app' })).toMatchObject({ use_case: 'too late', caller_kind: 'agentic' })
})

test('the first record waits for the rules of a database that answers', async () => {
  const fresh = createRecorder({ databaseUrl })
  const first = makeRecord({ startedAtMs: Date.now(), app: 'ide' })
  await fresh.record([first], { apiKeyId: keys.plain })
  await fresh.close()
  const request = await db().requestLog.findFirstOrThrow({ where: { id: first.id } })
  const useCase = await db().useCase.findUniqueOrThrow({ where: { slug: 'coding' } })
  expect(request.useCaseId).toBe(useCase.id)
})

test('without an answer from Postgres the last known rules go on, and none hold nobody up', async () => {
  const labels = startLabels({ freshMs: 20 })
  await labels.ready()
  const known = labels.current()
  expect(known?.useCaseRules.length).toBeGreaterThan(0)
  await db().$executeRaw`ALTER TABLE use_case_rule RENAME TO use_case_rule_away`
  try {
    await announceLabelChange()
    expect(labels.current()).toEqual(known)
    const late = startLabels()
    await late.ready()
    expect(late.current()).toMatchObject({ useCaseRules: [] })
    await late.close()
    expect(await record({ app: 'ide' })).toMatchObject({ use_case: 'coding' })
  } finally {
    await db().$executeRaw`ALTER TABLE use_case_rule_away RENAME TO use_case_rule`
    await labels.close()
  }
})
