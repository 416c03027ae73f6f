import { Agent, type Dispatcher, request as send } from 'undici'
import { guardedConnector } from '../catalog/guarded-lookup.server'
import { completionUrl, keyHeaders } from '../catalog/upstream-url'
import { processSingleton } from '../platform/process-singleton'
import { errorClassFromErrorType } from '../records/error-class'
import type { ErrorClass } from '../records/vocabulary'
import type { Connection } from './candidate'
import { GATEWAY_LIMITS } from './limits'

export type UpstreamResponse = {
  status: number
  header: (name: string) => string | null
  body: Dispatcher.ResponseData['body']
}

/**
 * Posts one body to a provider; resolves once its headers are there. Connections are kept and reused; an address that
 * must not be called is refused at connect time, whatever its name resolves to by then. Rejects with undici's error, or
 * with the reason of `signal`.
 */
export async function callUpstream({
  connection,
  body,
  isStream,
  passedHeaders,
  signal,
}: {
  connection: Connection
  body: string
  isStream: boolean
  /** Headers of the client that an upstream of its own shape may want, such as anthropic-beta. */
  passedHeaders: Readonly<Record<string, string>>
  signal: AbortSignal
}): Promise<UpstreamResponse> {
  const {
    statusCode,
    headers,
    body: responseBody,
  } = await send(completionUrl(connection), {
    method: 'POST',
    dispatcher: dispatcherFor(connection.allowPrivateNetwork),
    headers: {
      'content-type': 'application/json',
      accept: isStream ? 'text/event-stream' : 'application/json',
      'user-agent': 'sightglass',
      ...keyHeaders(connection),
      ...passedHeaders,
    },
    body,
    signal,
    // Our own budgets end a call, with a reason that says which.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    status: statusCode,
    header(name) {
      const value = headers[name]
      return Array.isArray(value) ? (value[0] ?? null) : (value ?? null)
    },
    body: responseBody,
  }
}

function dispatcherFor(allowPrivate: boolean): Dispatcher {
  const name = allowPrivate ? 'gateway-dispatcher-private' : 'gateway-dispatcher-public'
  return processSingleton(name, () => {
    const { connectTimeoutMs } = GATEWAY_LIMITS
    return new Agent({
      connect: guardedConnector({ allowPrivate, connectTimeoutMs }),
      connections: 512,
      keepAliveTimeout: 30_000,
      pipelining: 1,
    })
  })
}

/** Reads a body as text. Throws RangeError when it grows above `maxBytes`. */
export async function readText(response: UpstreamResponse, maxBytes: number): Promise<string> {
  const length = Number(response.header('content-length') ?? Number.NaN)
  if (length <= maxBytes) return await response.body.text()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response.body) {
    const bytes: Buffer = chunk
    size += bytes.byteLength
    if (size > maxBytes) throw new RangeError(`The answer is larger than ${maxBytes} bytes.`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Why one of our budgets ended a call; the reason of its signal. */
export type EndedBy = { endedBy: 'client' | 'timeout'; message: string }

/** Which class a failed call belongs to and what happened, in a sentence. `isAnswering` = headers had come. */
export function describeCallError(
  error: unknown,
  { signal, isAnswering }: { signal: AbortSignal; isAnswering: boolean },
): { errorClass: ErrorClass; message: string } {
  const ended = signal.aborted ? signal.reason : null
  if (isEndedBy(ended)) {
    return { errorClass: ended.endedBy === 'client' ? 'cancelled' : 'timeout', message: ended.message }
  }
  if (error instanceof RangeError) return { errorClass: 'bad_response', message: error.message }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const text = error instanceof Error ? error.message : String(error)
  if (isAnswering)
    return { errorClass: 'mid_stream', message: `the connection broke off in the answer (${code || text})` }
  return {
    errorClass: errorClassFromErrorType(code) === 'timeout' ? 'timeout' : 'connection',
    message: `could not be reached (${code || text})`,
  }
}

function isEndedBy(reason: unknown): reason is EndedBy {
  return typeof reason === 'object' && reason !== null && 'endedBy' in reason
}
