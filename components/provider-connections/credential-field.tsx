'use client'

import { KeyRound } from 'lucide-react'
import type { FormErrors } from '@/components/api/form-errors'
import { Button } from '@/components/ui/button'
import type { CredentialKind } from '@/lib/catalog/auth-scheme'
import { CredentialEntryFields } from './credential-entry-fields'
import { type KeyChange, NO_ENTRY } from './provider-input'

const WORDS = {
  key: { title: 'API key', keep: 'Keep the stored key' },
  aws: { title: 'AWS credentials', keep: 'Keep the stored credentials' },
  service_account: { title: 'Service account', keep: 'Keep the stored key file' },
} as const

const FIELDS = { key: 'apiKey', aws: 'awsCredentials', service_account: 'serviceAccountKey' } as const

/** Credentials that can be written, replaced and forgotten, and never read. */
export function CredentialField({
  kind,
  hasStored,
  change,
  onChange,
  hint,
  errors,
}: {
  kind: Exclude<CredentialKind, 'none'>
  /** Whether credentials of this kind are stored. */
  hasStored: boolean
  change: KeyChange
  onChange: (change: KeyChange) => void
  hint: string
  errors: FormErrors
}) {
  const { title, keep } = WORDS[kind]
  if (change.kind === 'replace' || !hasStored) {
    return (
      <div className="flex flex-col gap-3">
        <CredentialEntryFields
          kind={kind}
          entry={change.kind === 'replace' ? change.entry : NO_ENTRY}
          onChange={(entry) => onChange({ kind: 'replace', entry })}
          hint={hint}
          errors={errors}
        />
        {hasStored ? (
          <Button
            size="small"
            variant="quiet"
            className="self-start"
            onClick={() => onChange({ kind: 'keep' })}
          >
            {keep}
          </Button>
        ) : null}
      </div>
    )
  }
  const isForgetting = change.kind === 'forget'
  const error = errors.messageFor(FIELDS[kind])
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{title}</legend>
      <div className="flex flex-wrap items-center gap-2 rounded-lg border bg-sunken py-1.5 pr-1.5 pl-2.5">
        <KeyRound className="size-4 text-muted" aria-hidden="true" />
        <span className="min-w-0 flex-1 text-sm">
          {isForgetting ? 'Forgotten when you save' : 'Stored, encrypted'}
        </span>
        {isForgetting ? (
          <Button size="small" onClick={() => onChange({ kind: 'keep' })}>
            Keep it
          </Button>
        ) : (
          <>
            <Button size="small" onClick={() => onChange({ kind: 'replace', entry: NO_ENTRY })}>
              Replace
            </Button>
            {kind === 'key' ? (
              <Button size="small" variant="danger" onClick={() => onChange({ kind: 'forget' })}>
                Forget
              </Button>
            ) : null}
          </>
        )}
      </div>
      {error ? <p className="mt-1.5 text-sm text-negative first-letter:uppercase">{error}</p> : null}
    </fieldset>
  )
}
