import { z } from 'zod'
import { parseJson } from '../platform/parse-json'
import type { ApiShape } from '../records/vocabulary'
import { ALL_SHAPES, shapeNamed } from '../shapes/registry'

/** What a test call got: an answer of the provider, or the reason why none came. */
export type CallResult =
  | { kind: 'answer'; httpStatus: number; contentType: string; body: string }
  /** `code` of the error that Node or undici gave. */
  | { kind: 'failure'; code: string; message: string }

/** What was asked of whom. `upstreamModel` null = its list of models. */
export type TestCall = {
  apiShape: ApiShape
  baseUrl: string
  upstreamModel: string | null
  hasApiKey: boolean
}

export type ConnectionOutcome = { ok: boolean; message: string; listedModels: string[] }

const MAX_LISTED = 500
const MAX_QUOTED = 200

const errorBody = z.object({
  error: z.union([z.string(), z.object({ message: z.string() })]),
})

/** What a test call says about a connection, in a sentence that tells what to do. Pure; never holds the key. */
export function judgeConnection(call: TestCall, result: CallResult): ConnectionOutcome {
  if (result.kind === 'failure') return bad(explainFailure(call, result))
  const { httpStatus } = result
  if (httpStatus >= 200 && httpStatus < 300) return judgeSuccess(call, result)
  return bad(explainStatus(call, result))
}

function judgeSuccess(call: TestCall, result: CallResult & { kind: 'answer' }): ConnectionOutcome {
  const json = parseJson(result.body)
  if (json === undefined) return bad(explainNotJson(call, result))
  const reported = errorBody.safeParse(json)
  if (reported.success)
    return bad(`It answered ${result.httpStatus} with an error inside: ${quote(errorText(json))}`)
  if (call.upstreamModel === null) {
    const ids = shapeNamed(call.apiShape).readModelList(json)
    if (ids.length === 0)
      return bad('It answered, but not with a list of models. Add an endpoint to test a real call.')
    return {
      ok: true,
      message: `It answered and lists ${countOf(ids.length)}.`,
      listedModels: ids.slice(0, MAX_LISTED),
    }
  }
  const spoken = ALL_SHAPES.filter(({ shape }) => shape.readAnswer(json).problem === null)
  if (spoken.some(({ name }) => name === call.apiShape)) {
    return { ok: true, message: `${call.upstreamModel} answered.`, listedModels: [] }
  }
  const [other] = spoken
  if (other) return bad(`It answered in the shape ${other.shape.label}; choose that API shape.`)
  const { label } = shapeNamed(call.apiShape)
  return bad(`It answered with JSON that is no answer of ${label}. Check the base URL and the API shape.`)
}

function explainStatus(call: TestCall, result: CallResult & { kind: 'answer' }): string {
  const { httpStatus } = result
  const said = parseJson(result.body) === undefined ? '' : errorText(parseJson(result.body))
  const quoted = said === '' ? '' : ` It said: ${quote(said)}`
  switch (httpStatus) {
    case 401:
    case 403:
      return call.hasApiKey
        ? `The key was refused (${httpStatus}). Enter it again, or make a new one at the provider.${quoted}`
        : `It wants a key (${httpStatus}) and none is stored. Enter one.${quoted}`
    case 402:
      return `The provider wants payment (402): check the account's balance.${quoted}`
    case 404:
    case 410:
      return explainMissing(call, quoted, httpStatus)
    case 405:
      return `It does not take this kind of request here (405). Check the base URL and the API shape.${quoted}`
    case 429:
      return `The connection works, but the provider limits the rate right now (429). Try again later.${quoted}`
    case 400:
    case 422:
      return `It answered but refused the test request (${httpStatus}).${quoted || ' Check the model and the API shape.'}`
  }
  if (httpStatus >= 300 && httpStatus < 400) {
    return `It redirects elsewhere (${httpStatus}), which is not followed. Enter the final address as the base URL.`
  }
  return httpStatus >= 500
    ? `The provider has trouble of its own (${httpStatus}). Try again later.${quoted}`
    : `It refused the test request (${httpStatus}).${quoted}`
}

/** A provider that answers in its error format knows the path and not the model; any other 404 is a wrong address. */
function explainMissing(call: TestCall, quoted: string, httpStatus: number): string {
  const hint = `Check the base URL${shapeNamed(call.apiShape).baseUrlHint}.`
  if (call.upstreamModel === null) return `It has no list of models there (${httpStatus}). ${hint}${quoted}`
  return quoted === ''
    ? `There is nothing at this address (${httpStatus}). ${hint}`
    : `It does not know the model ${call.upstreamModel} (${httpStatus}). Check the name it uses.${quoted}`
}

function explainNotJson(call: TestCall, { body, contentType }: CallResult & { kind: 'answer' }): string {
  if (body.trim() === '') return 'It answered with an empty body. Check the base URL.'
  const isPage = contentType.includes('html') || /^\s*<(!doctype|html)/i.test(body)
  const hint = `Check the base URL${shapeNamed(call.apiShape).baseUrlHint}.`
  return isPage
    ? `A web page came back instead of JSON. ${hint}`
    : `What came back is not JSON (${contentType === '' ? 'no content type' : contentType}). ${hint}`
}

function explainFailure({ baseUrl }: TestCall, { code, message }: CallResult & { kind: 'failure' }): string {
  const { host, hostname, protocol } = new URL(baseUrl)
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${host}: the connection was refused. Is it running, and is the port right?`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${hostname} was not found. Check the spelling, or the server's DNS.`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no way from this server to ${host}. Check the network or the firewall.`
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return protocol === 'https:'
        ? `${host} closed the connection without an answer. Does it speak https?`
        : `${host} closed the connection without an answer. Should the address begin with https?`
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'ETIMEDOUT':
    case 'TimeoutError':
      return `${host} did not answer within 15 seconds.`
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return `${host} sent more than a short answer should hold. Check the base URL.`
    case 'ERR_ADDRESS_REFUSED':
      return message
    case 'ERR_SIGN_IN':
      return `Signing in failed: ${message}.`
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return `${host} does not speak https. Should the address begin with http?`
  }
  if (/CERT|SIGNED|TLS|SSL/.test(code)) {
    return `The certificate of ${hostname} is not trusted (${code}). Give Node its CA with NODE_EXTRA_CA_CERTS.`
  }
  if (code.startsWith('HPE_')) return `${host} does not speak HTTP. Check the port.`
  return `The call to ${host} failed: ${quote(message)}`
}

function errorText(json: unknown): string {
  const parsed = errorBody.safeParse(json)
  if (!parsed.success) return ''
  return typeof parsed.data.error === 'string' ? parsed.data.error : parsed.data.error.message
}

function countOf(models: number): string {
  return models === 1 ? '1 model' : `${models} models`
}

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return `“${line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line}”`
}

function bad(message: string): ConnectionOutcome {
  return { ok: false, message, listedModels: [] }
}
