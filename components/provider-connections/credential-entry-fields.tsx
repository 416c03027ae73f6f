'use client'

import { FileUp } from 'lucide-react'
import { useRef } from 'react'
import type { FormErrors } from '@/components/api/form-errors'
import { Button } from '@/components/ui/button'
import { TextAreaField } from '@/components/ui/text-area-field'
import { TextField } from '@/components/ui/text-field'
import type { CredentialKind } from '@/lib/catalog/auth-scheme'
import type { CredentialEntry } from './provider-input'

/** The fields that credentials of a kind are entered in. */
export function CredentialEntryFields({
  kind,
  entry,
  onChange,
  hint,
  errors,
}: {
  kind: Exclude<CredentialKind, 'none'>
  entry: CredentialEntry
  onChange: (entry: CredentialEntry) => void
  hint: string
  errors: FormErrors
}) {
  const field = (name: keyof CredentialEntry) => ({
    name,
    autoComplete: 'off',
    spellCheck: false,
    value: entry[name],
    onChange: (event: { target: { value: string } }) => onChange({ ...entry, [name]: event.target.value }),
  })
  const secret = { type: 'password', autoComplete: 'new-password' } as const
  if (kind === 'key') {
    return (
      <TextField
        label="API key"
        {...field('apiKey')}
        {...secret}
        hint={hint}
        error={errors.messageFor('apiKey')}
      />
    )
  }
  if (kind === 'service_account') {
    return (
      <KeyFileField
        entry={entry}
        onChange={onChange}
        field={field('serviceAccountKey')}
        hint={hint}
        errors={errors}
      />
    )
  }
  return (
    <>
      <TextField
        label="Access key ID"
        placeholder="AKIA…"
        {...field('accessKeyId')}
        error={errors.messageFor('awsCredentials.accessKeyId') ?? errors.messageFor('awsCredentials')}
      />
      <TextField
        label="Secret access key"
        {...field('secretAccessKey')}
        {...secret}
        error={errors.messageFor('awsCredentials.secretAccessKey')}
      />
      <TextField
        label="Session token"
        {...field('sessionToken')}
        {...secret}
        hint="Only for temporary credentials. All three are stored encrypted, never shown again"
        error={errors.messageFor('awsCredentials.sessionToken')}
      />
    </>
  )
}

/** A key file, pasted or chosen. */
function KeyFileField({
  entry,
  onChange,
  field,
  hint,
  errors,
}: {
  entry: CredentialEntry
  onChange: (entry: CredentialEntry) => void
  field: { name: string; value: string; onChange: (event: { target: { value: string } }) => void }
  hint: string
  errors: FormErrors
}) {
  const input = useRef<HTMLInputElement>(null)
  const choose = async (file: File | undefined) => {
    if (file) onChange({ ...entry, serviceAccountKey: await file.text() })
  }
  return (
    <div className="flex flex-col gap-1.5">
      <TextAreaField
        label="JSON key file"
        isCode
        {...field}
        rows={5}
        autoComplete="off"
        placeholder={'{ "type": "service_account", … }'}
        hint={hint}
        error={errors.messageFor('serviceAccountKey')}
      />
      <Button size="small" className="self-start" onClick={() => input.current?.click()}>
        <FileUp aria-hidden="true" />
        Choose the file
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        className="hidden"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => void choose(event.target.files?.[0])}
      />
    </div>
  )
}
