import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { db } from '../platform/db.server'
import { readEnvironment } from '../platform/env.server'
import { AppError } from '../platform/errors'
import { createRecorder, type Recorder } from '../recorder/recorder.server'
import { makeRecord } from '../testing/make-record'
import { createRule } from './create-rule.server'
import { deleteRule } from './delete-rule.server'
import { listRules } from './list-rules.server'
import { orderRules } from './order-rules.server'
import { previewRules } from './preview-rules.server'
import { createUseCaseRuleBody, previewUseCaseRulesBody } from './schema'
import { updateRule } from './update-rule.server'

const actor = 'ada@example.com'
let recorder: Recorder

beforeAll(() => {
  recorder = createRecorder({ databaseUrl: readEnvironment().DATABASE_URL ?? '' })
})
afterAll(() => recorder.close())
beforeEach(() => db().useCaseRule.deleteMany())

const create = (input: Record<string, unknown>) =>
  createRule({ input: createUseCaseRuleBody.parse(input), actor })
const names = async () => (await listRules()).rules.map(({ useCase }) => useCase)

async function refusal(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(() => null).catch((thrown: unknown) => thrown)
  if (error instanceof AppError) return error
  throw new Error(`expected an AppError, got ${error}`)
}

async function record(app: string, useCase: string | null = null): Promise<string> {
  const sent = makeRecord({ startedAtMs: Date.now(), app, useCase })
  await recorder.record([sent], { apiKeyId: 1 })
  const row = await db().requestLog.findFirstOrThrow({ where: { id: sent.id } })
  return (await db().useCase.findUniqueOrThrow({ where: { id: row.useCaseId } })).slug
}

test('a rule takes effect with the answer that it was saved, and so does each change of it', async () => {
  const rule = await create({ useCase: 'shopping', app: 'shop-*' })
  expect(await record('shop-bot')).toBe('shopping')
  await updateRule({ id: rule.id, patch: { useCase: 'sales' }, actor })
  expect(await record('shop-bot')).toBe('sales')
  await updateRule({ id: rule.id, patch: { enabled: false }, actor })
  expect(await record('shop-bot')).toBe('unknown')
  await updateRule({ id: rule.id, patch: { enabled: true }, actor })
  await deleteRule({ id: rule.id, actor })
  expect(await record('shop-bot')).toBe('unknown')
})

test('order decides, and changing it takes effect at once', async () => {
  const first = await create({ useCase: 'first', app: '*bot' })
  const second = await create({ useCase: 'second', app: 'chat-*' })
  expect(await record('chat-bot')).toBe('first')
  await orderRules({ input: { ids: [second.id, first.id] }, actor })
  expect(await names()).toEqual(['second', 'first'])
  expect(await record('chat-bot')).toBe('second')
})

test('an order of other rules than there are is refused', async () => {
  const { id } = await create({ useCase: 'one', app: 'a' })
  await create({ useCase: 'two', app: 'b' })
  const other = '00000000-0000-4000-8000-000000000000'
  for (const ids of [[id], [id, id], [id, other], []]) {
    expect(await refusal(orderRules({ input: { ids }, actor }))).toMatchObject({ code: 'conflict' })
  }
  expect(await names()).toEqual(['one', 'two'])
})

test('two who add at the same time get two places', async () => {
  await Promise.all(
    Array.from({ length: 5 }, (_, index) => create({ useCase: `at once ${index}`, app: 'a' })),
  )
  const rows = await db().useCaseRule.findMany()
  expect(rows.map(({ position }) => position).sort()).toEqual([1, 2, 3, 4, 5])
})

test('there are at most 200 rules', async () => {
  await db().useCaseRule.createMany({
    data: Array.from({ length: 200 }, (_, index) => ({ useCase: 'many', app: 'a', position: index + 1 })),
  })
  expect(await refusal(create({ useCase: 'one more', app: 'a' }))).toMatchObject({ code: 'conflict' })
})

test('a rule keeps a pattern, and one that is not there is not found', async () => {
  const rule = await create({ useCase: 'one', app: 'a', tool: 'b' })
  expect(await updateRule({ id: rule.id, patch: { app: null }, actor })).toMatchObject({ app: null })
  expect(await refusal(updateRule({ id: rule.id, patch: { tool: null }, actor }))).toMatchObject({
    code: 'validation_failed',
    details: [{ path: 'app' }],
  })
  await deleteRule({ id: rule.id, actor })
  const gone = { code: 'not_found' }
  expect(await refusal(updateRule({ id: rule.id, patch: { enabled: false }, actor }))).toMatchObject(gone)
  expect(await refusal(deleteRule({ id: rule.id, actor }))).toMatchObject(gone)
})

test('what was done to rules is in the audit log, and what was not is not', async () => {
  const rule = await create({ useCase: 'audited', app: 'a' })
  await updateRule({ id: rule.id, patch: { useCase: 'audited', app: 'a' }, actor })
  await updateRule({ id: rule.id, patch: { app: 'b' }, actor })
  await orderRules({ input: { ids: [rule.id] }, actor })
  await deleteRule({ id: rule.id, actor })
  const entries = await db().auditLog.findMany({
    where: { target: `use-case-rule:${rule.id}` },
    orderBy: { id: 'asc' },
  })
  expect(entries.map(({ action, actor: by }) => [action, by])).toEqual([
    ['use-case-rule.create', actor],
    ['use-case-rule.update', actor],
    ['use-case-rule.delete', actor],
  ])
  expect(entries[1]?.detail).toEqual({ changed: ['app'] })
})

test('a preview counts the newest requests by app, and changes nothing', async () => {
  await record('preview-a')
  await record('preview-a', 'own')
  await record('preview-b')
  const { past, sample } = await previewRules(
    previewUseCaseRulesBody.parse({ draft: { app: 'PREVIEW-*' }, sample: { app: 'preview-a' } }),
  )
  expect(past).toMatchObject({
    fitting: 3,
    fittingWithoutUseCase: 2,
    isAtMost: false,
    apps: [
      { app: 'preview-a', requests: 2, withoutUseCase: 1 },
      { app: 'preview-b', requests: 1, withoutUseCase: 1 },
    ],
  })
  expect(past?.requests).toBeGreaterThanOrEqual(3)
  expect(sample).toMatchObject({ useCase: 'this rule', decidedBy: 0 })
  expect(await names()).toEqual([])
})
