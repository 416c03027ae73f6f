import { db } from '@/lib/platform/db.server'
import { AppError, type ErrorCode } from '@/lib/platform/errors'
import { writeAudit } from './audit.server'
import { hashPassword } from './password.server'
import { forgetUser } from './recall-user.server'
import { signIn } from './sign-in.server'
import { type SignInError, signInErrorMessage } from './sign-in-error'
import type { ChangePasswordBody } from './user-schema'

/** Tries from here are counted apart from those of the sign-in page, by address alone. */
const PLACE = 'change-password'

/**
 * Replaces a person's own password, which ends all their sessions, the one that asks included. The current password is
 * checked as at a sign-in, with its limits. Throws `validation_failed` for a wrong one, `rate_limited`, `unavailable`.
 */
export async function changePassword({
  email,
  currentPassword,
  newPassword,
}: ChangePasswordBody & { email: string }): Promise<void> {
  const checked = await signIn({ input: { email, password: currentPassword }, place: PLACE })
  if (!checked.ok) throw refusal(checked.error)
  const passwordHash = await hashPassword(newPassword)
  await db().user.update({ where: { id: checked.id }, data: { passwordHash } })
  forgetUser(checked.id)
  await writeAudit({ actor: email, action: 'user.change-password', target: `user:${email}` })
}

function refusal(error: SignInError): AppError {
  if (error === 'CredentialsSignin') {
    return new AppError('validation_failed', 'The current password is not right.', {
      details: [{ path: 'currentPassword', message: 'this is not your current password' }],
    })
  }
  const code: ErrorCode = error === 'RateLimited' ? 'rate_limited' : 'unavailable'
  return new AppError(code, signInErrorMessage(error))
}
