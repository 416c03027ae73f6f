import { type APIRequestContext, expect, test } from '@playwright/test'
import { messages, post, type Sent, type Shape } from '../gateway-client'
import { ownModel, rankingOf } from '../own-model'
import {
  connect,
  createPreset,
  ownName,
  type SimulatedUpstream,
  startSimulatedUpstream,
  tidyUp,
  type UpstreamStats,
} from '../simulated-upstream'

/** What the simulator can do to a whole answer; see `lib/simulator/upstream`. */
const REQUEST_FAULTS = [
  'auth',
  'not_found',
  'rate_limited',
  'upstream_5xx',
  'hang',
  'reset',
  'slow_tokens',
  'cut_stream',
  'half_json',
  'html_error',
  'endless_stream',
  'empty_body',
  'wrong_content_type',
  'error_in_200',
]
const TOOL_FAULTS = ['invalid_json', 'unknown_name', 'schema_mismatch']
/** These show only after a first token has reached the client, from where nobody can go back. */
const AFTER_FIRST_TOKEN = new Set(['slow_tokens', 'cut_stream', 'half_json', 'endless_stream'])
const FAILING_SHARE = 0.3
const CONCURRENCY = 48

const SCHEMA = {
  type: 'object',
  properties: { city: { type: 'string', minLength: 2 }, days: { type: 'integer', minimum: 1, maximum: 7 } },
  required: ['city', 'days'],
}
const TOOLS = {
  openai: [{ type: 'function', function: { name: 'get_forecast', parameters: SCHEMA } }],
  anthropic: [{ name: 'get_forecast', input_schema: SCHEMA }],
} as const

let upstream: SimulatedUpstream
test.beforeAll(async () => {
  upstream = await startSimulatedUpstream()
})
test.afterAll(async ({ request }) => {
  await tidyUp(request)
  await upstream.stop()
})

type World = { preset: string; model: string; shaky: string[]; steady: string }

/** Three providers that fail in all these ways and one that never does, tried last; a preset that guards tool calls. */
async function shakyWorld(request: APIRequestContext, requestFaults: readonly string[]): Promise<World> {
  const model = ownModel()
  const shaky = [ownName('shaky'), ownName('shaky'), ownName('shaky')]
  const steady = ownName('steady')
  // Spread evenly; a request with tools may also be refused, or its call broken.
  const kinds = [...requestFaults, 'refuse_tools', ...TOOL_FAULTS]
  const faults = Object.fromEntries(kinds.map((kind) => [kind, FAILING_SHARE / kinds.length]))
  for (const [index, provider] of shaky.entries()) {
    // A provider that asks to be left alone for a second would hardly be called at this pace.
    await upstream.behave(provider, { seed: index + 1, retryAfterSeconds: 0, completionTokens: 20, faults })
    const apiShape = index === 0 ? 'anthropic' : 'openai'
    await connect(request, { provider, model, upstreamUrl: upstream.url, apiShape })
  }
  await upstream.behave(steady, { completionTokens: 20 })
  await connect(request, { provider: steady, model, upstreamUrl: upstream.url })
  const config = { models: [model], provider: { order: [...shaky, steady] }, tool_call_guard: 'retry' }
  return { preset: await createPreset(request, config), model, shaky, steady }
}

/** Sends requests of both shapes, most of them with tools, and gives back those that did not go as they should. */
async function sendMany({
  count,
  preset,
  isStream,
}: {
  count: number
  preset: string
  isStream: boolean
}): Promise<string[]> {
  const wrong: string[] = []
  let next = 0
  const sendOn = async () => {
    while (next < count) {
      const number = next++
      const shape: Shape = number % 2 === 0 ? 'openai' : 'anthropic'
      const tools = number % 4 < 3 ? { tools: TOOLS[shape] } : {}
      const body = { model: `@preset/${preset}`, max_tokens: 200, messages, stream: isStream, ...tools }
      const sent = await post(shape, body)
      const problem = problemOf({ shape, sent, isStream })
      if (problem !== null) wrong.push(`request ${number}: ${problem}: ${sent.text.slice(0, 300)}`)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, sendOn))
  return wrong
}

function problemOf({
  shape,
  sent,
  isStream,
}: {
  shape: Shape
  sent: Sent
  isStream: boolean
}): string | null {
  if (sent.status !== 200) return `status ${sent.status}`
  if (isStream) return problemOfStream(shape, sent.text)
  const answer = JSON.parse(sent.text)
  if (shape === 'anthropic') {
    const uses = answer.content.filter((block: { type: string }) => block.type === 'tool_use')
    return problemOfCalls(uses.map((use: { name: string; input: unknown }) => [use.name, use.input]))
  }
  const calls = answer.choices[0].message.tool_calls ?? []
  return problemOfCalls(
    calls.map((call: { function: { name: string; arguments: string } }) => [
      call.function.name,
      parse(call.function.arguments),
    ]),
  )
}

function problemOfCalls(calls: readonly [string, unknown][]): string | null {
  for (const [name, input] of calls) {
    const { city, days } = Object(input)
    if (name !== 'get_forecast') return `a tool named ${name}`
    if (typeof city !== 'string' || !Number.isInteger(days)) return `arguments ${JSON.stringify(input)}`
  }
  return null
}

/** A whole stream: no error in it, and its end is there. */
function problemOfStream(shape: Shape, text: string): string | null {
  if (/"error":/.test(text)) return 'an error within the stream'
  const end =
    shape === 'openai' ? 'data: [DONE]\n\n' : 'event: message_stop\ndata: {"type":"message_stop"}\n\n'
  return text.endsWith(end) ? null : `a stream that ends with ${text.slice(-200)}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Requests and shown faults of several providers together. */
async function countsOf(providers: readonly string[]): Promise<Pick<UpstreamStats, 'requests' | 'byFault'>> {
  const byFault: Record<string, number> = {}
  let requests = 0
  for (const provider of providers) {
    const stats = await upstream.stats(provider)
    requests += stats.requests
    for (const [fault, count] of Object.entries(stats.byFault)) byFault[fault] = (byFault[fault] ?? 0) + count
  }
  return { requests, byFault }
}

async function expectFaultsWereShown(world: World, kinds: readonly string[]): Promise<void> {
  const { requests, byFault } = await countsOf(world.shaky)
  for (const kind of kinds) expect(byFault[kind] ?? 0, `times ${kind} was shown`).toBeGreaterThan(0)
  const failed = Object.values(byFault).reduce((sum, count) => sum + count, 0)
  expect(failed / requests).toBeGreaterThan(FAILING_SHARE * 0.8)
}

for (const { isStream, count, faults } of [
  { isStream: false, count: 4000, faults: REQUEST_FAULTS },
  { isStream: true, count: 1000, faults: REQUEST_FAULTS.filter((fault) => !AFTER_FIRST_TOKEN.has(fault)) },
]) {
  test(`${count} ${isStream ? 'streams' : 'requests'} see no error while 30 % of the calls to three of four providers fail`, async ({
    request,
  }) => {
    test.setTimeout(300_000)
    const world = await shakyWorld(request, faults)
    expect(await sendMany({ count, preset: world.preset, isStream })).toEqual([])
    await expectFaultsWereShown(world, [...faults, 'refuse_tools', ...TOOL_FAULTS])
    const recorded = () => rankingOf(request, world.model).then((row) => row?.requests)
    await expect.poll(recorded, { timeout: 60_000 }).toBe(count)
  })
}
