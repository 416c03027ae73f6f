'use client'

import { KeyRound } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'

/** What happens to the stored key when the form is saved. */
export type KeyChange = { kind: 'keep' } | { kind: 'forget' } | { kind: 'replace'; apiKey: string }

/** A key that can be written, replaced and forgotten, and never read. */
export function SecretField({
  hasStoredKey,
  change,
  onChange,
  hint,
  error,
}: {
  hasStoredKey: boolean
  change: KeyChange
  onChange: (change: KeyChange) => void
  hint: string
  error: string | undefined
}) {
  if (change.kind === 'replace' || !hasStoredKey) {
    return (
      <div className="flex flex-col gap-1.5">
        <TextField
          label="API key"
          name="apiKey"
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          value={change.kind === 'replace' ? change.apiKey : ''}
          onChange={(event) => onChange({ kind: 'replace', apiKey: event.target.value })}
          hint={hint}
          error={error}
        />
        {hasStoredKey ? (
          <Button
            size="small"
            variant="quiet"
            className="self-start"
            onClick={() => onChange({ kind: 'keep' })}
          >
            Keep the stored key
          </Button>
        ) : null}
      </div>
    )
  }
  const isForgetting = change.kind === 'forget'
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">API key</legend>
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
            <Button size="small" onClick={() => onChange({ kind: 'replace', apiKey: '' })}>
              Replace
            </Button>
            <Button size="small" variant="danger" onClick={() => onChange({ kind: 'forget' })}>
              Forget
            </Button>
          </>
        )}
      </div>
      {error ? <p className="mt-1.5 text-sm text-negative first-letter:uppercase">{error}</p> : null}
    </fieldset>
  )
}
