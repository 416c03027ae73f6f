import { setTimeout as sleepFor } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { Pool } from 'undici'
import { z } from 'zod'
import { type IngestAnswer, ingestAnswer } from '../formats/sightglass/schema'
import { AppError } from '../platform/errors'
import { retryDelayMs } from './retry-delay'

const compress = promisify(gzip)

export type IngestClient = {
  /**
   * Sends records, one JSON object a line, and gives the server's answer. Safe to repeat. `as` says what they are where
   * they are not our own.
   */
  post(
    ndjson: string,
    as?: { format: string; zone: string | null; source: string | null },
  ): Promise<IngestAnswer>
  close(): Promise<void>
}

export type IngestClientOptions = {
  url: string
  apiKey: string
  connections: number
  isCompressed: boolean
  /** How long one batch is retried while the server says 429, 502, 503 or 504, or drops the connection. */
  giveUpAfterMs: number
  /** Whether a server that has not answered once yet is waited for too. */
  isPatientAtStart: boolean
  signal?: AbortSignal
  sleep?: (delayMs: number, signal: AbortSignal | undefined) => Promise<void>
}

type Reply = { status: number; retryAfter: string | null; body: string }

/**
 * A client of the ingest endpoint of the server at `url`. `post` waits and retries while the server is busy, obeying
 * `Retry-After`. It throws `unavailable` when nobody answers or the server stays busy, `unauthorized` when the key is
 * refused, and `bad_request` with the server's own words for every other refusal.
 */
export function openIngestClient(options: IngestClientOptions): IngestClient {
  const endpoint = new URL('api/v1/ingest', options.url.endsWith('/') ? options.url : `${options.url}/`)
  const pool = new Pool(endpoint.origin, { connections: options.connections })
  const contact = { hasAnswered: false }
  return {
    async post(ndjson, as) {
      const address = new URL(endpoint)
      for (const [name, value] of Object.entries(as ?? {}))
        if (value !== null) address.searchParams.set(name, value)
      const body = options.isCompressed ? await compress(ndjson) : ndjson
      const reply = await sendPatiently({ options, contact, send: () => send(pool, address, options, body) })
      if (reply.status !== 200) throw refusal(reply, options.url)
      return readAnswer(reply, options.url)
    },
    close: () => pool.close(),
  }
}

async function send(
  pool: Pool,
  endpoint: URL,
  options: IngestClientOptions,
  body: string | Buffer,
): Promise<Reply> {
  const response = await pool.request({
    method: 'POST',
    path: endpoint.pathname + endpoint.search,
    headers: {
      authorization: `Bearer ${options.apiKey}`,
      'content-type': 'application/x-ndjson',
      ...(options.isCompressed ? { 'content-encoding': 'gzip' } : {}),
    },
    body,
    signal: options.signal,
  })
  const retryAfter = response.headers['retry-after']
  return {
    status: response.statusCode,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
    body: await response.body.text(),
  }
}

async function sendPatiently({
  options,
  contact,
  send,
}: {
  options: IngestClientOptions
  contact: { hasAnswered: boolean }
  send: () => Promise<Reply>
}): Promise<Reply> {
  const sleep = options.sleep ?? ((delayMs, signal) => sleepFor(delayMs, undefined, signal ? { signal } : {}))
  let waitedMs = 0
  for (let attempt = 0; ; attempt += 1) {
    const reply = await send().catch((cause: unknown) => cause)
    options.signal?.throwIfAborted()
    const isReply = isServerReply(reply)
    if (isReply) contact.hasAnswered = true
    if (isReply && !isBusy(reply.status)) return reply
    const delayMs = retryDelayMs({
      attempt,
      retryAfter: isReply ? reply.retryAfter : null,
      nowMs: Date.now(),
    })
    const isHopeless = !isReply && !contact.hasAnswered && !options.isPatientAtStart
    if (isHopeless || waitedMs + delayMs > options.giveUpAfterMs) {
      throw isReply ? refusal(reply, options.url) : unreachable(options.url, reply)
    }
    await sleep(delayMs, options.signal)
    waitedMs += delayMs
  }
}

function isServerReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && 'status' in value && 'retryAfter' in value
}

function isBusy(status: number): boolean {
  return status === 429 || (status >= 502 && status <= 504)
}

function readAnswer(reply: Reply, url: string): IngestAnswer {
  const parsed = ingestAnswer.safeParse(parseJson(reply.body))
  if (parsed.success) return parsed.data
  throw new AppError('bad_request', `${url} does not answer like Sightglass; check SIGHTGLASS_URL.`)
}

const errorAnswer = z.object({ error: z.object({ message: z.string() }) })

function refusal(reply: Reply, url: string): AppError {
  const parsed = errorAnswer.safeParse(parseJson(reply.body))
  const words = parsed.success ? parsed.data.error.message : ''
  if (reply.status === 401 || reply.status === 403) {
    return new AppError(
      'unauthorized',
      `${url} refuses the API key (${reply.status}). ${words || 'Set SIGHTGLASS_API_KEY.'}`,
    )
  }
  if (isBusy(reply.status))
    return new AppError('unavailable', `${url} stays busy (${reply.status}). ${words}`.trim())
  return new AppError('bad_request', `${url} refuses the records (${reply.status}). ${words}`.trim())
}

function unreachable(url: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new AppError(
    'unavailable',
    `No server answers at ${url}${code}. Start it with npm start, or set SIGHTGLASS_URL.`,
    {
      cause,
    },
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
