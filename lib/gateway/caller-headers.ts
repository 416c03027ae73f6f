import { storableText } from '../records/storable-text'
import type { CallerHeaders } from './to-record'

const MAX_NAME_LENGTH = 200

/**
 * Who sends a request, by its headers: `X-OpenRouter-Title` or `X-Title`, else the host of `HTTP-Referer` or `Referer`,
 * names the app; null when none does. Source: openrouter.ai/docs, App Attribution.
 */
export function readCallerHeaders(header: (name: string) => string | null): CallerHeaders {
  const title = header('x-openrouter-title') ?? header('x-title')
  return {
    app: nameOf(title) ?? hostOf(header('http-referer') ?? header('referer')),
    userAgent: header('user-agent'),
    sessionId: nameOf(header('x-session-id')),
  }
}

function nameOf(text: string | null): string | null {
  return text === null ? null : storableText(text.trim(), MAX_NAME_LENGTH) || null
}

function hostOf(referer: string | null): string | null {
  const url = referer === null ? null : URL.parse(referer)
  return url === null ? null : nameOf(url.host)
}
