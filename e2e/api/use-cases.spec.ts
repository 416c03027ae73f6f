import { type APIRequestContext, expect, test } from '@playwright/test'
import { ask, errorOf, onlyProvider, post, SHAPES } from '../gateway-client'
import { ownModel } from '../own-model'
import { addRule, deleteOwnRules, RULES, useCasesOf } from '../own-rules'
import { type Asked, startScriptedUpstream } from '../scripted-upstream'
import { BEARER } from '../server-under-test'
import {
  connect,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
  tidyUp,
} from '../simulated-upstream'

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterEach(({ request }) => deleteOwnRules(request))
test.afterAll(async ({ request }) => {
  await tidyUp(request)
  await upstream.stop()
})

const asApp = (app: string, more: Record<string, string> = {}) => ({ ...BEARER, 'x-title': app, ...more })

async function expectUseCases(
  request: APIRequestContext,
  model: string,
  expected: Record<string, number>,
): Promise<void> {
  const candidates = [...Object.keys(expected), 'unknown']
  await expect.poll(() => useCasesOf(request, model, candidates)).toEqual(expected)
}

for (const shape of SHAPES) {
  const tool = (name: string) =>
    shape === 'openai'
      ? { type: 'function', function: { name, parameters: { type: 'object' } } }
      : { name, input_schema: { type: 'object' } }
  const withPrompt = (model: string, text: string) =>
    shape === 'openai'
      ? ask(model, {
          messages: [
            { role: 'system', content: text },
            { role: 'user', content: 'Hi' },
          ],
        })
      : ask(model, { system: [{ type: 'text', text }] })

  test(`${shape}: rules tell from the tools and the system prompt of a request`, async ({ request }) => {
    const { model } = await onlyProvider(request, { upstream, apiShape: shape })
    const mark = ownName('mark')
    const byTool = await addRule(request, { tool: `${mark}_*` })
    const byPrompt = await addRule(request, { systemPrompt: `*${mark} REVIEWS code*` })
    for (const body of [
      ask(model, { tools: [tool('other'), tool(`${mark}_Send`)] }),
      withPrompt(model, `Be kind.\nYou are ${mark}\n reviews   code all day.`),
      withPrompt(model, 'You are somebody else.'),
    ]) {
      expect((await post(shape, body)).status).toBe(200)
    }
    await expectUseCases(request, model, { [byTool.useCase]: 1, [byPrompt.useCase]: 1, unknown: 1 })
  })

  test(`${shape}: the header goes before rules`, async ({ request }) => {
    const { model } = await onlyProvider(request, { upstream, apiShape: shape })
    const app = ownName('app')
    const rule = await addRule(request, { app })
    const useCase = ownName('Said by / header')
    await post(shape, ask(model), { headers: asApp(app, { 'x-sightglass-use-case': ` ${useCase} ` }) })
    await post(shape, ask(model), { headers: asApp(app, { 'x-sightglass-use-case': '' }) })
    await expectUseCases(request, model, { [useCase]: 1, [rule.useCase]: 1 })
  })

  test(`${shape}: a header that is no name is refused with what is expected`, async ({ request }) => {
    const { model, provider } = await onlyProvider(request, { upstream, apiShape: shape })
    for (const value of ['<script>', 'x'.repeat(101), 'unknown', '-dash']) {
      const sent = await post(shape, ask(model), {
        headers: asApp('any', { 'x-sightglass-use-case': value }),
      })
      expect(sent.status, sent.text).toBe(400)
      expect(errorOf(shape, sent).message).toContain('X-Sightglass-Use-Case')
    }
    expect((await upstream.stats(provider)).requests).toBe(0)
  })
}

test('the header is not passed on', async ({ request }) => {
  const asked: Asked[] = []
  const provider = ownName('listening')
  const answer = {
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1 },
  }
  const scripted = await startScriptedUpstream(
    new Map([
      [
        provider,
        (response, question) => {
          asked.push(question)
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
        },
      ],
    ]),
  )
  const model = ownModel()
  await connect(request, { provider, model, upstreamUrl: scripted.url })
  await post('openai', ask(model), { headers: asApp('any', { 'x-sightglass-use-case': 'secret purpose' }) })
  await scripted.stop()
  expect(asked).toHaveLength(1)
  expect(JSON.stringify(asked)).not.toMatch(/use-case|secret purpose/i)
})

test('what a log says goes before rules, and a changed rule counts at once for new records alone', async ({
  request,
}) => {
  const model = ownModel()
  const app = ownName('app')
  const send = async (id: string, more: object = {}) => {
    const record = { id, startedAt: new Date().toISOString(), model, app, promptTokens: 1, ...more }
    const answer = await request.post('/api/v1/ingest', { headers: BEARER, data: record })
    expect(await answer.json()).toMatchObject({ accepted: 1 })
  }
  await send('1')
  const rule = await addRule(request, { app: `${app.toUpperCase()}*` })
  await send('2')
  await send('3', { useCase: 'own words' })
  const second = ownName('second')
  await request.patch(`${RULES}/${rule.id}`, { headers: BEARER, data: { useCase: second } })
  await send('4')
  await send('5', { tools: [{ name: 'x' }], useCase: 'unknown' })
  await request.patch(`${RULES}/${rule.id}`, { headers: BEARER, data: { enabled: false } })
  await send('6')
  await expectUseCases(request, model, { unknown: 2, [rule.useCase]: 1, 'own words': 1, [second]: 2 })
})

test('rules are listed in order, reordered, and deleted', async ({ request }) => {
  const list = async () => {
    const answer = await request.get(RULES, { headers: BEARER })
    const { rules } = await answer.json()
    return rules.map(({ id }: { id: string }) => id)
  }
  const before = await list()
  const first = await addRule(request, { app: 'a' })
  const second = await addRule(request, { tool: 'b', enabled: false })
  expect(await list()).toEqual([...before, first.id, second.id])
  const ids = [second.id, ...before, first.id]
  const ordered = await request.put(`${RULES}/order`, { headers: BEARER, data: { ids } })
  expect((await ordered.json()).rules.map(({ id }: { id: string }) => id)).toEqual(ids)
  const stale = await request.put(`${RULES}/order`, { headers: BEARER, data: { ids: [first.id] } })
  expect(stale.status()).toBe(409)
  const gone = await request.delete(`${RULES}/${first.id}`, { headers: BEARER })
  expect(await gone.json()).toEqual({ deleted: true })
  expect((await request.delete(`${RULES}/${first.id}`, { headers: BEARER })).status()).toBe(404)
  expect(await list()).toEqual([second.id, ...before])
})

test('bad rules are refused, field by field', async ({ request }) => {
  const cases: [object, string, RegExp][] = [
    [{ app: 'a' }, 'useCase', /name/],
    [{ useCase: '<b>', app: 'a' }, 'useCase', /letters/],
    [{ useCase: 'unknown', app: 'a' }, 'useCase', /stands for none/],
    [{ useCase: 'x' }, 'app', /at least one/],
    [{ useCase: 'x', app: '  ' }, 'app', /pattern/],
    [{ useCase: 'x', tool: 'y'.repeat(201) }, 'tool', /200/],
    [{ useCase: 'x', systemPrompt: 7 }, 'systemPrompt', /pattern/],
    [{ useCase: 'x', app: 'a', enabled: 'yes' }, 'enabled', /true or false/],
  ]
  for (const [data, path, message] of cases) {
    const answer = await request.post(RULES, { headers: BEARER, data })
    expect(answer.status(), JSON.stringify(data)).toBe(422)
    const { details } = (await answer.json()).error
    expect(details).toEqual([{ path, message: expect.stringMatching(message) }])
  }
  expect((await request.patch(`${RULES}/no-id`, { headers: BEARER, data: { enabled: true } })).status()).toBe(
    404,
  )
})

test('a preview says what a draft fits, and which rule decides a sample', async ({ request }) => {
  const model = ownModel()
  const app = ownName('tried')
  const record = { id: app, startedAt: new Date().toISOString(), model, app, promptTokens: 1 }
  await request.post('/api/v1/ingest', { headers: BEARER, data: record })
  const rule = await addRule(request, { tool: `${app}_*` })
  const sample = { app, toolNames: [`${app}_x`], systemPrompt: null }
  const answer = await request.post(`${RULES}/preview`, { headers: BEARER, data: { draft: { app }, sample } })
  expect(answer.status(), await answer.text()).toBe(200)
  const preview = await answer.json()
  expect(preview.past).toMatchObject({
    fitting: 1,
    fittingWithoutUseCase: 1,
    isAtMost: false,
    apps: [{ app, requests: 1, withoutUseCase: 1 }],
  })
  expect(preview.sample.useCase).toBe(rule.useCase)
  expect(preview.sample.rules[preview.sample.decidedBy]).toMatchObject({
    id: rule.id,
    fits: true,
    fields: [{ field: 'tool', result: 'fits', fitted: `${app}_x` }],
  })
  const nothing = await request.post(`${RULES}/preview`, { headers: BEARER, data: {} })
  expect(nothing.status()).toBe(422)
})

test('who may read looks on, who may manage edits', async ({ request }) => {
  const keyWith = async (...scopes: string[]) => {
    const created = await request.post('/api/keys', {
      headers: BEARER,
      data: { name: ownName('rules'), scopes },
    })
    return { authorization: `Bearer ${(await created.json()).key}` }
  }
  const reader = await keyWith('read')
  const data = { useCase: 'x', app: 'a' }
  expect((await request.get(RULES, { headers: reader })).status()).toBe(200)
  expect((await request.post(RULES, { headers: reader, data })).status()).toBe(403)
  expect((await request.get(RULES, { headers: await keyWith('ingest') })).status()).toBe(403)
  expect((await request.post(RULES, { data })).status()).toBe(401)
  const mine = await request.post(RULES, { headers: await keyWith('manage'), data })
  expect(mine.status()).toBe(201)
  const { rule } = await mine.json()
  await request.delete(`${RULES}/${rule.id}`, { headers: BEARER })
})

test('models are ranked within a use case, and nothing else is', async ({ request }) => {
  const bad = await request.get('/api/rankings?by=app&period=24h&useCase=x', { headers: BEARER })
  expect(bad.status()).toBe(400)
  expect((await bad.json()).error.details).toEqual([{ path: 'useCase', message: 'goes with by=model only' }])
  const minutes = '/api/usage?by=model&period=24h&granularity=minute&useCase=x'
  expect((await request.get(minutes, { headers: BEARER })).status()).toBe(400)
})

test('use cases are a table too', async ({ request }) => {
  const csv = await request.get('/api/use-cases?period=24h&format=csv', { headers: BEARER })
  expect(csv.headers()['content-type']).toContain('text/csv')
  expect(await csv.text()).toMatch(/^rank,key,label,totalTokens,/)
  expect((await request.get('/api/use-cases?period=24h')).status()).toBe(401)
  expect((await request.get('/api/use-cases', { headers: BEARER })).status()).toBe(400)
})
