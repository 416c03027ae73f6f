import { Agent, request as send } from 'undici'
import { createMask } from '../platform/mask-secrets'
import type { CallResult } from './connection-outcome'
import { guardedConnector } from './guarded-lookup.server'
import { type SignIn, withQuery } from './sign-in'
import { SignInError } from './sign-in-error'

const TIMEOUT_MS = 15_000
const MAX_ANSWER_BYTES = 16 * 1024 * 1024

/**
 * Makes one call to a provider outside the gateway's traffic, within 15 seconds and 16 MiB, and follows no redirect.
 * What goes wrong is part of the result; credentials that the answer quotes are masked. Never rejects.
 */
export async function askProvider({
  url,
  json,
  headers,
  signIn,
  allowPrivate,
}: {
  url: string
  /** Body of a POST; null = a GET. */
  json: unknown
  headers: Readonly<Record<string, string>>
  signIn: SignIn
  allowPrivate: boolean
}): Promise<CallResult> {
  const agent = new Agent({
    connect: guardedConnector({ allowPrivate, connectTimeoutMs: TIMEOUT_MS }),
    maxResponseSize: MAX_ANSWER_BYTES,
  })
  try {
    const request = {
      method: json === null ? ('GET' as const) : ('POST' as const),
      url: new URL(withQuery(url, signIn)),
      contentType: json === null ? null : 'application/json',
      body: json === null ? null : JSON.stringify(json),
    }
    const signed = await signIn.sign?.(request)
    const response = await send(request.url, {
      method: request.method,
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        accept: 'application/json',
        ...(request.contentType === null ? {} : { 'content-type': request.contentType }),
        ...headers,
        ...signIn.headers,
        ...signed,
      },
      body: request.body,
    })
    const contentType = response.headers['content-type']
    return {
      kind: 'answer',
      httpStatus: response.statusCode,
      contentType: typeof contentType === 'string' ? contentType : '',
      body: masked(await response.body.text(), signIn),
    }
  } catch (error) {
    return failureOf(error, signIn)
  } finally {
    await agent.destroy()
  }
}

function failureOf(error: unknown, signIn: SignIn): CallResult {
  if (!(error instanceof Error)) return { kind: 'failure', code: '', message: 'unknown' }
  if (error instanceof SignInError)
    return { kind: 'failure', code: 'ERR_SIGN_IN', message: masked(error.message, signIn) }
  const cause = 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error
  const source = cause instanceof Error ? cause : error
  const code = 'code' in source && typeof source.code === 'string' ? source.code : source.name
  return { kind: 'failure', code, message: masked(source.message, signIn) }
}

/** A provider may quote the key it refuses; we never do. */
function masked(text: string, signIn: SignIn): string {
  return createMask(signIn.credentials())(text)
}
