'use client'

import type { FormErrors } from '@/components/api/form-errors'
import { SelectField } from '@/components/ui/select-field'
import { SwitchRow } from '@/components/ui/switch-row'
import { TextField } from '@/components/ui/text-field'
import { awsScopeOfHost, type CredentialKind } from '@/lib/catalog/auth-scheme'
import { API_SHAPES } from '@/lib/records/vocabulary'
import { API_SHAPE_LABELS, API_SHAPE_PATHS } from './api-shapes'
import { AUTH_SCHEME_OPTIONS } from './auth-schemes'
import { CredentialField } from './credential-field'
import { ExtraFields } from './extra-fields'
import { credentialKind, isInsideAddress, isKeyInClear, type ProviderInput } from './provider-input'

const SHAPE_OPTIONS = API_SHAPES.map((value) => ({ value, label: API_SHAPE_LABELS[value] }))

const DATA_OPTIONS = [
  { value: 'allow', label: 'May keep prompts, or has not said' },
  { value: 'deny', label: 'Promised not to keep prompts' },
] as const

/** The fields of a provider's form that the server may complain about. */
export const PROVIDER_FIELDS = [
  'name',
  'slug',
  'baseUrl',
  'apiKey',
  'awsCredentials',
  'awsCredentials.accessKeyId',
  'awsCredentials.secretAccessKey',
  'awsCredentials.sessionToken',
  'serviceAccountKey',
  'region',
  'apiVersion',
  'allowPrivateNetwork',
]

/** The fields that a provider is connected and edited with. */
export function ProviderFields({
  input,
  onChange,
  errors,
  storedKind,
  keyHint,
  isBaseUrlFixed = false,
  isPrivateNetworkAllowed,
  privateNetworkNow,
}: {
  input: ProviderInput
  onChange: (change: Partial<ProviderInput>) => void
  errors: FormErrors
  /** Of the credentials that are stored; null = none are. */
  storedKind: CredentialKind | null
  keyHint: string
  /** Whether the address follows from other fields. */
  isBaseUrlFixed?: boolean
  isPrivateNetworkAllowed: boolean
  /** What is stored for it; false for a new one. */
  privateNetworkNow: boolean
}) {
  const isInside = isInsideAddress(input.baseUrl)
  const kind = credentialKind(input)
  const asksForRegion = kind === 'aws' && (input.region !== '' || regionOf(input.baseUrl) === null)
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
        readOnly={isBaseUrlFixed}
        onChange={(event) => onChange({ baseUrl: event.target.value })}
        hint={baseUrlHint(input, isBaseUrlFixed)}
        error={errors.messageFor('baseUrl')}
        className="md:col-span-2"
      />
      <SelectField
        label="API shape"
        options={SHAPE_OPTIONS}
        value={input.apiShape}
        onChange={(apiShape) => onChange({ apiShape })}
        hint={`Answers at ${API_SHAPE_PATHS[input.apiShape]}`}
      />
      <SelectField
        label="Data policy"
        options={DATA_OPTIONS}
        value={input.dataCollection}
        onChange={(dataCollection) => onChange({ dataCollection })}
        hint="Presets can leave out providers that keep prompts"
      />
      <SelectField
        label="Signs in with"
        options={AUTH_SCHEME_OPTIONS}
        value={input.authScheme}
        onChange={(authScheme) => onChange({ authScheme, key: { kind: 'keep' } })}
      />
      {kind === 'none' ? (
        <p className="text-sm text-muted md:pt-8">Nothing is sent that says who asks.</p>
      ) : (
        <CredentialField
          kind={kind}
          hasStored={storedKind === kind}
          change={input.key}
          onChange={(key) => onChange({ key })}
          hint={keyHint}
          errors={errors}
        />
      )}
      <ExtraFields input={input} onChange={onChange} errors={errors} asksForRegion={asksForRegion} />
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
  )
}

/** The AWS region that an address names. */
function regionOf(baseUrl: string): string | null {
  return URL.canParse(baseUrl) ? awsScopeOfHost(new URL(baseUrl).hostname).region : null
}

function baseUrlHint({ baseUrl }: ProviderInput, isFixed: boolean): string {
  if (isKeyInClear(baseUrl)) return 'Over http a key travels in clear text: use https if the provider has it.'
  if (baseUrl.includes('{model}')) return 'In it, {model} becomes what an endpoint is called at the provider'
  return isFixed ? 'Follows from the fields above' : 'What an SDK of its shape would be given'
}
