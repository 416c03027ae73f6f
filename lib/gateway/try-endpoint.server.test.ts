import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { tryEndpoint } from './try-endpoint.server'
import { UNCALLED_ENDPOINT } from './uncalled-endpoint.fixture'

const BUDGET_MS = 400
const HELD_UP_MS = 700

/** A provider with an event loop of its own: it says when it was asked, and answers soon after. */
const PROVIDER = `
  const { createServer } = require('node:http')
  const { parentPort } = require('node:worker_threads')
  const whole = { choices: [{ index: 0, message: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' }] }
  const piece = { choices: [{ index: 0, delta: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' }] }
  const server = createServer((request, response) => {
    const isStream = request.url === '/stream'
    parentPort.postMessage('asked')
    setTimeout(() => {
      response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
      response.end(isStream ? 'data: ' + JSON.stringify(piece) + '\\n\\ndata: [DONE]\\n\\n' : JSON.stringify(whole))
    }, 50)
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

const nextMessage = (worker: Worker) =>
  new Promise<unknown>((resolve) => {
    worker.once('message', resolve)
  })

function tryOnce(origin: string, isStream: boolean) {
  return tryEndpoint({
    candidate: UNCALLED_ENDPOINT,
    connection: {
      apiShape: 'openai-chat',
      whole: { origin: origin, path: '/whole' },
      stream: { origin: origin, path: '/stream' },
      baseUrl: origin,
      addressOf: () => ({ origin: origin, path: '/' }),
      operationAt: () => null,
      headers: {},
      signIn: { headers: {}, query: '', sign: null, credentials: () => [] },
      mask: (text) => text,
      upstreamModel: 'atlas',
      edits: [],
      lessons: [],
      allowPrivateNetwork: true,
    },
    fitting: {
      request: { text: '{}', amendments: [], toolNames: null },
      mend: () => null,
      refusesParameter: () => false,
      restorer: null,
      lessons: [],
    },
    isStream,
    passedHeaders: {},
    budget: { silenceMs: BUDGET_MS, answerMs: BUDGET_MS },
    clientSignal: new AbortController().signal,
    judge: () => ({ checkedCalls: null, checkedOutput: null, objection: null }),
    holds: 'nothing',
    keepsText: false,
  })
}

for (const isStream of [false, true]) {
  test(`${isStream ? 'a stream' : 'an answer'} that came while this process was held up is no timeout`, async () => {
    const worker = new Worker(PROVIDER, { eval: true })
    try {
      const port = await nextMessage(worker)
      const asked = nextMessage(worker)
      const trying = tryOnce(`http://127.0.0.1:${port}`, isStream)
      await asked
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HELD_UP_MS)
      expect((await trying).kind).toBe(isStream ? 'stream' : 'answer')
    } finally {
      await worker.terminate()
    }
  })
}

test('streams leave their connections to the next ones once their shape says that they are over', async () => {
  const STREAMS = 10
  let connections = 0
  let response: ServerResponse | undefined
  const server = createServer((_request, answering) => {
    response = answering
    answering.writeHead(200, { 'content-type': 'text/event-stream' })
    const piece = { choices: [{ index: 0, delta: { content: 'Hi.' }, finish_reason: 'stop' }] }
    answering.write(`data: ${JSON.stringify(piece)}\n\ndata: [DONE]\n\n`)
  })
  server.on('connection', () => {
    connections += 1
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // Listening on a TCP port makes the address an object.
  const { port } = server.address() as AddressInfo
  for (let count = 0; count < STREAMS; count++) {
    const tried = await tryOnce(`http://127.0.0.1:${port}`, true)
    if (tried.kind !== 'stream') throw new Error(tried.attempt.failure?.message)
    let { state } = tried.first
    while (state === 'open') state = (await tried.next()).state
    // The mark of the end comes in a packet of its own, as from any provider.
    response?.end()
    for (let turns = 0; turns < 20; turns++) await turn()
  }
  // One that is not back yet when the next stream begins is no fault.
  expect(connections).toBeLessThan(STREAMS / 2)
  server.closeAllConnections()
  server.close()
})
