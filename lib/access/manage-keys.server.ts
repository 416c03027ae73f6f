import { randomBytes } from 'node:crypto'
import { db } from '@/lib/platform/db.server'
import { AppError } from '@/lib/platform/errors'
import type { ApiKey as ApiKeyRow } from '@/prisma/generated/client'
import { apiKeyPrefix, createApiKeySecret, hashApiKey } from './api-key'
import { writeAudit } from './audit.server'
import { forgetKey } from './authenticate-key.server'
import type { ApiKey, ApiKeyListAnswer, CreateApiKeyBody, CreatedApiKey } from './schema'

/** All keys, newest first, revoked ones included. */
export async function listApiKeys(): Promise<ApiKeyListAnswer> {
  const rows = await db().apiKey.findMany({ orderBy: { id: 'desc' } })
  return { keys: rows.map(presentKey) }
}

/** Creates a key; the answer is the only place where it can ever be read. */
export async function createApiKey(input: CreateApiKeyBody & { actor: string }): Promise<CreatedApiKey> {
  const key = createApiKeySecret(randomBytes)
  const { name, scopes, requestsPerMinute = null } = input
  const row = await db().apiKey.create({
    data: { name, scopes, requestsPerMinute, keyHash: hashApiKey(key), prefix: apiKeyPrefix(key) },
  })
  await writeAudit({
    actor: input.actor,
    action: 'api-key.create',
    target: `api-key:${row.id}`,
    detail: { name, scopes, ...(requestsPerMinute === null ? {} : { requestsPerMinute }) },
  })
  return { ...presentKey(row), key }
}

/**
 * Ends a key: at once in this process, within five seconds in others. Revoking twice changes nothing. Throws
 * `not_found`.
 */
export async function revokeApiKey({ id, actor }: { id: number; actor: string }): Promise<ApiKey> {
  const { count } = await db().apiKey.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  const row = await db().apiKey.findUnique({ where: { id } })
  if (!row) throw new AppError('not_found', `There is no API key ${id}.`)
  forgetKey(row.keyHash)
  if (count > 0) await writeAudit({ actor, action: 'api-key.revoke', target: `api-key:${id}` })
  return presentKey(row)
}

function presentKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    requestsPerMinute: row.requestsPerMinute,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }
}
