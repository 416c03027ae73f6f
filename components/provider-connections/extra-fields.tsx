'use client'

import { useState } from 'react'
import type { FormErrors } from '@/components/api/form-errors'
import { TextAreaField } from '@/components/ui/text-area-field'
import { TextField } from '@/components/ui/text-field'
import type { ProviderInput } from './provider-input'

/** What few providers need: a region to sign for, Azure's version, headers and parameters with every request. */
export function ExtraFields({
  input,
  onChange,
  errors,
  asksForRegion,
}: {
  input: ProviderInput
  onChange: (change: Partial<ProviderInput>) => void
  errors: FormErrors
  /** Whether the address does not say which region requests are signed for. */
  asksForRegion: boolean
}) {
  // As it was at first: what one empties must not close under one's hands.
  const [isUsed] = useState(() => input.apiVersion !== '' || input.headers !== '' || input.query !== '')
  const text = (name: 'region' | 'apiVersion') => ({
    name,
    autoComplete: 'off',
    spellCheck: false,
    value: input[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
    error: errors.messageFor(name),
  })
  const lines = (name: 'headers' | 'query') => ({
    name,
    isCode: true,
    rows: 2,
    value: input[name],
    onChange: (event: { target: { value: string } }) => onChange({ [name]: event.target.value }),
  })
  return (
    <>
      {asksForRegion ? (
        <TextField
          label="AWS region"
          placeholder="us-east-1"
          hint="Which requests are signed for; the address names none"
          {...text('region')}
        />
      ) : null}
      <details className="group md:col-span-2" open={isUsed || undefined}>
        <summary className="w-fit cursor-pointer rounded-md text-sm font-medium text-muted select-none hover:text-foreground">
          Version, headers and parameters
        </summary>
        <div className="mt-3 grid gap-x-5 gap-y-4 md:grid-cols-3">
          <TextField
            label="API version"
            placeholder="none"
            hint="Sent as ?api-version=, as Azure’s deployments want it"
            {...text('apiVersion')}
          />
          <TextAreaField
            label="Extra headers"
            placeholder="OpenAI-Organization: org-…"
            hint="One a line, sent with every request; no keys: these are stored in clear"
            {...lines('headers')}
          />
          <TextAreaField
            label="Extra parameters"
            placeholder="name: value"
            hint="One a line, part of every address"
            {...lines('query')}
          />
        </div>
      </details>
    </>
  )
}
