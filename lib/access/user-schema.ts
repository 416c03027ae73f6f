import { z } from 'zod'
import { USER_ROLES } from './schema'

/** Long enough that guessing it is not worth a try; the longest is what a sign-in takes. */
export const PASSWORD_LENGTH = { least: 10, most: 1024 } as const

/** A person with an account, as admins see it. */
export const user = z.object({
  id: z.number(),
  email: z.string(),
  role: z.enum(USER_ROLES),
  /** ISO 8601 UTC. */
  createdAt: z.string(),
  /** Whether this is who asks. */
  isYou: z.boolean(),
})
export type User = z.infer<typeof user>

/** `GET /api/users`: oldest first. */
export const userListAnswer = z.object({ users: z.array(user) })
export type UserListAnswer = z.infer<typeof userListAnswer>

const role = z.enum(USER_ROLES, { error: `expected one of ${USER_ROLES.join(', ')}` })

/** `POST /api/users`. */
export const addUserBody = z.strictObject({
  email: z
    .string('expected an e-mail address')
    .trim()
    .toLowerCase()
    .max(320, 'at most 320 characters')
    .pipe(z.email('expected an e-mail address')),
  role,
})
export type AddUserBody = z.infer<typeof addUserBody>

/** The answer to `POST /api/users` and `POST /api/users/:id/password`: the only time the password is shown. */
export const userWithPassword = user.extend({ password: z.string() })
export type UserWithPassword = z.infer<typeof userWithPassword>

/** `PATCH /api/users/:id`. */
export const changeRoleBody = z.strictObject({ role })
export type ChangeRoleBody = z.infer<typeof changeRoleBody>

/** Path of `/api/users/[id]`. */
export const userParams = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) })

/** `DELETE /api/users/:id`. */
export const removedUserAnswer = z.object({ removed: z.literal(true) })

/** `PUT /api/account/password`: a person's own. */
export const changePasswordBody = z.strictObject({
  currentPassword: z.string('enter your current password').min(1, 'enter your current password'),
  newPassword: z
    .string('enter a new password')
    .min(PASSWORD_LENGTH.least, `at least ${PASSWORD_LENGTH.least} characters`)
    .max(PASSWORD_LENGTH.most, `at most ${PASSWORD_LENGTH.most} characters`),
})
export type ChangePasswordBody = z.infer<typeof changePasswordBody>

/** The answer to `PUT /api/account/password`. */
export const changedPasswordAnswer = z.object({ changed: z.literal(true) })
