'use client'

import { useMutation } from '@tanstack/react-query'
import { signIn } from 'next-auth/react'
import { type FormEvent, useState } from 'react'
import { fetchJson } from '@/components/api/fetch-json'
import { formErrors } from '@/components/api/form-errors'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { type ChangePasswordBody, changePasswordBody, PASSWORD_LENGTH } from '@/lib/access/user-schema'
import type { FieldError } from '@/lib/platform/errors'

export function ChangePasswordForm({ email }: { email: string }) {
  const [found, setFound] = useState<FieldError[]>([])
  const change = useMutation({ mutationFn: (body: ChangePasswordBody) => changePassword(email, body) })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const parsed = changePasswordBody.safeParse(Object.fromEntries(new FormData(form)))
    if (parsed.success) {
      setFound([])
      return change.mutate(parsed.data, { onSuccess: () => form.reset() })
    }
    change.reset()
    setFound(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const { messageFor, general } = formErrors({
    found,
    error: change.error,
    fields: ['currentPassword', 'newPassword'],
  })
  return (
    <form
      method="post"
      onSubmit={submit}
      noValidate
      className="flex max-w-md flex-col gap-4 px-4 pb-5 sm:px-5"
    >
      {/* Tells password managers whose password this is. */}
      <input type="email" autoComplete="username" defaultValue={email} hidden />
      <TextField
        label="Current password"
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        required
        error={messageFor('currentPassword')}
      />
      <TextField
        label="New password"
        name="newPassword"
        type="password"
        autoComplete="new-password"
        required
        hint={`At least ${PASSWORD_LENGTH.least} characters`}
        error={messageFor('newPassword')}
      />
      {general ? (
        <Notice tone="negative" role="alert">
          {general}
        </Notice>
      ) : null}
      {change.isSuccess ? (
        <Notice tone="neutral" role="status">
          Your password is changed.
        </Notice>
      ) : null}
      <div>
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {change.isPending ? 'Changing…' : 'Change the password'}
        </Button>
      </div>
    </form>
  )
}

/** The change ends the session it came with, so this browser signs in anew. */
async function changePassword(email: string, body: ChangePasswordBody): Promise<void> {
  await fetchJson<{ changed: true }>({ url: '/api/account/password', method: 'PUT', body })
  const credentials = { email, password: body.newPassword, redirect: false } as const
  const result = await signIn('credentials', credentials).catch(() => undefined)
  if (!result?.ok) window.location.assign('/sign-in?callbackUrl=/account')
}
