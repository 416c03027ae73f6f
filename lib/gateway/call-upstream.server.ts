import type { IncomingHttpHeaders } from 'node:http'
import { Agent, type Dispatcher, errors } from 'undici'
import { guardedConnector } from '../catalog/guarded-lookup.server'
import { SignInError } from '../catalog/sign-in-error'
import type { Mask } from '../platform/mask-secrets'
import { processSingleton } from '../platform/process-singleton'
import { errorClassFromErrorType } from '../records/error-class'
import type { ErrorClass } from '../records/vocabulary'
import { type ArrivingBody, createArrivingBody } from './arriving-body.server'
import type { Address, Connection } from './candidate'
import { decoded, decodeWhole } from './decode-body.server'
import { GATEWAY_LIMITS } from './limits'
import type { EndedBy, RunningAttempt } from './running-attempt.server'

type Header = (name: string) => string | null
/** An answer whose body is still to come. */
export type UpstreamResponse = ResponseHead & { body: AsyncIterable<Buffer>; mask: Mask }
/** An answer that is all there. */
export type WholeResponse = ResponseHead & { text: string }
type ResponseHead = {
  status: number
  header: Header
  /** What a provider says of its limits, which the client's SDK may heed. */
  limitHeaders: Record<string, string>
}

export type UpstreamCall = {
  connection: Connection
  address: Address
  body: string | Buffer
  contentType: string
  /** Headers of the client that an upstream of its own shape may want, such as anthropic-beta. */
  passedHeaders: Readonly<Record<string, string>>
  running: RunningAttempt
}

/**
 * Posts one body to a provider and resolves once its headers are there. Connections are kept and reused; an address
 * that must not be called is refused at connect time, whatever its name resolves to by then. Rejects with undici's
 * error, also when the call is ended. undici's own readable body and an AbortController for each call would cost more
 * than all the rest of it.
 */
export async function openUpstream(call: UpstreamCall): Promise<UpstreamResponse> {
  const signed = await signedHeaders(call)
  return onLiveConnection(call, (dispatcher) => openBy(dispatcher, call, signed))
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
  const fetchSigned = (headers: SignedHeaders) =>
    onLiveConnection(call, (dispatcher) => fetchBy(dispatcher, call, { signed: headers, onStatus }))
  return signed instanceof Promise ? signed.then(fetchSigned) : fetchSigned(signed)
}

/**
 * Asks once more, on a new connection, when a kept one turned out to be closed just as it was used again: the provider
 * had not begun with the request, and an attempt that failed by that would be nobody's fault.
 */
async function onLiveConnection<Response>(
  { connection: { allowPrivateNetwork }, running }: UpstreamCall,
  ask: (dispatcher: Dispatcher) => Promise<Response>,
): Promise<Response> {
  try {
    return await ask(dispatcherFor(allowPrivateNetwork, 'kept'))
  } catch (error) {
    const isAnswering = running.attempt.httpStatus !== null
    if (isAnswering || running.endedBy || !isStaleConnection(error)) throw error
    return ask(dispatcherFor(allowPrivateNetwork, 'new'))
  }
}

const CLOSED_CODES: ReadonlySet<unknown> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** Whether a connection broke that had brought an answer before. */
function isStaleConnection(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !CLOSED_CODES.has(error.code)) return false
  if (error instanceof errors.SocketError) return (error.socket?.bytesRead ?? 0) > 0
  return 'bytesRead' in error && typeof error.bytesRead === 'number' && error.bytesRead > 0
}

function openBy(
  dispatcher: Dispatcher,
  call: UpstreamCall,
  signed: SignedHeaders,
): Promise<UpstreamResponse> {
  const { connection, running } = call
  const { origin, path } = call.address
  const options = { ...postOf(call, STREAM_ACCEPT, signed), origin, path }
  return new Promise((resolve, reject) => {
    if (running.endedBy) return reject(STOPPED)
    let dispatch: Dispatcher.DispatchController | null = null
    let arriving: ArrivingBody | null = null
    running.onEnded = () => {
      dispatch?.abort(STOPPED)
      reject(STOPPED)
    }
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        dispatch = controller
        if (running.endedBy) controller.abort(STOPPED)
      },
      onResponseStart(controller, statusCode, headers) {
        // An interim answer says nothing yet.
        if (statusCode < 200) return
        const head = headOf(statusCode, headers)
        arriving = createArrivingBody(controller)
        const body = decoded(arriving.bytes, head.header('content-encoding'))
        resolve({ ...head, body, mask: connection.mask })
      },
      onResponseData(_controller, chunk) {
        arriving?.push(chunk)
      },
      onResponseEnd() {
        arriving?.end()
      },
      onResponseError(_controller, error) {
        if (arriving) arriving.fail(error)
        else reject(error)
      },
    })
  })
}

function fetchBy(
  dispatcher: Dispatcher,
  call: UpstreamCall,
  { signed, onStatus }: { signed: SignedHeaders; onStatus: (status: number) => void },
): Promise<WholeResponse> {
  const { connection, running } = call
  const { origin, path } = call.address
  const options = { ...postOf(call, 'application/json', signed), origin, path }
  return new Promise((resolve, reject) => {
    if (running.endedBy) return reject(STOPPED)
    let dispatch: Dispatcher.DispatchController | null = null
    running.onEnded = () => {
      dispatch?.abort(STOPPED)
      reject(STOPPED)
    }
    let head: ResponseHead = NO_HEAD
    let size = 0
    const chunks: Buffer[] = []
    const finish = () => {
      const bytes = joined(chunks)
      decodeWhole(bytes, head.header('content-encoding')).then(
        (text) => resolve({ ...head, text: connection.mask(text) }),
        (error: unknown) => reject(error),
      )
    }
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        dispatch = controller
        if (running.endedBy) controller.abort(STOPPED)
      },
      onResponseStart(_controller, statusCode, headers) {
        head = headOf(statusCode, headers)
        onStatus(statusCode)
      },
      onResponseData(controller, chunk) {
        size += chunk.byteLength
        if (size <= GATEWAY_LIMITS.maxAnswerBytes) chunks.push(chunk)
        else controller.abort(new RangeError(TOO_LARGE))
        if (isErrorStatus(head.status) && size > GATEWAY_LIMITS.maxErrorBytes) {
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

/** Proxies that look at it let both pass: a provider that does not stream answers at once. */
const STREAM_ACCEPT = 'text/event-stream, application/json;q=0.9, */*;q=0.8'
const STOPPED = new Error('The call was ended.')
const TOO_LARGE = `The answer is larger than ${GATEWAY_LIMITS.maxAnswerBytes} bytes.`

/** Whether a status is anything but success. */
export function isErrorStatus(status: number): boolean {
  return status < 200 || status > 299
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks
  return chunks.length === 1 && first ? first : Buffer.concat(chunks)
}

type SignedHeaders = Record<string, string> | null

/** What has to be computed for this request alone; at once, and nothing, where a key is all there is. */
function signedHeaders({
  connection,
  address,
  contentType,
  body,
}: UpstreamCall): SignedHeaders | Promise<SignedHeaders> {
  const { sign } = connection.signIn
  if (sign === null) return null
  const url = new URL(address.origin + address.path)
  return sign({ method: 'POST', url, contentType, body })
}

function postOf(
  { connection, contentType, body, passedHeaders }: UpstreamCall,
  accept: string,
  signed: SignedHeaders,
) {
  return {
    method: 'POST' as const,
    headers: {
      'content-type': contentType,
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

const NO_HEAD: ResponseHead = { status: 0, header: () => null, limitHeaders: {} }
/** OpenAI's, Anthropic's and Azure's; each provider has some of them. */
const LIMIT_HEADER = /^(x-ratelimit-|anthropic-ratelimit-|x-ms-ratelimit-)/

function headOf(status: number, headers: IncomingHttpHeaders): ResponseHead {
  const limitHeaders: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (typeof value === 'string' && LIMIT_HEADER.test(name)) limitHeaders[name] = value
  }
  return { status, header: headerReader(headers), limitHeaders }
}

function headerReader(headers: IncomingHttpHeaders): Header {
  return (name) => {
    const value = headers[name]
    return Array.isArray(value) ? (value[0] ?? null) : (value ?? null)
  }
}

/** `new` = connections that serve one request each. */
function dispatcherFor(allowPrivate: boolean, connections: 'kept' | 'new'): Dispatcher {
  const reach = allowPrivate ? 'private' : 'public'
  return processSingleton(`gateway-dispatcher-${reach}-${connections}`, () => {
    const { connectTimeoutMs } = GATEWAY_LIMITS
    return new Agent({
      connect: guardedConnector({ allowPrivate, connectTimeoutMs }),
      connections: 512,
      keepAliveTimeout: 30_000,
      pipelining: connections === 'kept' ? 1 : 0,
    })
  })
}

/** The beginning of a body as text, as much as an error page is read of. */
export async function readBeginning({ body, mask }: UpstreamResponse): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const bytes of body) {
    chunks.push(bytes)
    size += bytes.byteLength
    if (size > GATEWAY_LIMITS.maxErrorBytes) break
  }
  return mask(joined(chunks).toString('utf8'))
}

/** The whole body as text. Rejects with a RangeError when it grows too large. */
export async function readWhole({ body, mask, ...head }: UpstreamResponse): Promise<WholeResponse> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const bytes of body) {
    size += bytes.byteLength
    if (size > GATEWAY_LIMITS.maxAnswerBytes) throw new RangeError(TOO_LARGE)
    chunks.push(bytes)
  }
  return { ...head, text: mask(joined(chunks).toString('utf8')) }
}

/** Which class a failed call belongs to and what happened, in a sentence. `isAnswering` = headers had come. */
export function describeCallError(
  error: unknown,
  { endedBy, isAnswering }: { endedBy: EndedBy | null; isAnswering: boolean },
): { errorClass: ErrorClass; message: string } {
  if (endedBy) {
    return { errorClass: endedBy.endedBy === 'client' ? 'cancelled' : 'timeout', message: endedBy.message }
  }
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
