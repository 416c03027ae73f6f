'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { formErrors } from '@/components/api/form-errors'
import { Button, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { providerSlug, putProviderBody } from '@/lib/catalog/schema'
import { fillTemplate, type ProviderTemplate, problemOfPart } from '@/lib/catalog/template'
import type { FieldError } from '@/lib/platform/errors'
import { PROVIDER_FIELDS, ProviderFields } from './provider-fields'
import { inputToConnect, type ProviderInput, toBody } from './provider-input'
import { providerPath } from './provider-path'
import { providersQueryOptions, putProvider } from './providers-query'
import { slugOf } from './slug-of'

export function ConnectProviderForm({
  template,
  slug: loggedSlug,
  connectedSlugs,
  isPrivateNetworkAllowed,
}: {
  template: ProviderTemplate | null
  /** Given when logs name the provider; then it stays. */
  slug: string | null
  connectedSlugs: readonly string[]
  isPrivateNetworkAllowed: boolean
}) {
  const router = useRouter()
  const client = useQueryClient()
  const [typed, setTyped] = useState(() => inputToConnect(template, loggedSlug))
  const [parts, setParts] = useState<Record<string, string>>(() => startingParts(template))
  const [ownSlug, setOwnSlug] = useState(loggedSlug ?? template?.slug ?? null)
  const [found, setFound] = useState<FieldError[]>([])
  const parameters = template?.parameters ?? []
  const input = parameters.length === 0 ? typed : { ...typed, baseUrl: fillTemplate(typed.baseUrl, parts) }
  const slug = ownSlug ?? slugOf(input.name)
  const connect = useMutation({
    mutationFn: putProvider,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: providersQueryOptions().queryKey })
      router.push(providerPath(slug))
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const missing = parameters.flatMap((parameter) => {
      const message = problemOfPart(parameter, parts[parameter.name] ?? '')
      return message === null ? [] : [{ path: partPath(parameter.name), message }]
    })
    // An address with open parts has been explained by then.
    const problems = missing.length > 0 ? missing : problemsOf({ slug, input, connectedSlugs })
    setFound(problems)
    if (problems.length === 0) connect.mutate({ slug, body: toBody(input) })
  }
  const partPaths = parameters.map(({ name }) => partPath(name))
  const errors = formErrors({ found, error: connect.error, fields: [...PROVIDER_FIELDS, ...partPaths] })
  const isBusy = connect.isPending || connect.isSuccess
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div
        className={clsx(
          'grid gap-x-5 gap-y-4',
          parameters.length === 1 ? 'md:grid-cols-3' : 'md:grid-cols-2',
        )}
      >
        <TextField
          label="Name"
          name="name"
          maxLength={80}
          autoComplete="off"
          placeholder="Helios"
          value={input.name}
          onChange={(event) => setTyped({ ...typed, name: event.target.value })}
          error={errors.messageFor('name')}
        />
        <TextField
          label="Slug"
          name="slug"
          autoComplete="off"
          spellCheck={false}
          placeholder="helios"
          value={slug}
          readOnly={loggedSlug !== null}
          onChange={(event) => setOwnSlug(event.target.value)}
          hint={loggedSlug === null ? 'Its name in presets and logs; stays as it is' : 'As logs name it'}
          error={errors.messageFor('slug')}
        />
        {parameters.map(({ name, label, example }) => (
          <TextField
            key={name}
            label={label}
            name={name}
            autoComplete="off"
            spellCheck={false}
            placeholder={example}
            value={parts[name] ?? ''}
            onChange={(event) => setParts({ ...parts, [name]: event.target.value })}
            error={errors.messageFor(partPath(name))}
          />
        ))}
      </div>
      <ProviderFields
        input={input}
        onChange={(change) => setTyped((now) => ({ ...now, ...change }))}
        errors={errors}
        storedKind={null}
        keyHint={template?.hint ?? 'Stored encrypted, never shown again; leave empty if it needs none'}
        isBaseUrlFixed={parameters.length > 0}
        isPrivateNetworkAllowed={isPrivateNetworkAllowed}
        privateNetworkNow={false}
      />
      {errors.general ? (
        <Notice tone="negative" role="alert">
          {errors.general}
        </Notice>
      ) : null}
      <div className="flex justify-end gap-2">
        <Link href="/settings" className={buttonClass({})}>
          Cancel
        </Link>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? 'Connecting…' : 'Connect'}
        </Button>
      </div>
    </form>
  )
}

/** What stands in a template's parts before anybody types. */
function startingParts(template: ProviderTemplate | null): Record<string, string> {
  return Object.fromEntries((template?.parameters ?? []).map(({ name, value }) => [name, value]))
}

function partPath(name: string): string {
  return `parts.${name}`
}

/** What the form can tell by itself; the server looks up the address. */
function problemsOf({
  slug,
  input,
  connectedSlugs,
}: {
  slug: string
  input: ProviderInput
  connectedSlugs: readonly string[]
}): FieldError[] {
  const body = putProviderBody.safeParse(toBody(input))
  const issues = body.error?.issues ?? []
  const problems = issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  const parsedSlug = providerSlug.safeParse(slug)
  if (!parsedSlug.success) {
    return [{ path: 'slug', message: parsedSlug.error.issues[0]?.message ?? 'expected a slug' }, ...problems]
  }
  if (!connectedSlugs.includes(slug)) return problems
  return [{ path: 'slug', message: 'a provider with this slug is connected already' }, ...problems]
}
