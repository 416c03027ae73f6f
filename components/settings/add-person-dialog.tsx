'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { formErrors } from '@/components/api/form-errors'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { USER_ROLES } from '@/lib/access/schema'
import { type AddUserBody, addUserBody } from '@/lib/access/user-schema'
import type { FieldError } from '@/lib/platform/errors'
import { PermissionChoice } from './permission-choice'
import { ROLES } from './roles'
import { SecretOnce } from './secret-once'
import { addUser, usersQueryOptions } from './users-query'

export function AddPersonDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: addUser,
    onSuccess: () => client.invalidateQueries({ queryKey: usersQueryOptions().queryKey }),
  })
  const close = () => {
    add.reset()
    onClose()
  }
  return (
    <Dialog title={add.data ? 'Copy the password now' : 'Add a person'} isOpen={isOpen} onClose={close}>
      {add.data ? (
        <SecretOnce secret={add.data.password} onDone={close}>
          <strong className="font-medium text-foreground">{add.data.email}</strong> signs in with this
          password. It is shown only now: hand it over, and ask them to change it under their address in the
          menu.
        </SecretOnce>
      ) : (
        <AddPersonForm error={add.error} isBusy={add.isPending} onCancel={close} onSubmit={add.mutate} />
      )}
    </Dialog>
  )
}

function AddPersonForm({
  error,
  isBusy,
  onCancel,
  onSubmit,
}: {
  error: Error | null
  isBusy: boolean
  onCancel: () => void
  onSubmit: (body: AddUserBody) => void
}) {
  const [found, setFound] = useState<FieldError[]>([])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const parsed = addUserBody.safeParse(Object.fromEntries(new FormData(event.currentTarget)))
    if (parsed.success) {
      setFound([])
      return onSubmit(parsed.data)
    }
    setFound(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const { messageFor, general } = formErrors({ found, error, fields: ['email'] })
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        placeholder="name@company.com"
        hint="They sign in with it; nothing is sent there"
        error={messageFor('email')}
      />
      <PermissionChoice
        legend="What they may do"
        type="radio"
        name="role"
        options={USER_ROLES}
        descriptions={ROLES}
        chosen="member"
      />
      {general ? (
        <Notice tone="negative" role="alert">
          {general}
        </Notice>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? 'Adding…' : 'Add the person'}
        </Button>
      </div>
    </form>
  )
}
