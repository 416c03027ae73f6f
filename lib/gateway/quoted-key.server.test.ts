import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { testConnection } from '../catalog/test-connection.server'
import { log } from '../platform/log.server'
import { type ScriptedGateway, startScriptedGateway } from '../testing/scripted-gateway.server'

// Providers that quote the key they were sent, wherever a provider can say something.

const KEY = 'sk-live-0123456789-quoted-key'
const ask = [{ role: 'user', content: 'Hi' }]

let gateway: ScriptedGateway
beforeAll(async () => {
  gateway = await startScriptedGateway('quoting')
})
afterAll(() => gateway.close())

const json = (response: ServerResponse, body: object, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
const events = (response: ServerResponse, bodies: readonly object[]) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(bodies.map((body) => `data: ${JSON.stringify(body)}\n\n`).join(''))
}
const error = { error: { message: `Incorrect API key provided: ${KEY}.`, code: 'invalid_api_key' } }
const delta = (content: string) => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })

const QUOTES: Record<string, (response: ServerResponse) => void> = {
  'a refused key': (response) => json(response, error, 401),
  'a bad request': (response) => json(response, { detail: [{ loc: ['header'], msg: `Bearer ${KEY}` }] }, 422),
  'plain words': (response) => {
    response.writeHead(500, { 'content-type': 'text/plain' })
    response.end(`upstream said no to ${KEY}`)
  },
  'an error inside a 200': (response) => json(response, error),
  'an answer that says it': (response) => {
    const message = { role: 'assistant', content: `You sent ${KEY}` }
    json(response, { choices: [{ index: 0, message, finish_reason: 'stop' }] })
  },
}
const STREAMED_QUOTES: typeof QUOTES = {
  ...QUOTES,
  'an error within a stream': (response) => events(response, [delta('Hel'), error]),
  'a stream that says it': (response) => events(response, [delta(`You sent ${KEY}`), delta(' so')]),
}

test('no answer, no record and no log line holds a key that a provider quotes', async () => {
  const logged: string[] = []
  const spies = (['warn', 'error', 'info'] as const).map((level) =>
    vi.spyOn(log, level).mockImplementation((...said: unknown[]) => {
      logged.push(JSON.stringify(said, (_, value) => (value instanceof Error ? String(value.stack) : value)))
    }),
  )
  const told: string[] = []
  const answers: Response[] = []
  for (const stream of [false, true]) {
    for (const quote of Object.values(stream ? STREAMED_QUOTES : QUOTES)) {
      const { model, provider } = await gateway.connect(
        [{ shape: 'openai-chat', script: (_asked, response) => quote(response) }],
        { apiKey: KEY },
      )
      for (const path of ['/api/v1/chat/completions', '/api/v1/messages', '/api/v1/responses']) {
        const body = { model, provider, stream, max_tokens: 50, messages: ask, input: 'Hi' }
        const answer = await gateway.post(path, body)
        told.push(await answer.text(), JSON.stringify([...answer.headers]))
        answers.push(answer)
      }
      const tried = await testConnection({ slug: provider.order[0] ?? '', body: {} })
      told.push(JSON.stringify(tried))
    }
  }
  for (const answer of answers) await gateway.attemptsOf(answer)
  for (const spy of spies) spy.mockRestore()
  expect(told.filter((text) => text.includes(KEY))).toEqual([])
  expect(logged.filter((text) => text.includes(KEY))).toEqual([])
  expect(told.some((text) => text.includes('Incorrect API key provided: …'))).toBe(true)
  expect(await gateway.columnsHolding(KEY)).toEqual([])
}, 60_000)
