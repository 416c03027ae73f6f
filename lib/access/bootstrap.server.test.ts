import { expect, test } from 'vitest'
import { db } from '@/lib/platform/db.server'
import { hashApiKey } from './api-key'
import { bootstrapAccess } from './bootstrap.server'
import { verifyPassword } from './password.server'
import { API_KEY_SCOPES } from './schema'

test('the first start makes up an admin with a password and a key, later starts make up nothing', async () => {
  const first = await bootstrapAccess({})
  expect(first.adminEmail).toBe('admin@sightglass.local')
  expect(first.apiKey).toMatch(/^sg_/)
  const user = await db().user.findUniqueOrThrow({ where: { email: first.adminEmail } })
  expect(await verifyPassword(first.adminPassword ?? '', user.passwordHash)).toBe(true)

  const key = await db().apiKey.findUniqueOrThrow({ where: { keyHash: hashApiKey(first.apiKey ?? '') } })
  expect(key.scopes).toEqual([...API_KEY_SCOPES])

  expect(await bootstrapAccess({})).toEqual({
    adminEmail: first.adminEmail,
    adminPassword: null,
    apiKey: null,
  })
})

test('a given password replaces the one of the admin and is not shown', async () => {
  const { adminEmail } = await bootstrapAccess({})
  const result = await bootstrapAccess({ adminPassword: 'given-password' })
  expect(result).toEqual({ adminEmail, adminPassword: null, apiKey: null })
  const user = await db().user.findUniqueOrThrow({ where: { email: adminEmail } })
  expect(await verifyPassword('given-password', user.passwordHash)).toBe(true)
})

test('the same password given again keeps the stored hash, so that sessions go on', async () => {
  const values = { adminEmail: 'Same@Example.com', adminPassword: 'same-password' }
  await bootstrapAccess(values)
  const before = await db().user.findUniqueOrThrow({ where: { email: 'same@example.com' } })
  await bootstrapAccess(values)
  expect(await db().user.findUniqueOrThrow({ where: { email: 'same@example.com' } })).toEqual(before)
})

test('a given address makes an existing user an admin', async () => {
  await db().user.create({ data: { email: 'promoted@example.com', passwordHash: 'x', role: 'viewer' } })
  await bootstrapAccess({ adminEmail: 'promoted@example.com' })
  const user = await db().user.findUniqueOrThrow({ where: { email: 'promoted@example.com' } })
  expect(user).toMatchObject({ role: 'admin', passwordHash: 'x' })
})

test('a given key is added once and stays revoked when it was revoked', async () => {
  const apiKey = 'given-api-key'
  await bootstrapAccess({ apiKey })
  await bootstrapAccess({ apiKey })
  const where = { keyHash: hashApiKey(apiKey) }
  expect(await db().apiKey.count({ where })).toBe(1)
  await db().apiKey.update({ where, data: { revokedAt: new Date() } })
  expect((await bootstrapAccess({ apiKey })).apiKey).toBeNull()
  expect((await db().apiKey.findUniqueOrThrow({ where })).revokedAt).not.toBeNull()
})

test('two starts at once agree on one admin', async () => {
  const values = { adminEmail: 'race@example.com', apiKey: 'race-api-key' }
  const results = await Promise.all([bootstrapAccess(values), bootstrapAccess(values)])
  expect(results.filter((result) => result.adminPassword !== null)).toHaveLength(1)
})
