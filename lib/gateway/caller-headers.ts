import { AppError } from '../platform/errors'
import { storableText } from '../records/storable-text'
import { problemOfUseCase } from '../records/use-case'
import { CONVERSATION_HEADERS } from './conversation'

/** Who sent the request, by its headers. */
export type CallerHeaders = {
  app: string | null
  userAgent: string | null
  sessionId: string | null
  useCase: string | null
}

const MAX_NAME_LENGTH = 200
const USE_CASE_HEADER = 'X-Sightglass-Use-Case'

/**
 * Who sends a request, by its headers: `X-OpenRouter-Title` or `X-Title`, else the host of `HTTP-Referer` or `Referer`,
 * names the app; null when none does. A conversation is named by one of CONVERSATION_HEADERS. `X-Sightglass-Use-Case` says what the request is for.
 * Throws `bad_request` when that is no name for a use case. Source: openrouter.ai/docs, App Attribution.
 */
export function readCallerHeaders(header: (name: string) => string | null): CallerHeaders {
  const title = header('x-openrouter-title') ?? header('x-title')
  return {
    app: nameOf(title) ?? hostOf(header('http-referer') ?? header('referer')),
    userAgent: header('user-agent'),
    sessionId: readSession(header),
    useCase: readUseCase(header(USE_CASE_HEADER.toLowerCase())),
  }
}

function readSession(header: (name: string) => string | null): string | null {
  for (const name of CONVERSATION_HEADERS) {
    const session = nameOf(header(name))
    if (session !== null) return session
  }
  return null
}

function nameOf(text: string | null): string | null {
  return text === null ? null : storableText(text.trim(), MAX_NAME_LENGTH) || null
}

function readUseCase(text: string | null): string | null {
  const name = text?.trim() ?? ''
  if (name === '') return null
  const message = problemOfUseCase(name)
  if (message === null) return name
  throw new AppError('bad_request', `The header ${USE_CASE_HEADER} is not as expected.`, {
    details: [{ path: USE_CASE_HEADER, message }],
  })
}

function hostOf(referer: string | null): string | null {
  const url = referer === null ? null : URL.parse(referer)
  return url === null ? null : nameOf(url.host)
}
