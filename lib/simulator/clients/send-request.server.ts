import type { Pool } from 'undici'
import { createSseParser } from '../../platform/sse/parse-sse'
import type { SimulatedShape } from '../simulated-shape'
import { type CollectedAnswer, createAnswerCollector, readWholeAnswer } from './collect-answer'
import type { ClientRequest } from './write-request'

/** `retryAfterMs`: how long the gateway asked to wait; null = it did not say. */
export type ClientOutcome =
  | { kind: 'answered'; answer: NonNullable<CollectedAnswer> }
  | { kind: 'refused'; status: number; retryAfterMs: number | null }
  /** The connection failed or broke, or the answer was nothing a client could use. */
  | { kind: 'broken' }

export type ClientTarget = { pool: Pool; basePath: string; apiKey: string }

/** Sends one request as an app does and reads its answer to the end. Never throws; `signal` hangs up. */
export async function sendClientRequest({
  target,
  shape,
  app,
  useCase,
  request,
  signal,
}: {
  target: ClientTarget
  shape: SimulatedShape
  app: string
  /** Undefined = the app does not say what its requests are for. */
  useCase: string | undefined
  request: ClientRequest
  signal: AbortSignal
}): Promise<ClientOutcome> {
  try {
    const { statusCode, headers, body } = await target.pool.request({
      method: 'POST',
      path: `${target.basePath}/${request.path}`,
      headers: {
        ...(shape === 'messages'
          ? { 'x-api-key': target.apiKey, 'anthropic-version': '2023-06-01' }
          : { authorization: `Bearer ${target.apiKey}` }),
        'content-type': 'application/json',
        'x-title': app,
        'user-agent': 'simulated-client/1.0',
        ...(useCase === undefined ? {} : { 'x-sightglass-use-case': useCase }),
      },
      body: JSON.stringify(request.body),
      signal,
    })
    if (statusCode !== 200) {
      await body.dump()
      return { kind: 'refused', status: statusCode, retryAfterMs: readRetryAfter(headers['retry-after']) }
    }
    const isStream = String(headers['content-type'] ?? '').startsWith('text/event-stream')
    const answer = isStream ? await readStream(shape, body) : readWholeAnswer(shape, await body.text())
    return answer ? { kind: 'answered', answer } : { kind: 'broken' }
  } catch {
    return { kind: 'broken' }
  }
}

async function readStream(shape: SimulatedShape, body: AsyncIterable<Uint8Array>): Promise<CollectedAnswer> {
  const parser = createSseParser()
  const collector = createAnswerCollector(shape)
  for await (const bytes of body) for (const { data } of parser.push(bytes)) collector.take(data)
  for (const { data } of parser.end()) collector.take(data)
  return collector.end()
}

function readRetryAfter(header: string | string[] | undefined): number | null {
  const seconds = Number(header)
  return header === undefined || Number.isNaN(seconds) ? null : seconds * 1000
}
