'use client'

import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { FormErrors } from '@/components/api/form-errors'
import { rankingsQueryOptions } from '@/components/rankings/rankings-query'
import { Switch } from '@/components/ui/switch'
import { TextField } from '@/components/ui/text-field'
import { AbilityFields } from './ability-fields'
import type { EndpointInput } from './endpoint-input'

const KNOWN_MODELS = { choice: { period: '30d' }, by: 'model', sort: 'tokens', limit: 200 } as const

/** The fields of an endpoint. */
export function EndpointFields({
  input,
  onChange,
  errors,
  isModelFixed,
  listedModels,
  priceNote,
}: {
  input: EndpointInput
  onChange: (change: Partial<EndpointInput>) => void
  errors: FormErrors
  isModelFixed: boolean
  listedModels: readonly string[]
  /** Where the prices in the fields come from. */
  priceNote: string
}) {
  const listId = useId()
  const models = useQuery({ ...rankingsQueryOptions(KNOWN_MODELS), enabled: !isModelFixed })
  const slash = input.model.indexOf('/')
  const text = (
    field:
      | 'promptUsdPerMTok'
      | 'cachedUsdPerMTok'
      | 'completionUsdPerMTok'
      | 'contextLength'
      | 'maxCompletionTokens',
  ) => ({
    name: field,
    inputMode: 'decimal' as const,
    autoComplete: 'off',
    placeholder: 'not known',
    value: input[field],
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
    error: errors.messageFor(field),
  })
  return (
    <>
      <TextField
        label="Model"
        name="model"
        autoComplete="off"
        spellCheck={false}
        placeholder="acme/atlas-120b"
        list={`${listId}-models`}
        readOnly={isModelFixed}
        value={input.model}
        onChange={(event) => onChange({ model: event.target.value })}
        hint={
          isModelFixed ? 'An endpoint stays with its model' : 'As requests and presets name it: author/slug'
        }
        error={errors.messageFor('model')}
      />
      <datalist id={`${listId}-models`}>
        {(models.data?.rows ?? []).map(({ key }) => (
          <option key={key} value={key} />
        ))}
      </datalist>
      <TextField
        label="Name at the provider"
        name="upstreamModel"
        autoComplete="off"
        spellCheck={false}
        placeholder={slash > 0 ? input.model.slice(slash + 1) : 'the model’s own name'}
        list={`${listId}-listed`}
        value={input.upstreamModel}
        onChange={(event) => onChange({ upstreamModel: event.target.value })}
        error={errors.messageFor('upstreamModel')}
      />
      <datalist id={`${listId}-listed`}>
        {listedModels.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <fieldset className="min-w-0">
        <legend className="text-sm font-medium">Prices</legend>
        <p className="mb-2 text-sm text-muted">{priceNote}</p>
        <div className="grid grid-cols-3 gap-3">
          <TextField label="Prompt" {...text('promptUsdPerMTok')} />
          <TextField label="Cached" {...text('cachedUsdPerMTok')} />
          <TextField label="Completion" {...text('completionUsdPerMTok')} />
        </div>
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <TextField label="Context, tokens" {...text('contextLength')} />
        <TextField label="Longest answer, tokens" {...text('maxCompletionTokens')} />
      </div>
      <AbilityFields input={input} onChange={onChange} />
      <EnabledSwitch isOn={input.enabled} onChange={(enabled) => onChange({ enabled })} />
    </>
  )
}

function EnabledSwitch({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  const labelId = useId()
  const noteId = useId()
  return (
    <div className="flex items-center justify-between gap-4">
      <div>
        <div id={labelId} className="text-sm font-medium">
          The gateway may use it
        </div>
        <p id={noteId} className="text-sm text-muted">
          {isOn ? 'Requests for the model can go there.' : 'No request goes there.'}
        </p>
      </div>
      <Switch isOn={isOn} onChange={onChange} labelledBy={labelId} describedBy={noteId} isDisabled={false} />
    </div>
  )
}
