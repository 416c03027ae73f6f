'use client'

import { CircleAlert } from 'lucide-react'
import { signIn } from 'next-auth/react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { signInErrorMessage } from '@/lib/access/sign-in-error'
import { callbackPath } from './callback-path'

type FieldErrors = { email?: string; password?: string }

export function SignInForm({
  callbackUrl,
  errorCode,
}: {
  callbackUrl: string | null
  errorCode: string | null
}) {
  const [isBusy, setIsBusy] = useState(false)
  const [message, setMessage] = useState(errorCode === null ? null : signInErrorMessage(errorCode))
  const [fieldErrors, setFieldErrors] = useState<FieldErrors>({})

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const fields = new FormData(form)
    const email = String(fields.get('email')).trim()
    const password = String(fields.get('password'))
    const missing = findMissing(email, password)
    setFieldErrors(missing)
    if (missing.email || missing.password) {
      setMessage(null)
      return focusField(form, missing.email ? 'email' : 'password')
    }
    setIsBusy(true)
    const failure = await trySignIn(email, password)
    if (failure === null) {
      window.location.assign(callbackPath(callbackUrl, window.location.origin))
      return
    }
    setIsBusy(false)
    setMessage(failure)
    focusField(form, 'password')
  }

  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      {message ? (
        <Notice tone="negative" role="alert" icon={<CircleAlert aria-hidden="true" />}>
          {message}
        </Notice>
      ) : null}
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={fieldErrors.email}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={fieldErrors.password}
      />
      <Button type="submit" variant="primary" size="large" disabled={isBusy}>
        {isBusy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}

function findMissing(email: string, password: string): FieldErrors {
  return {
    ...(email === '' ? { email: 'Enter your e-mail address.' } : {}),
    ...(password === '' ? { password: 'Enter your password.' } : {}),
  }
}

/** Null when it worked, else what to tell the person. */
async function trySignIn(email: string, password: string): Promise<string | null> {
  const result = await signIn('credentials', { email, password, redirect: false }).catch(() => undefined)
  if (result === undefined) return 'The server cannot be reached. Try again in a moment.'
  if (result.ok && !result.error) return null
  return signInErrorMessage(result.error ?? '')
}

function focusField(form: HTMLFormElement, name: string) {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLInputElement) field.focus()
}
