import { randomBytes } from 'node:crypto'
import { db, isUniqueViolation } from '@/lib/platform/db.server'
import { AppError } from '@/lib/platform/errors'
import type { Prisma, User as UserRow } from '@/prisma/generated/client'
import { writeAudit } from './audit.server'
import { actorOf, type Reader } from './guard.server'
import { hashPassword } from './password.server'
import { createReadablePassword } from './readable-password'
import { forgetUser } from './recall-user.server'
import type { UserRole } from './schema'
import type { AddUserBody, User, UserListAnswer, UserWithPassword } from './user-schema'

/** All people with an account, oldest first. */
export async function listUsers(reader: Reader): Promise<UserListAnswer> {
  const rows = await db().user.findMany({ orderBy: { id: 'asc' } })
  return { users: rows.map((row) => presentUser(row, reader)) }
}

/**
 * Adds a person with a password made up here; the answer is the only place where it can ever be read. Throws
 * `conflict` when the address has an account.
 */
export async function addUser({
  email,
  role,
  reader,
}: AddUserBody & { reader: Reader }): Promise<UserWithPassword> {
  const password = createReadablePassword(randomBytes)
  const row = await db()
    .user.create({ data: { email, role, passwordHash: await hashPassword(password) } })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error
      throw new AppError('conflict', `${email} has an account.`, {
        details: [{ path: 'email', message: 'has an account already' }],
      })
    })
  await writeAudit({ actor: actorOf(reader), action: 'user.add', target: `user:${email}`, detail: { role } })
  return { ...presentUser(row, reader), password }
}

/**
 * Gives a person another role: at once in this process, within a minute in others. Throws `not_found`, and `conflict`
 * when nobody would be left to administer.
 */
export async function changeUserRole({
  id,
  role,
  reader,
}: {
  id: number
  role: UserRole
  reader: Reader
}): Promise<User> {
  const row = await db().$transaction(async (transaction) => {
    const before = await lockUser(transaction, id)
    if (role !== 'admin') await keepAnAdmin(transaction, before)
    return transaction.user.update({ where: { id }, data: { role } })
  })
  forgetUser(id)
  await writeAudit({
    actor: actorOf(reader),
    action: 'user.role',
    target: `user:${row.email}`,
    detail: { role },
  })
  return presentUser(row, reader)
}

/**
 * Replaces a person's password by one made up here, shown in the answer only, and so ends their sessions: at once in
 * this process, within a minute in others. Throws `not_found`.
 */
export async function resetPassword({
  id,
  reader,
}: {
  id: number
  reader: Reader
}): Promise<UserWithPassword> {
  const password = createReadablePassword(randomBytes)
  const passwordHash = await hashPassword(password)
  const row = await db().$transaction(async (transaction) => {
    await lockUser(transaction, id)
    return transaction.user.update({ where: { id }, data: { passwordHash } })
  })
  forgetUser(id)
  await writeAudit({ actor: actorOf(reader), action: 'user.reset-password', target: `user:${row.email}` })
  return { ...presentUser(row, reader), password }
}

/**
 * Removes a person's account and with it their sessions, as above. What they did stays under their address. Throws
 * `not_found`, and `conflict` when nobody would be left to administer.
 */
export async function removeUser({ id, reader }: { id: number; reader: Reader }): Promise<void> {
  const { email } = await db().$transaction(async (transaction) => {
    const before = await lockUser(transaction, id)
    await keepAnAdmin(transaction, before)
    return transaction.user.delete({ where: { id } })
  })
  forgetUser(id)
  await writeAudit({ actor: actorOf(reader), action: 'user.remove', target: `user:${email}` })
}

/**
 * The person as they are until the transaction ends. All admins are held with them, so that two who remove each other
 * take turns. Throws `not_found`.
 */
async function lockUser(transaction: Prisma.TransactionClient, id: number): Promise<UserRow> {
  await transaction.$executeRaw`SELECT id FROM app_user WHERE id = ${id} OR role = 'admin' ORDER BY id FOR UPDATE`
  const row = await transaction.user.findUnique({ where: { id } })
  if (!row) throw new AppError('not_found', `There is no person ${id}.`)
  return row
}

async function keepAnAdmin(transaction: Prisma.TransactionClient, leaving: UserRow): Promise<void> {
  if (leaving.role !== 'admin') return
  if ((await transaction.user.count({ where: { role: 'admin', id: { not: leaving.id } } })) > 0) return
  throw new AppError('conflict', `${leaving.email} is the only admin. Make somebody else one first.`)
}

function presentUser(row: UserRow, reader: Reader): User {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    isYou: reader.kind === 'viewer' && reader.email === row.email,
  }
}
