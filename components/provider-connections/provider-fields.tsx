'use client'

import type { FormErrors } from '@/components/api/form-errors'
import { Segmented } from '@/components/ui/segmented'
import { SelectField } from '@/components/ui/select-field'
import { SwitchRow } from '@/components/ui/switch-row'
import { TextField } from '@/components/ui/text-field'
import { API_SHAPES } from '@/lib/records/vocabulary'
import { API_SHAPE_LABELS, API_SHAPE_PATHS } from './api-shapes'
import { isInsideAddress, isKeyInClear, type ProviderInput } from './provider-input'
import { SecretField } from './secret-field'

const SHAPE_OPTIONS = API_SHAPES.map((value) => ({ value, label: API_SHAPE_LABELS[value] }))

const DATA_OPTIONS = [
  { value: 'allow', label: 'May keep prompts, or has not said' },
  { value: 'deny', label: 'Promised not to keep prompts' },
] as const

/** The fields that a provider is connected and edited with. */
export function ProviderFields({
  input,
  onChange,
  errors,
  hasStoredKey,
  keyHint,
  isPrivateNetworkAllowed,
  privateNetworkNow,
}: {
  input: ProviderInput
  onChange: (change: Partial<ProviderInput>) => void
  errors: FormErrors
  hasStoredKey: boolean
  keyHint: string
  isPrivateNetworkAllowed: boolean
  /** What is stored for it; false for a new one. */
  privateNetworkNow: boolean
}) {
  const isInside = isInsideAddress(input.baseUrl)
  return (
    <div className="grid gap-x-5 gap-y-4 md:grid-cols-2">
      <TextField
        label="Base URL"
        name="baseUrl"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://api.example.com/v1"
        value={input.baseUrl}
        onChange={(event) => onChange({ baseUrl: event.target.value })}
        hint={
          isKeyInClear(input.baseUrl)
            ? 'Over http a key travels in clear text: use https if the provider has it.'
            : 'What an SDK of its shape would be given'
        }
        error={errors.messageFor('baseUrl')}
        className="md:col-span-2"
      />
      <div className="flex flex-col gap-1.5">
        <span className="text-sm font-medium">API shape</span>
        <Segmented
          label="API shape"
          options={SHAPE_OPTIONS}
          value={input.apiShape}
          onChange={(apiShape) => onChange({ apiShape })}
          className="max-w-60"
        />
        <p className="text-sm text-muted">Answers at {API_SHAPE_PATHS[input.apiShape]}</p>
      </div>
      <SecretField
        hasStoredKey={hasStoredKey}
        change={input.key}
        onChange={(key) => onChange({ key })}
        hint={keyHint}
        error={errors.messageFor('apiKey')}
      />
      <SelectField
        label="Data policy"
        options={DATA_OPTIONS}
        value={input.dataCollection}
        onChange={(dataCollection) => onChange({ dataCollection })}
        hint="Presets can leave out providers that keep prompts"
      />
      <div className="flex flex-col gap-4">
        <SwitchRow
          label="The gateway may use it"
          note={input.enabled ? 'Its enabled endpoints take requests.' : 'No request goes there.'}
          isOn={input.enabled}
          onChange={(enabled) => onChange({ enabled })}
        />
        {isPrivateNetworkAllowed ? (
          <SwitchRow
            label="May live in the private network"
            note={
              errors.messageFor('allowPrivateNetwork') ??
              'Loopback and private addresses, such as 127.0.0.1 or 10.0.0.5'
            }
            isOn={input.allowPrivateNetwork ?? (privateNetworkNow || isInside)}
            onChange={(allowPrivateNetwork) => onChange({ allowPrivateNetwork })}
          />
        ) : null}
      </div>
    </div>
  )
}
