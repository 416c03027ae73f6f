import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { runTrial, type TrialEnding } from './run-trial.server'
import type { ReportTrialBody, TrialCall, TrialOptions } from './schema'
import { summarizeCalls } from './summarize-calls'

// A gateway in ten lines: it answers each request the way a function says, over real connections.

type Answer = (input: { body: WireRequest; response: ServerResponse; count: number }) => void
type WireRequest = {
  model: string
  stream?: boolean
  tool_choice: string
  tools: { function: { name: string } }[]
}

let server: Server | undefined

afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)))
  server = undefined
})

async function startGateway(answer: Answer) {
  const seen: { headers: IncomingMessage['headers']; url: string | undefined; body: WireRequest }[] = []
  server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    const body: WireRequest = JSON.parse(text)
    seen.push({ headers: request.headers, url: request.url, body })
    answer({ body, response, count: seen.length })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, seen }
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const completion = (name: string, args: string) => ({
  id: 'gen-7',
  provider: 'Helios',
  model: 'acme/atlas-120b',
  choices: [
    { finish_reason: 'tool_calls', message: { tool_calls: [{ function: { name, arguments: args } }] } },
  ],
})

const chunk = (choice: object) =>
  `data: ${JSON.stringify({ id: 'gen-8', provider: 'Borealis', choices: [choice] })}\n\n`

const OPTIONS: TrialOptions = {
  preset: 'tool-runner',
  calls: 12,
  concurrency: 3,
  seconds: 20,
  stream: false,
  seed: 1,
}

async function run({
  url,
  options = {},
  signal = new AbortController().signal,
  answer = () => ({ isStopped: false }),
}: {
  url: string
  options?: Partial<TrialOptions>
  signal?: AbortSignal
  answer?: (report: ReportTrialBody) => { isStopped: boolean }
}): Promise<{ ending: TrialEnding; calls: TrialCall[]; reports: ReportTrialBody[] }> {
  const reports: ReportTrialBody[] = []
  const ending = await runTrial({
    options: { ...OPTIONS, ...options },
    url,
    apiKey: 'sg_test',
    signal,
    report: async (report) => {
      const verdict = answer(report)
      reports.push(report)
      return verdict
    },
  })
  const calls = reports.flatMap((report) => report.calls).sort((a, b) => a.index - b.index)
  return { ending, calls, reports }
}

const outcomesOf = (calls: TrialCall[]) =>
  summarizeCalls(calls.map((call) => ({ ...call, verdicts: call.toolCalls.map(({ verdict }) => verdict) })))

test('every call is made once, through the preset, and reported once', async () => {
  const { url, seen } = await startGateway(({ response }) =>
    send(response, 200, completion('made_up', '{}'), { 'x-preset-version': '4' }),
  )
  const { ending, calls, reports } = await run({ url })
  expect(ending).toEqual({ status: 'finished', problem: null })
  expect(reports.at(-1)).toMatchObject({ status: 'finished' })
  expect(calls.map(({ index }) => index)).toEqual(Array.from({ length: 12 }, (_, index) => index))
  expect(calls[0]).toMatchObject({
    provider: 'Helios',
    model: 'acme/atlas-120b',
    generationId: 'gen-7',
    httpStatus: 200,
    presetVersion: 4,
    errorClass: null,
    toolCalls: [{ name: 'made_up', verdict: 'unknown_name', schema: null }],
  })
  expect(seen[0]?.url).toBe('/api/v1/chat/completions')
  expect(seen[0]?.headers).toMatchObject({
    authorization: 'Bearer sg_test',
    'x-title': 'Sightglass Trial',
    'x-openrouter-metadata': 'enabled',
  })
  expect(new Set(seen.map(({ body }) => body.model))).toEqual(new Set(['@preset/tool-runner']))
  expect(new Set(seen.map(({ body }) => body.tool_choice))).toEqual(new Set(['auto', 'required']))
  expect(seen.every(({ body }) => body.stream === undefined)).toBe(true)
})

test('as many calls are under way as asked, and no more', async () => {
  let open: ServerResponse[] = []
  let most = 0
  const answerAll = () => {
    const answered = open
    open = []
    for (const response of answered) send(response, 200, completion('x', '{}'))
  }
  const { url } = await startGateway(({ response }) => {
    open.push(response)
    most = Math.max(most, open.length)
    // Late enough for a fifth to show itself.
    if (open.length === 4) setTimeout(answerAll, 20)
  })
  await run({ url, options: { concurrency: 4, calls: 20 } })
  expect(most).toBe(4)
})

test('failing calls do not end the trial, and each has its class', async () => {
  const { url } = await startGateway(({ response, body, count }) => {
    switch (count) {
      case 1:
        return send(response, 429, { error: { code: 429, message: 'slow down' } }, { 'retry-after': '1' })
      case 2:
        return send(response, 502, '<html>')
      case 3:
        return void response.destroy()
      case 4:
        return send(response, 200, '{"choices":')
      default:
        return send(response, 200, completion(body.tools[0]?.function.name ?? '', '{'))
    }
  })
  const { ending, calls } = await run({ url, options: { concurrency: 1 } })
  expect(ending.status).toBe('finished')
  expect(outcomesOf(calls)).toMatchObject({
    made: 12,
    errors: 12,
    errorsByClass: { rate_limited: 1, upstream_5xx: 1, connection: 1, bad_response: 1 },
    badByVerdict: { invalid_json: 8 },
  })
  expect(calls[0]?.errorMessage).toBe('slow down')
})

describe('streams', () => {
  test('are put together and judged like answers in one piece', async () => {
    const { url, seen } = await startGateway(({ response, body }) => {
      const name = body.tools[0]?.function.name
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-generation-id': 'gen-8' })
      response.write(': keep-alive\n\n')
      response.write(chunk({ delta: { tool_calls: [{ index: 0, function: { name, arguments: '{"un' } }] } }))
      response.write(chunk({ delta: { tool_calls: [{ index: 0, function: { arguments: 'heard":1}' } }] } }))
      response.end(`${chunk({ delta: {}, finish_reason: 'tool_calls' })}data: [DONE]\n\n`)
    })
    const { calls } = await run({ url, options: { stream: true, calls: 3 } })
    expect(seen[0]?.body.stream).toBe(true)
    expect(calls[0]).toMatchObject({
      provider: 'Borealis',
      generationId: 'gen-8',
      finishReason: 'tool_calls',
      toolCalls: [{ arguments: '{"unheard":1}', verdict: 'schema_mismatch' }],
    })
  })

  test('that break off are mid_stream', async () => {
    const { url } = await startGateway(({ response, count }) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ delta: { content: 'Let me' } }))
      if (count === 1) setTimeout(() => response.destroy(), 20)
      else response.end(`data: ${JSON.stringify({ id: 'g', error: { code: 502, message: 'gone' } })}\n\n`)
    })
    const { calls } = await run({ url, options: { stream: true, calls: 2, concurrency: 1 } })
    expect(calls.map(({ errorClass }) => errorClass)).toEqual(['mid_stream', 'mid_stream'])
    expect(calls[1]).toMatchObject({ provider: 'Borealis', errorMessage: 'gone', httpStatus: 200 })
  })
})

describe('a trial ends early', () => {
  const hang: Answer = ({ response, count }) => {
    if (count <= 3) send(response, 200, completion('x', '{}'))
  }

  test('when it is stopped: calls under way are hung up and not counted', async () => {
    const stopping = new AbortController()
    const { url } = await startGateway((call) => {
      hang(call)
      // Three calls are under way at a time, so by now the three before are over.
      if (call.count === 6) stopping.abort()
    })
    const { ending, calls, reports } = await run({ url, signal: stopping.signal })
    expect(ending).toEqual({ status: 'stopped', problem: null })
    expect(reports.at(-1)?.status).toBe('stopped')
    expect(calls).toHaveLength(3)
  })

  test('when the answer to a report says that somebody pressed stop, also between calls', async () => {
    const { url } = await startGateway(hang)
    let reports = 0
    const answer = () => {
      reports += 1
      return { isStopped: reports >= 2 }
    }
    const { ending } = await run({ url, answer })
    expect(ending.status).toBe('stopped')
  })

  test('when its time is over: no call starts later', async () => {
    const { url, seen } = await startGateway(({ response }) => {
      setTimeout(() => send(response, 200, completion('x', '{}')), 400)
    })
    const { ending, calls } = await run({ url, options: { seconds: 1, concurrency: 1 } })
    expect(ending.status).toBe('finished')
    expect(calls.length).toBe(seen.length)
    expect(calls.length).toBeLessThanOrEqual(3)
  })

  test('as failed when no gateway is there', async () => {
    const { url } = await startGateway(hang)
    server?.close()
    const { ending, reports } = await run({ url })
    expect(ending.status).toBe('failed')
    expect(ending.problem).toMatch(`No gateway answers at ${url}`)
    expect(reports.at(-1)).toMatchObject({ status: 'failed', problem: ending.problem })
  })

  test('as failed when the gateway goes away', async () => {
    const gateway = await startGateway(({ response, count }) => {
      send(response, 200, completion('x', '{}'), { connection: 'close' })
      if (count === 4) server?.close()
    })
    const { ending, calls } = await run({ url: gateway.url, options: { calls: 5000 } })
    expect(ending.status).toBe('failed')
    expect(ending.problem).toMatch('stopped answering')
    expect(calls.filter(({ errorClass }) => errorClass === null).length).toBeGreaterThanOrEqual(4)
  })
})

test('reports that fail for a while lose no call', async () => {
  const { url } = await startGateway(({ response }) => {
    setTimeout(() => send(response, 200, completion('x', '{}')), 60)
  })
  let refusals = 0
  const answer = () => {
    refusals += 1
    if (refusals <= 2) throw new Error('away')
    return { isStopped: false }
  }
  const { ending, calls } = await run({ url, answer })
  expect(ending.status).toBe('finished')
  expect(calls.map(({ index }) => index)).toEqual(Array.from({ length: 12 }, (_, index) => index))
})
