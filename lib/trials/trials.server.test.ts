import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashApiKey } from '@/lib/access/api-key'
import { db } from '@/lib/platform/db.server'
import { setEnvironment } from '@/lib/platform/env.server'
import { AppError } from '@/lib/platform/errors'
import { createPreset } from '@/lib/presets/create-preset.server'
import { updatePreset } from '@/lib/presets/update-preset.server'
import { deleteTrial } from './delete-trial.server'
import { MAX_PAGE_RUNS, pageRuns } from './page-runs.server'
import { readCall, readCalls, readCells } from './read-calls.server'
import { listTrials, readTrial } from './read-trials.server'
import { reportCalls } from './report-calls.server'
import { scenarioFor } from './scenarios'
import { startTrialBody, type TrialCall } from './schema'
import { startTrial } from './start-trial.server'
import { stopTrial } from './stop-trial.server'

const ADA = 'ada@example.com'
const OTHER = 'key:other'

/** Stands where this process's own gateway would: answers at once, or never while `isHanging`. */
let gateway: Server
let isHanging = false
let keys: (string | undefined)[] = []
let presets = 0

beforeAll(async () => {
  gateway = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    keys.push(request.headers.authorization)
    if (isHanging) return
    const { tools } = JSON.parse(text)
    const toolCalls = [{ function: { name: tools[0].function.name, arguments: '{}' } }]
    response.writeHead(200, { 'content-type': 'application/json', 'x-preset-version': '1' })
    response.end(
      JSON.stringify({
        id: 'gen-1',
        provider: 'Helios',
        choices: [{ finish_reason: 'tool_calls', message: { tool_calls: toolCalls } }],
      }),
    )
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', () => resolve()))
  const address = gateway.address()
  setEnvironment({
    HOST: '127.0.0.1',
    PORT: String(address && typeof address === 'object' ? address.port : 0),
  })
})

afterAll(async () => {
  await pageRuns().stopAll('The tests are over.')
  gateway.closeAllConnections()
  gateway.close()
})

async function ownPreset(): Promise<string> {
  presets += 1
  const slug = `trial-preset-${presets}`
  await createPreset({ input: { slug }, actor: ADA })
  return slug
}

async function start(over: Record<string, unknown> = {}, actor = ADA) {
  const preset = await ownPreset()
  return startTrial({ input: startTrialBody.parse({ preset, calls: 5, ...over }), actor })
}

const startCommand = (over: Record<string, unknown> = {}) => start({ origin: 'command', ...over })

const report = (id: string, calls: TrialCall[], ending: object = {}, actor = ADA) =>
  reportCalls({ id, reporter: { origin: 'command', actor }, report: { calls, ...ending } })

function call(index: number, over: Partial<TrialCall> = {}): TrialCall {
  return {
    index,
    startedAt: new Date().toISOString(),
    durationMs: 100 + index,
    scenario: 'book a room',
    generationId: `gen-${index}`,
    provider: 'Helios',
    model: 'acme/atlas-120b',
    httpStatus: 200,
    errorClass: null,
    errorMessage: null,
    finishReason: 'tool_calls',
    presetVersion: 1,
    toolCalls: [{ name: 'book_room', arguments: '{}', verdict: 'valid', detail: null }],
    ...over,
  }
}

const BAD: Partial<TrialCall> = {
  toolCalls: [
    {
      name: 'book_room',
      arguments: '{',
      verdict: 'invalid_json',
      detail: 'not JSON',
      schema: { type: 'object' },
    },
  ],
}
const REFUSED: Partial<TrialCall> = {
  httpStatus: 502,
  errorClass: 'upstream_5xx',
  errorMessage: 'gone',
  provider: null,
  toolCalls: [],
}

async function refusal(promise: Promise<unknown>): Promise<Pick<AppError, 'code' | 'message'>> {
  const error = await promise.then(() => null).catch((thrown: unknown) => thrown)
  if (error instanceof AppError) return error
  throw new Error(`expected an AppError, got ${error}`)
}

test('a trial of a page is run by this process, with a key of its own, to its end', async () => {
  keys = []
  const begun = await start()
  expect(begun).toMatchObject({ status: 'running', origin: 'page', presetVersion: 1, creator: ADA, calls: 5 })
  await expect.poll(async () => (await readTrial(begun.id)).status).toBe('finished')
  const ended = await readTrial(begun.id)
  expect(ended.endedAt).not.toBeNull()
  expect(ended.summary).toMatchObject({
    made: 5,
    errors: 5,
    badByVerdict: { schema_mismatch: 5 },
    byProvider: [{ provider: 'Helios', calls: 5, errors: 5 }],
  })
  const [key] = new Set(keys)
  const stored = await db().apiKey.findUnique({
    where: { keyHash: hashApiKey(key?.replace('Bearer ', '') ?? '') },
  })
  expect(stored).toMatchObject({ name: 'Trials', scopes: ['gateway'], revokedAt: null })
  expect(await db().apiKey.count({ where: { name: 'Trials' } })).toBe(1)
})

test('a command reports its calls; sending them again changes nothing', async () => {
  const { id } = await startCommand()
  expect(await report(id, [call(0), call(1, BAD)])).toEqual({ isStopped: false })
  await report(id, [call(1), call(2, REFUSED)])
  const expected = {
    made: 3,
    clean: 1,
    errors: 2,
    errorsByClass: { upstream_5xx: 1 },
    badByVerdict: { invalid_json: 1 },
  }
  expect(await readTrial(id)).toMatchObject({ status: 'running', summary: expected })
  await report(id, [], { status: 'failed', problem: 'The gateway went away.' })
  const ended = await readTrial(id)
  expect(ended).toMatchObject({ status: 'failed', problem: 'The gateway went away.', summary: expected })
})

test('calls are read in order, the failed ones alone when asked, and one by one', async () => {
  const { id } = await startCommand()
  await report(id, [call(4, REFUSED), call(0), call(2, BAD), call(1)])
  expect((await readCalls({ id })).map(({ index }) => index)).toEqual([0, 1, 2, 4])
  expect((await readCalls({ id, limit: 2 })).map(({ index }) => index)).toEqual([0, 1])
  expect((await readCalls({ id, only: 'errors' })).map(({ index }) => index)).toEqual([2, 4])
  expect((await readCalls({ id, only: 'errors', limit: 1 })).map(({ index }) => index)).toEqual([2])
  const { startedAt, request, ...kept } = await readCall({ id, index: 2 })
  expect(kept).toEqual({ ...call(2, BAD), startedAt: undefined })
  expect(request).toBeNull()
  expect(Date.parse(startedAt)).not.toBeNaN()
  expect(await readCells(id)).toEqual([
    { index: 0, outcome: 'clean', provider: 'Helios', durationMs: 100, scenario: 'book a room' },
    { index: 1, outcome: 'clean', provider: 'Helios', durationMs: 101, scenario: 'book a room' },
    { index: 2, outcome: 'invalid_json', provider: 'Helios', durationMs: 102, scenario: 'book a room' },
    { index: 4, outcome: 'upstream_5xx', provider: null, durationMs: 104, scenario: 'book a room' },
  ])
  expect(await refusal(readCall({ id, index: 3 }))).toMatchObject({ code: 'not_found' })
})

test('an opened call says what it asked for, when this server knows its request', async () => {
  const { id } = await startCommand({ seed: 9 })
  const { name, prompt, tools } = scenarioFor({ seed: 9, index: 3 })
  await report(id, [call(3, { scenario: name })])
  expect((await readCall({ id, index: 3 })).request).toMatchObject({
    prompt,
    tools: tools.map((tool) => tool.function.name),
  })
})

test('a report is refused for calls, people and trials it is not for', async () => {
  const { id } = await startCommand()
  expect(await refusal(report(id, [call(5)]))).toMatchObject({ code: 'validation_failed' })
  expect(await refusal(report(id, [call(0)], {}, OTHER))).toMatchObject({ code: 'forbidden' })
  expect(await refusal(report(crypto.randomUUID(), []))).toMatchObject({ code: 'not_found' })
  const page = await start()
  expect(await refusal(report(page.id, []))).toMatchObject({ code: 'conflict' })
  await report(id, [], { status: 'finished' })
  await db().trial.update({ where: { id }, data: { endedAt: new Date(Date.now() - 31_000) } })
  expect(await refusal(report(id, [call(0)]))).toMatchObject({ code: 'conflict' })
})

test('stop reaches a command through its next report, whose calls still count', async () => {
  const { id } = await startCommand()
  expect(await stopTrial(id)).toMatchObject({ status: 'stopped', problem: null })
  expect(await report(id, [call(0)])).toEqual({ isStopped: true })
  await report(id, [call(1)], { status: 'finished' })
  expect(await readTrial(id)).toMatchObject({ status: 'stopped', summary: { made: 2 } })
  expect(await stopTrial(id)).toMatchObject({ status: 'stopped' })
})

test('stop ends a trial of a page at once, and a shutdown says so', async () => {
  isHanging = true
  try {
    const stopped = await start({ seconds: 60 })
    expect(await stopTrial(stopped.id)).toMatchObject({
      status: 'stopped',
      problem: null,
      summary: { made: 0 },
    })
    const shutDown = await start({ seconds: 60 })
    await pageRuns().stopAll('The server was shut down.')
    expect(await readTrial(shutDown.id)).toMatchObject({
      status: 'stopped',
      problem: 'The server was shut down.',
    })
    expect(pageRuns().count()).toBe(0)
  } finally {
    isHanging = false
  }
})

test('no more trials of pages run at a time than may; commands are not counted', async () => {
  await pageRuns().stopAll('Other tests are over.')
  isHanging = true
  try {
    const running = []
    for (let count = 0; count < MAX_PAGE_RUNS; count += 1) running.push(await start({ seconds: 60 }))
    expect(await refusal(start())).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(String(MAX_PAGE_RUNS)),
    })
    expect((await startCommand()).status).toBe('running')
    for (const { id } of running) await stopTrial(id)
  } finally {
    isHanging = false
  }
  expect((await start()).status).toBe('running')
})

test('a trial without a sign of life is lost', async () => {
  const { id } = await startCommand()
  const seenAt = new Date(Date.now() - 16_000)
  await db().trial.update({ where: { id }, data: { seenAt } })
  expect(await readTrial(id)).toMatchObject({ status: 'lost', endedAt: seenAt.toISOString() })
  await report(id, [call(0)])
  expect(await readTrial(id)).toMatchObject({ status: 'running' })
})

test('a preset that is not there or not active cannot be tried', async () => {
  const input = startTrialBody.parse({ preset: 'nowhere' })
  const missing = await refusal(startTrial({ input, actor: ADA }))
  expect(missing).toMatchObject({ code: 'not_found', message: 'There is no preset nowhere.' })
  const preset = await ownPreset()
  await updatePreset({ slug: preset, patch: { status: 'archived' }, actor: ADA })
  const archived = await refusal(startTrial({ input: { ...input, preset }, actor: ADA }))
  expect(archived).toMatchObject({ code: 'conflict', message: expect.stringContaining('archived') })
})

test('trials are listed newest first, of one preset when asked', async () => {
  const first = await startCommand()
  const second = await startCommand()
  const ids = (await listTrials({})).map(({ id }) => id)
  expect(ids.indexOf(second.id)).toBeLessThan(ids.indexOf(first.id))
  expect((await listTrials({ preset: first.preset })).map(({ id }) => id)).toEqual([first.id])
  expect(await listTrials({ limit: 1 })).toHaveLength(1)
})

test('a deleted trial is gone with its calls', async () => {
  const { id } = await startCommand()
  await report(id, [call(0)])
  expect(await deleteTrial(id)).toMatchObject({ id, summary: { made: 1 } })
  expect(await db().trialCall.count({ where: { trialId: id } })).toBe(0)
  expect(await refusal(readTrial(id))).toMatchObject({ code: 'not_found' })
  expect(await refusal(report(id, []))).toMatchObject({ code: 'not_found' })
})
