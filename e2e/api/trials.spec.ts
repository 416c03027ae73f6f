import { type APIRequestContext, expect, test } from '@playwright/test'
import { ownModel } from '../own-model'
import { BEARER, SERVER } from '../server-under-test'
import {
  createGatewayKey,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
} from '../simulated-upstream'
import {
  connectSimulated,
  createPinnedPreset,
  interrupt,
  runTrialCommand,
  startTrialCommand,
} from '../trial-command'

const TRIALS = '/api/v1/trials'
const FAULTY = {
  faults: { invalid_json: 0.2, unknown_name: 0.15, schema_mismatch: 0.2, upstream_5xx: 0.1 },
}
/** Far from the server's time limits; MANY_CALLS of them last until they are stopped. */
const SLOW = { timeToFirstTokenMs: 500 }
const MANY_CALLS = 2_000

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterAll(() => upstream.stop())

/** A preset pinned to a provider of its own that behaves like `profile`. */
async function presetOn(request: APIRequestContext, profile: object) {
  const model = ownModel()
  const provider = await connectSimulated({ request, upstream, word: 'pinned', model, profile })
  return { preset: await createPinnedPreset({ request, model, provider }), provider, model }
}

async function start(request: APIRequestContext, data: object) {
  const response = await request.post(TRIALS, { headers: BEARER, data })
  expect(response.status(), await response.text()).toBe(201)
  return (await response.json()).data
}

async function read(request: APIRequestContext, path: string) {
  const response = await request.get(`${TRIALS}${path}`, { headers: BEARER })
  expect(response.status(), await response.text()).toBe(200)
  return (await response.json()).data
}

async function finished(request: APIRequestContext, id: string) {
  await expect.poll(async () => (await read(request, `/${id}`)).status, { timeout: 30_000 }).toBe('finished')
  return read(request, `/${id}`)
}

test('a trial on a faulty provider counts its errors by class', async ({ request }) => {
  const { preset, provider, model } = await presetOn(request, FAULTY)
  const begun = await start(request, { preset, calls: 96 })
  expect(begun).toMatchObject({ status: 'running', origin: 'page', presetVersion: 1 })
  const { summary } = await finished(request, begun.id)
  expect(summary.made).toBe(96)
  expect(Object.keys(summary.badByVerdict).sort()).toEqual([
    'invalid_json',
    'schema_mismatch',
    'unknown_name',
  ])
  expect(summary.errorsByClass.upstream_5xx).toBeGreaterThan(0)
  expect(summary.byProvider).toEqual([{ provider, calls: 96, errors: summary.errors }])
  expect(summary.toolUseRate).toBe(1)
  // What the simulator broke is what the trial found.
  const { byFault } = await upstream.stats(provider)
  expect(summary.badByVerdict).toEqual({
    invalid_json: byFault.invalid_json,
    unknown_name: byFault.unknown_name,
    schema_mismatch: byFault.schema_mismatch,
  })

  const calls = await read(request, `/${begun.id}/calls?only=errors`)
  expect(calls).toHaveLength(summary.errors)
  const bad = calls.find((call: { toolCalls: { verdict: string }[] }) =>
    call.toolCalls.some(({ verdict }) => verdict === 'schema_mismatch'),
  )
  expect(bad).toMatchObject({ provider, model, httpStatus: 200, presetVersion: 1, errorClass: null })
  const opened = await read(request, `/${begun.id}/calls/${bad.index}`)
  const broken = opened.toolCalls.find((call: { verdict: string }) => call.verdict === 'schema_mismatch')
  expect(JSON.parse(broken.arguments)).toBeInstanceOf(Object)
  expect(broken.schema.properties).toBeInstanceOf(Object)
  expect(broken.detail).not.toBe('')
  expect(opened.request.tools).toContain(broken.name)
  const generation = await request.get(`/api/v1/generation?id=${bad.generationId}`, { headers: BEARER })
  expect(generation.status()).toBe(200)
})

test('a trial can be stopped, and only two of pages run at a time', async ({ request }) => {
  const { preset } = await presetOn(request, SLOW)
  const first = await start(request, { preset, calls: MANY_CALLS, seconds: 60 })
  const second = await start(request, { preset, calls: MANY_CALLS, seconds: 60 })
  try {
    const third = await request.post(TRIALS, { headers: BEARER, data: { preset } })
    expect(third.status()).toBe(409)
    await expect.poll(async () => (await read(request, `/${first.id}`)).summary.made).toBeGreaterThan(0)
  } finally {
    for (const { id } of [first, second]) await request.post(`${TRIALS}/${id}/stop`, { headers: BEARER })
  }
  const stopped = await read(request, `/${first.id}`)
  expect(stopped.status).toBe('stopped')
  expect(stopped.summary.made).toBeLessThan(MANY_CALLS)
  expect(stopped.summary.errors).toBe(0)
})

const slowArgs = (preset: string) => [
  ...['--preset', preset, '--calls', String(MANY_CALLS), '--seconds', '60', '--json'],
]

test.describe('the command', () => {
  test('makes the calls itself, prints what came back, and the server keeps every call', async ({
    request,
  }) => {
    const { preset, provider } = await presetOn(request, FAULTY)
    const args = ['--preset', preset, '--calls', '36', '--concurrency', '6', '--seconds', '30', '--stream']
    const { exitCode, stdout } = await runTrialCommand(args)
    expect(exitCode).toBe(0)
    expect(stdout).toContain(
      `Trying @preset/${preset} version 1: 36 calls, 6 at a time, 30 s at most, streamed`,
    )
    const id = new RegExp(`${SERVER.url}/trials/([0-9a-f-]{36})`).exec(stdout)?.[1] ?? ''
    const trial = await read(request, `/${id}`)
    expect(trial).toMatchObject({
      status: 'finished',
      origin: 'command',
      creator: expect.stringMatching(/^key:/),
    })
    expect(trial.summary.made).toBe(36)
    expect(trial.summary.errors).toBeGreaterThan(0)
    expect(stdout).toContain(`${trial.summary.errors} errors`)
    expect(stdout).toContain(`provider   ${provider} 36 (${trial.summary.errors} errors)`)
  })

  test('prints the finished trial as JSON, and sends the same requests when it is run again', async ({
    request,
  }) => {
    const { preset } = await presetOn(request, {})
    const args = ['--preset', preset, '--calls', '24', '--json']
    const { stdout } = await runTrialCommand(args)
    const trial = JSON.parse(stdout)
    expect(trial).toMatchObject({ preset, status: 'finished', summary: { made: 24, errors: 0, clean: 24 } })
    expect((await read(request, `/${trial.id}`)).summary).toEqual(trial.summary)
    const scenariosOf = async (id: string) =>
      (await read(request, `/${id}/cells`)).map((cell: { scenario: string }) => cell.scenario)
    const again = JSON.parse((await runTrialCommand(args)).stdout)
    expect(await scenariosOf(again.id)).toEqual(await scenariosOf(trial.id))
  })

  test('stops on Ctrl-C and says so to the server', async ({ request }) => {
    const { preset } = await presetOn(request, SLOW)
    const { child, ended } = startTrialCommand({ args: slowArgs(preset) })
    const list = () => read(request, `?preset=${preset}`)
    await expect
      .poll(async () => (await list())[0]?.summary.made ?? 0, { timeout: 20_000 })
      .toBeGreaterThan(0)
    interrupt(child)
    const { stdout } = await ended
    expect(JSON.parse(stdout)).toMatchObject({ status: 'stopped' })
    expect((await list())[0]).toMatchObject({ status: 'stopped' })
  })

  test('stops when somebody presses stop on the page', async ({ request }) => {
    const { preset } = await presetOn(request, SLOW)
    const { ended } = startTrialCommand({ args: slowArgs(preset) })
    const list = () => read(request, `?preset=${preset}`)
    await expect.poll(async () => (await list()).length, { timeout: 20_000 }).toBe(1)
    const [{ id }] = await list()
    await request.post(`${TRIALS}/${id}/stop`, { headers: BEARER })
    expect(JSON.parse((await ended).stdout)).toMatchObject({ id, status: 'stopped' })
  })

  test('says in one sentence why it could not run', async ({ request }) => {
    test.slow()
    const { preset } = await presetOn(request, {})
    const args = ['--preset', preset]
    const failures = [
      { args: [], env: {}, says: /^Say which preset to try/ },
      { args, env: { SIGHTGLASS_API_KEY: '' }, says: /^Set SIGHTGLASS_API_KEY/ },
      { args, env: { SIGHTGLASS_API_KEY: 'sg_wrong_key' }, says: /refuses the API key.*unknown or revoked/ },
      {
        args,
        env: { SIGHTGLASS_URL: 'http://127.0.0.1:1' },
        says: /^No server answers at http:\/\/127\.0\.0\.1:1/,
      },
      { args: ['--preset', 'nowhere'], env: {}, says: /^There is no preset nowhere\.$/ },
      { args: [...args, '--calls', '0'], env: {}, says: /^--calls 0: expected 1 to 5000\.$/ },
    ]
    for (const { args, env, says } of failures) {
      const { exitCode, stdout, stderr } = await runTrialCommand(args, env)
      expect(stderr.trim()).toMatch(says)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    }
  })

  test('counts requests that no provider may serve, each with its class and message', async ({ request }) => {
    const model = ownModel()
    const preset = await createPinnedPreset({ request, model, provider: ownName('nobody') })
    const { exitCode, stdout } = await runTrialCommand(['--preset', preset, '--calls', '4', '--json'])
    expect(exitCode).toBe(0)
    const { id, summary } = JSON.parse(stdout)
    expect(summary).toMatchObject({ made: 4, errors: 4, errorsByClass: { not_found: 4 }, toolUseRate: null })
    const [call] = await read(request, `/${id}/calls`)
    expect(call).toMatchObject({ httpStatus: 404, provider: null })
    expect(call.errorMessage).toContain(model)
  })
})

test('starting needs the scope gateway, reading the scope read', async ({ request }) => {
  const { preset } = await presetOn(request, {})
  const { key } = await createGatewayKey(request)
  const caller = { authorization: `Bearer ${key}` }
  const command = { preset, origin: 'command' }
  const started = await request.post(TRIALS, { headers: caller, data: command })
  expect(started.status()).toBe(201)
  const { id } = (await started.json()).data
  expect((await request.get(TRIALS, { headers: caller })).status()).toBe(403)
  const data = { name: 'reader', scopes: ['read'] }
  const reader = await (await request.post('/api/keys', { headers: BEARER, data })).json()
  const headers = { authorization: `Bearer ${reader.key}` }
  expect((await request.get(`${TRIALS}/${id}`, { headers })).status()).toBe(200)
  expect((await request.post(TRIALS, { headers, data: command })).status()).toBe(403)
  expect((await request.post(`${TRIALS}/${id}/stop`, { headers })).status()).toBe(403)
  expect((await request.get(TRIALS)).status()).toBe(401)
  const report = { calls: [], status: 'finished' }
  const foreign = await request.post(`${TRIALS}/${id}/calls`, { headers: BEARER, data: report })
  expect(foreign.status()).toBe(403)
  const own = await request.post(`${TRIALS}/${id}/calls`, { headers: caller, data: report })
  expect(await own.json()).toEqual({ isStopped: false })
})

test('what a trial cannot be is refused by the name of the field', async ({ request }) => {
  const post = async (data: object) => {
    const response = await request.post(TRIALS, { headers: BEARER, data })
    const { error } = await response.json()
    return {
      status: response.status(),
      message: error.message,
      paths: error.details?.map((one: { path: string }) => one.path),
    }
  }
  expect(await post({ preset: 'nowhere' })).toMatchObject({
    status: 404,
    message: 'There is no preset nowhere.',
  })
  expect(await post({ preset: 'nowhere', calls: 0, seconds: 601, concurrency: 'many' })).toMatchObject({
    status: 422,
    paths: ['calls', 'concurrency', 'seconds'],
  })
  expect(await post({ preset: 'No Slug', extra: 1 })).toMatchObject({ status: 422 })
  const missing = crypto.randomUUID()
  expect((await request.get(`${TRIALS}/${missing}`, { headers: BEARER })).status()).toBe(404)
  expect((await request.get(`${TRIALS}/not-an-id`, { headers: BEARER })).status()).toBe(404)
  expect((await request.delete(`${TRIALS}/${missing}`, { headers: BEARER })).status()).toBe(404)
  expect((await request.get(`${TRIALS}?limit=0`, { headers: BEARER })).status()).toBe(400)
})

test('a deleted trial is gone', async ({ request }) => {
  const { preset } = await presetOn(request, {})
  const { id } = await start(request, { preset, calls: 3 })
  await finished(request, id)
  expect((await request.delete(`${TRIALS}/${id}`, { headers: BEARER })).status()).toBe(200)
  expect((await request.get(`${TRIALS}/${id}/cells`, { headers: BEARER })).status()).toBe(404)
})
