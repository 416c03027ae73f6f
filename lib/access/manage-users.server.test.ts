import { expect, test } from 'vitest'
import { db } from '@/lib/platform/db.server'
import { AppError } from '@/lib/platform/errors'
import { changePassword } from './change-password.server'
import { addUser, changeUserRole, listUsers, removeUser, resetPassword } from './manage-users.server'
import { recallUser } from './recall-user.server'
import type { UserRole } from './schema'
import { signIn } from './sign-in.server'
import { addUserBody } from './user-schema'

const READER = { kind: 'anonymous' } as const

let counter = 0

async function add(role: UserRole) {
  counter += 1
  return addUser({ email: `person${counter}@example.com`, role, reader: READER })
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => null).catch((thrown: unknown) => thrown)
  return error instanceof AppError ? error.code : `no AppError but ${error}`
}

const canSignIn = async ({ email, password }: { email: string; password: string }) =>
  (await signIn({ input: { email, password }, place: 'here' })).ok

test('a person is added with a password that is shown once and works', async () => {
  const added = await add('member')
  expect(await canSignIn(added)).toBe(true)
  const { users } = await listUsers({ kind: 'viewer', email: added.email, role: 'member' })
  expect(users.find(({ id }) => id === added.id)).toEqual({
    id: added.id,
    email: added.email,
    role: 'member',
    createdAt: added.createdAt,
    isYou: true,
  })
  expect(users.filter(({ isYou }) => isYou)).toHaveLength(1)
  const trail = await db().auditLog.findMany({ where: { target: `user:${added.email}` } })
  expect(trail.map(({ action }) => action)).toEqual(['user.add'])
  expect(
    JSON.stringify(trail, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  ).not.toContain(added.password)
})

test('an address has one account, however it is written', async () => {
  const { email } = await add('viewer')
  const again = addUserBody.parse({ email: ` ${email.toUpperCase()} `, role: 'admin' })
  expect(await codeOf(addUser({ ...again, reader: READER }))).toBe('conflict')
  expect(addUserBody.safeParse({ email: 'nobody', role: 'admin' }).error?.issues).toMatchObject([
    { path: ['email'], message: 'expected an e-mail address' },
  ])
})

test('a new role, a new password and a removal are noticed by sessions at once', async () => {
  const person = await add('viewer')
  const before = await recallUser(person.id)
  expect(before?.role).toBe('viewer')
  await changeUserRole({ id: person.id, role: 'member', reader: READER })
  expect(await recallUser(person.id)).toEqual({ ...before, role: 'member' })

  const renewed = await resetPassword({ id: person.id, reader: READER })
  expect((await recallUser(person.id))?.passwordMark).not.toBe(before?.passwordMark)
  expect(await canSignIn(person)).toBe(false)
  expect(await canSignIn(renewed)).toBe(true)

  await removeUser({ id: person.id, reader: READER })
  expect(await recallUser(person.id)).toBeNull()
  expect(await canSignIn(renewed)).toBe(false)
})

test('who never was is not_found', async () => {
  const id = 2_000_000_000
  expect(await codeOf(changeUserRole({ id, role: 'admin', reader: READER }))).toBe('not_found')
  expect(await codeOf(resetPassword({ id, reader: READER }))).toBe('not_found')
  expect(await codeOf(removeUser({ id, reader: READER }))).toBe('not_found')
})

test('an admin is left, even when the last two remove each other at the same moment', async () => {
  await db().user.deleteMany({ where: { role: 'admin' } })
  const first = await add('admin')
  expect(await codeOf(removeUser({ id: first.id, reader: READER }))).toBe('conflict')
  expect(await codeOf(changeUserRole({ id: first.id, role: 'viewer', reader: READER }))).toBe('conflict')

  const second = await add('admin')
  const outcomes = await Promise.allSettled([
    removeUser({ id: first.id, reader: READER }),
    changeUserRole({ id: second.id, role: 'member', reader: READER }),
  ])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await db().user.count({ where: { role: 'admin' } })).toBe(1)
})

test('people change their own password with the one they have', async () => {
  const { email, password, id } = await add('viewer')
  const before = await recallUser(id)
  const wrong = changePassword({ email, currentPassword: 'not this', newPassword: 'a longer secret' })
  await expect(wrong).rejects.toMatchObject({
    code: 'validation_failed',
    details: [{ path: 'currentPassword' }],
  })
  await changePassword({ email, currentPassword: password, newPassword: 'a longer secret' })
  expect(await canSignIn({ email, password })).toBe(false)
  expect(await canSignIn({ email, password: 'a longer secret' })).toBe(true)
  expect((await recallUser(id))?.passwordMark).not.toBe(before?.passwordMark)
})

test('guessing a current password is limited like a sign-in', async () => {
  const { email } = await add('viewer')
  const guess = () =>
    codeOf(changePassword({ email, currentPassword: 'guess', newPassword: 'a longer secret' }))
  await Promise.all(Array.from({ length: 10 }, guess))
  expect(await guess()).toBe('rate_limited')
})
