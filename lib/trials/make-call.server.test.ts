import { createServer, type ServerResponse } from 'node:http'
import { Pool } from 'undici'
import { expect, test } from 'vitest'
import { makeCall } from './make-call.server'
import { scenarioFor } from './scenarios'

/** One call to a server that answers like `answer`, given up after a second, long after that began. */
async function callOnce(
  answer: (response: ServerResponse) => void,
  { stopped = new AbortController().signal, timeoutMs = 1000 } = {},
) {
  const server = createServer((request, response) => {
    request.resume()
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const pool = new Pool(`http://127.0.0.1:${port}`)
  try {
    return await makeCall({
      target: { pool, path: '/', apiKey: 'sg_test', preset: 'tool-runner', stream: true },
      scenario: scenarioFor({ seed: 1, index: 0 }),
      timeoutMs,
      stopped,
    })
  } finally {
    await pool.destroy()
    server.closeAllConnections()
    server.close()
  }
}

/** Longer than the test may take. */
const NEVER_MS = 60_000
const SSE = { 'content-type': 'text/event-stream' }

test('an answer that does not begin in time is a timeout', async () => {
  const { answer, httpStatus, isUnreachable } = await callOnce(() => undefined)
  expect(answer.failure).toMatchObject({ errorClass: 'timeout' })
  expect({ httpStatus, isUnreachable }).toEqual({ httpStatus: null, isUnreachable: false })
})

test('an answer whose body does not end in time is a timeout', async () => {
  const { answer, httpStatus } = await callOnce((response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"choices":')
  })
  expect(answer.failure).toMatchObject({ errorClass: 'timeout' })
  expect(httpStatus).toBe(200)
})

test('a stream that begins and does not end in time is mid_stream', async () => {
  const { answer } = await callOnce((response) => {
    response.writeHead(200, SSE)
    response.write('data: {"id":"gen-1","provider":"Helios","choices":[]}\n\n')
  })
  expect(answer).toMatchObject({ provider: 'Helios', failure: { errorClass: 'mid_stream' } })
})

test('what the trial itself stops is no answer at all', async () => {
  const stopping = new AbortController()
  const answer = callOnce(() => stopping.abort(), { stopped: stopping.signal, timeoutMs: NEVER_MS })
  await expect(answer).rejects.toThrow(/abort/i)
})

test('a stop while a stream is read counts as stopped, not as broken', async () => {
  const stopping = new AbortController()
  const answer = callOnce(
    (response) => {
      response.writeHead(200, SSE)
      response.write('data: {"id":"gen-1","choices":[]}\n\n')
      setTimeout(() => stopping.abort(), 20)
    },
    { stopped: stopping.signal, timeoutMs: NEVER_MS },
  )
  await expect(answer).rejects.toThrow(/abort/i)
})
