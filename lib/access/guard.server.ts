import { AppError } from '@/lib/platform/errors'
import { readRequestKey } from './api-key'
import { type AuthenticatedKey, authenticateRequest } from './authenticate-key.server'
import type { ApiKeyScope, UserRole, Viewer } from './schema'
import { readViewer } from './session.server'
import { readSetting } from './settings.server'

/** Who sent a request: a signed-in person, a program with a key, or somebody unknown. */
export type Reader =
  | ({ kind: 'viewer' } & Viewer)
  | ({ kind: 'key' } & AuthenticatedKey)
  | { kind: 'anonymous' }

/**
 * Who sent the request. A key goes before a session. Throws `unauthorized` when a key is given and wrong, even where
 * none is needed: whoever sends one wants to know.
 */
export async function resolveReader(request: Request): Promise<Reader> {
  const { headers } = request
  if (headers.has('authorization') || readRequestKey(headers) !== null) {
    const key = await authenticateRequest(headers)
    if (!key) throw new AppError('unauthorized', 'This API key is unknown or revoked.')
    return { kind: 'key', ...key }
  }
  const viewer = await readViewer(headers.get('cookie'))
  return viewer ? { kind: 'viewer', ...viewer } : { kind: 'anonymous' }
}

/**
 * Who may read: a signed-in person, or a key with the scope read or manage; with `allowPublic` also anybody while
 * Rankings are public. Throws `unauthorized` or `forbidden`.
 */
export async function requireReader(
  request: Request,
  { allowPublic }: { allowPublic: boolean },
): Promise<Reader> {
  const reader = await resolveReader(request)
  switch (reader.kind) {
    case 'viewer':
      return reader
    case 'key':
      if (reader.scopes.includes('read') || reader.scopes.includes('manage')) return reader
      throw new AppError('forbidden', `The API key "${reader.name}" lacks the scope read.`)
    case 'anonymous':
      if (allowPublic && (await readSetting('publicRankings'))) return reader
      throw new AppError('unauthorized', 'Sign in, or send an API key with the scope read.')
  }
}

/**
 * Who may change things: a signed-in person with one of the roles, or a key with the scope. Throws `unauthorized` or
 * `forbidden`.
 */
export async function requirePerson(
  request: Request,
  { roles, scope }: { roles: readonly UserRole[]; scope: ApiKeyScope },
): Promise<Exclude<Reader, { kind: 'anonymous' }>> {
  const reader = await resolveReader(request)
  const people = roles.join(' or ')
  switch (reader.kind) {
    case 'viewer':
      if (roles.includes(reader.role)) return reader
      throw new AppError('forbidden', `Only an ${people} may do this.`)
    case 'key':
      if (reader.scopes.includes(scope)) return reader
      throw new AppError('forbidden', `The API key "${reader.name}" lacks the scope ${scope}.`)
    case 'anonymous':
      throw new AppError(
        'unauthorized',
        `Sign in as an ${people}, or send an API key with the scope ${scope}.`,
      )
  }
}

/** Who has an account here: a signed-in person, whatever the role. Throws `unauthorized` or `forbidden`. */
export async function requireAccount(request: Request): Promise<Extract<Reader, { kind: 'viewer' }>> {
  const reader = await resolveReader(request)
  switch (reader.kind) {
    case 'viewer':
      return reader
    case 'key':
      throw new AppError('forbidden', `The API key "${reader.name}" has no account; sign in.`)
    case 'anonymous':
      throw new AppError('unauthorized', 'Sign in first.')
  }
}

/** The reader's name in the audit log. */
export function actorOf(reader: Reader): string {
  switch (reader.kind) {
    case 'viewer':
      return reader.email
    case 'key':
      return `key:${reader.name}`
    case 'anonymous':
      return 'anonymous'
  }
}
