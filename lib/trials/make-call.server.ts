import type { Dispatcher } from 'undici'
import { createSseParser } from '../platform/sse/parse-sse'
import { type ClientAnswer, NOTHING_RECEIVED, readCompletion } from './client-answer'
import { createStreamCollector } from './collect-stream'
import type { Scenario } from './scenarios'

const SYSTEM_PROMPT =
  'You work for a company that sells machine parts. Act with the tools you are given; take what is missing from the context and do not ask back.'

/** What came back for one request, and since when. `isUnreachable`: nobody took the connection. */
export type ReceivedAnswer = {
  httpStatus: number | null
  answer: ClientAnswer
  isUnreachable: boolean
}

export type CallTarget = { pool: Dispatcher; path: string; apiKey: string; preset: string; stream: boolean }

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/**
 * Sends one request and reads its answer to the end. Whatever goes wrong becomes the answer's failure; it throws only
 * when `stopped` fires. `timeoutMs` bounds the whole call.
 */
export async function makeCall({
  target,
  scenario,
  timeoutMs,
  stopped,
}: {
  target: CallTarget
  scenario: Scenario
  timeoutMs: number
  stopped: AbortSignal
}): Promise<ReceivedAnswer> {
  const late = AbortSignal.timeout(timeoutMs)
  let httpStatus: number | null = null
  try {
    const response = await target.pool.request({
      method: 'POST',
      path: target.path,
      headers: {
        authorization: `Bearer ${target.apiKey}`,
        'content-type': 'application/json',
        'x-title': 'Sightglass Trial',
        'x-openrouter-metadata': 'enabled',
      },
      body: requestBody(target, scenario),
      signal: AbortSignal.any([stopped, late]),
    })
    httpStatus = response.statusCode
    const type = String(response.headers['content-type'] ?? '')
    const answer = type.startsWith('text/event-stream')
      ? await readStream({ body: response.body, late, stopped })
      : readCompletion({ httpStatus, body: await response.body.text() })
    const generationId = response.headers['x-generation-id']
    return {
      httpStatus,
      answer: {
        ...answer,
        presetVersion: answer.presetVersion ?? readVersion(response.headers['x-preset-version']),
        generationId: answer.generationId ?? (typeof generationId === 'string' ? generationId : null),
      },
      isUnreachable: false,
    }
  } catch (error) {
    stopped.throwIfAborted()
    const failure = describeFailure({
      error,
      isLate: late.aborted,
      timeoutMs,
      hasStatus: httpStatus !== null,
    })
    const isUnreachable = UNREACHABLE.has(codeOf(error))
    return { httpStatus, answer: { ...NOTHING_RECEIVED, failure }, isUnreachable }
  }
}

function requestBody({ preset, stream }: CallTarget, { prompt, tools, toolChoice }: Scenario): string {
  return JSON.stringify({
    model: `@preset/${preset}`,
    messages: [
      { role: 'system', content: SYSTEM_PROMPT },
      { role: 'user', content: prompt },
    ],
    tools,
    tool_choice: toolChoice,
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  })
}

async function readStream({
  body,
  late,
  stopped,
}: {
  body: AsyncIterable<Uint8Array>
  late: AbortSignal
  stopped: AbortSignal
}): Promise<ClientAnswer> {
  const parser = createSseParser()
  const collector = createStreamCollector()
  try {
    for await (const bytes of body) {
      for (const { data } of parser.push(bytes)) collector.take(data)
    }
    for (const { data } of parser.end()) collector.take(data)
    return collector.end(null)
  } catch (error) {
    stopped.throwIfAborted()
    return collector.end(
      late.aborted ? 'The stream did not end in time.' : `The stream broke off: ${wordsOf(error)}`,
    )
  }
}

function describeFailure({
  error,
  isLate,
  timeoutMs,
  hasStatus,
}: {
  error: unknown
  isLate: boolean
  timeoutMs: number
  hasStatus: boolean
}): NonNullable<ClientAnswer['failure']> {
  if (isLate) {
    return { errorClass: 'timeout', message: `No complete answer within ${Math.round(timeoutMs / 1000)} s.` }
  }
  const message = hasStatus
    ? `The answer broke off: ${wordsOf(error)}`
    : `The connection failed: ${wordsOf(error)}`
  return { errorClass: 'connection', message }
}

function readVersion(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : null
}

function wordsOf(error: unknown): string {
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : String(error)
  return code === '' || message.includes(code) ? message : `${message} (${code})`
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
