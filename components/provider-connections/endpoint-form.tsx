'use client'

import { type FormEvent, useState } from 'react'
import { formErrors } from '@/components/api/form-errors'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import {
  type Endpoint,
  type EndpointSuggestionAnswer,
  MODEL_PATTERN,
  type Provider,
  type PutEndpointBody,
  putEndpointBody,
} from '@/lib/catalog/schema'
import type { FieldError } from '@/lib/platform/errors'
import { EndpointFields } from './endpoint-fields'
import {
  EMPTY_ENDPOINT,
  type EndpointInput,
  inputOf,
  SUGGESTED_FIELDS,
  type SuggestedField,
  toBody,
  withSuggestion,
} from './endpoint-input'
import { useEndpointSuggestion } from './use-endpoint-suggestion'

const FIELDS = [
  'model',
  'upstreamModel',
  ...SUGGESTED_FIELDS,
  'quantization',
  'supportsTools',
  'maxCompletionTokens',
]

export function EndpointForm({
  provider,
  endpoint,
  listedModels,
  error,
  isBusy,
  onCancel,
  onSubmit,
}: {
  provider: Provider
  endpoint: Endpoint | null
  listedModels: readonly string[]
  error: Error | null
  isBusy: boolean
  onCancel: () => void
  onSubmit: (body: PutEndpointBody) => void
}) {
  const isNew = endpoint === null
  const [typed, setTyped] = useState<EndpointInput>(() => (isNew ? EMPTY_ENDPOINT : inputOf(endpoint)))
  const [touched, setTouched] = useState<ReadonlySet<SuggestedField>>(new Set())
  const [found, setFound] = useState<FieldError[]>([])
  const suggestion = useEndpointSuggestion({
    model: isNew && MODEL_PATTERN.test(typed.model.trim()) ? typed.model.trim() : null,
    provider: provider.slug,
  })
  const input = withSuggestion({ input: typed, suggestion, touched })
  const change = (more: Partial<EndpointInput>) => {
    setTyped((now) => ({ ...now, ...more }))
    const fields = SUGGESTED_FIELDS.filter((field) => more[field] !== undefined)
    if (fields.length > 0) setTouched((now) => new Set([...now, ...fields]))
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = putEndpointBody.safeParse(toBody({ input, provider: provider.slug }))
    setFound((body.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message })))
    if (body.success) onSubmit(body.data)
  }
  const errors = formErrors({ found, error, fields: FIELDS })
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <EndpointFields
        input={input}
        onChange={change}
        errors={errors}
        isModelFixed={!isNew}
        listedModels={listedModels}
        priceNote={priceNote(suggestion)}
      />
      {errors.general ? (
        <Notice tone="negative" role="alert">
          {errors.general}
        </Notice>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? 'Saving…' : isNew ? 'Add the endpoint' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

function priceNote(suggestion: EndpointSuggestionAnswer | undefined): string {
  if (suggestion === undefined) return 'US dollars per million tokens'
  return suggestion.promptUsdPerMTok === null
    ? 'US dollars per million tokens; the price table does not know this model here'
    : 'US dollars per million tokens, filled in from the price table'
}
