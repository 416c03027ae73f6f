import type { IncomingHttpHeaders } from 'node:http'
import { Agent, type Dispatcher, request as send } from 'undici'
import { guardedConnector } from '../catalog/guarded-lookup.server'
import { SignInError } from '../catalog/sign-in-error'
import { processSingleton } from '../platform/process-singleton'
import { errorClassFromErrorType } from '../records/error-class'
import type { ErrorClass } from '../records/vocabulary'
import type { Connection } from './candidate'
import { GATEWAY_LIMITS } from './limits'

type Header = (name: string) => string | null
/** An answer whose body is still to come. */
export type UpstreamResponse = { status: number; header: Header; body: Dispatcher.ResponseData['body'] }
/** An answer that is all there. */
export type WholeResponse = { status: number; header: Header; text: string }

export type UpstreamCall = {
  connection: Connection
  /** JSON. */
  body: string
  /** Headers of the client that an upstream of its own shape may want, such as anthropic-beta. */
  passedHeaders: Readonly<Record<string, string>>
  ending: Ending
}

/** Why the gateway itself ended a call. */
export type EndedBy = { endedBy: 'client' | 'timeout'; message: string }

/** How a call learns that it is over; an AbortController for each whole answer costs more than this. */
export type Ending = {
  /** Null while it may go on. */
  reason: EndedBy | null
  /** Called once when there is a reason; set by whoever makes the call. */
  onEnded: (() => void) | null
}

/**
 * Posts one body to a provider and resolves once its headers are there. Connections are kept and reused; an address
 * that must not be called is refused at connect time, whatever its name resolves to by then. Rejects with undici's
 * error, also when the call is ended.
 */
export async function openUpstream(call: UpstreamCall): Promise<UpstreamResponse> {
  const { connection, ending } = call
  const controller = new AbortController()
  ending.onEnded = () => controller.abort(STOPPED)
  if (ending.reason) throw STOPPED
  const signed = await signedHeaders(call)
  if (ending.reason) throw STOPPED
  const { statusCode, headers, body } = await send(connection.origin + connection.path, {
    ...postOf(call, 'text/event-stream', signed),
    dispatcher: dispatcherFor(connection.allowPrivateNetwork),
    signal: controller.signal,
  })
  return { status: statusCode, header: headerReader(headers), body }
}

/**
 * Like `openUpstream`, and resolves once the whole answer is there; undici's own readable body would be
 * made for nothing, and costs. `onStatus` is told when the headers come. Rejects also with a RangeError when an answer
 * grows too large; of an error page the beginning is enough.
 */
export function fetchUpstream(
  call: UpstreamCall,
  onStatus: (status: number) => void,
): Promise<WholeResponse> {
  const signed = signedHeaders(call)
  if (signed instanceof Promise) return signed.then((headers) => fetchSigned(call, onStatus, headers))
  return fetchSigned(call, onStatus, signed)
}

function fetchSigned(
  call: UpstreamCall,
  onStatus: (status: number) => void,
  signed: SignedHeaders,
): Promise<WholeResponse> {
  const { connection, ending } = call
  const { origin, path } = connection
  const options = { ...postOf(call, 'application/json', signed), origin, path }
  return new Promise((resolve, reject) => {
    if (ending.reason) return reject(STOPPED)
    let dispatch: Dispatcher.DispatchController | null = null
    ending.onEnded = () => {
      dispatch?.abort(STOPPED)
      reject(STOPPED)
    }
    let status = 0
    let header: Header = () => null
    let size = 0
    const chunks: Buffer[] = []
    const finish = () => resolve({ status, header, text: joinText(chunks) })
    dispatcherFor(connection.allowPrivateNetwork).dispatch(options, {
      onRequestStart(controller) {
        dispatch = controller
        if (ending.reason) controller.abort(STOPPED)
      },
      onResponseStart(_controller, statusCode, headers) {
        status = statusCode
        header = headerReader(headers)
        onStatus(statusCode)
      },
      onResponseData(controller, chunk) {
        size += chunk.byteLength
        if (size <= GATEWAY_LIMITS.maxAnswerBytes) chunks.push(chunk)
        else
          controller.abort(
            new RangeError(`The answer is larger than ${GATEWAY_LIMITS.maxAnswerBytes} bytes.`),
          )
        if (isErrorStatus(status) && size > GATEWAY_LIMITS.maxErrorBytes) {
          finish()
          controller.abort(STOPPED)
        }
      },
      onResponseEnd: finish,
      onResponseError(_controller, error) {
        reject(error)
      },
    })
  })
}

const STOPPED = new Error('The call was ended.')

/** Whether a status is anything but success. */
export function isErrorStatus(status: number): boolean {
  return status < 200 || status > 299
}

function joinText(chunks: readonly Buffer[]): string {
  const [first] = chunks
  return chunks.length === 1 && first ? first.toString('utf8') : Buffer.concat(chunks).toString('utf8')
}

type SignedHeaders = Record<string, string> | null
const CONTENT_TYPE = 'application/json'

/** What has to be computed for this request alone; at once, and nothing, where a key is all there is. */
function signedHeaders({ connection, body }: UpstreamCall): SignedHeaders | Promise<SignedHeaders> {
  const { sign } = connection.signIn
  if (sign === null) return null
  const url = new URL(connection.origin + connection.path)
  return sign({ method: 'POST', url, contentType: CONTENT_TYPE, body })
}

function postOf({ connection, body, passedHeaders }: UpstreamCall, accept: string, signed: SignedHeaders) {
  return {
    method: 'POST' as const,
    headers: {
      'content-type': CONTENT_TYPE,
      accept,
      'user-agent': 'sightglass',
      ...connection.headers,
      ...passedHeaders,
      ...signed,
    },
    body,
    // Our own budgets end a call, with a reason that says which.
    headersTimeout: 0,
    bodyTimeout: 0,
  }
}

function headerReader(headers: IncomingHttpHeaders): Header {
  return (name) => {
    const value = headers[name]
    return Array.isArray(value) ? (value[0] ?? null) : (value ?? null)
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

/** The beginning of a body as text, as much as an error page is read of. */
export async function readBeginning({ body }: UpstreamResponse): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    const bytes: Buffer = chunk
    chunks.push(bytes)
    size += bytes.byteLength
    if (size > GATEWAY_LIMITS.maxErrorBytes) break
  }
  return joinText(chunks)
}

/** Which class a failed call belongs to and what happened, in a sentence. `isAnswering` = headers had come. */
export function describeCallError(
  error: unknown,
  { ending, isAnswering }: { ending: Ending; isAnswering: boolean },
): { errorClass: ErrorClass; message: string } {
  const { reason } = ending
  if (reason)
    return { errorClass: reason.endedBy === 'client' ? 'cancelled' : 'timeout', message: reason.message }
  if (error instanceof SignInError)
    return { errorClass: error.isRefused ? 'auth' : 'connection', message: error.message }
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
