'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { formErrors } from '@/components/api/form-errors'
import { Button, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { providerSlug, putProviderBody } from '@/lib/catalog/schema'
import type { ProviderTemplate } from '@/lib/catalog/template'
import type { FieldError } from '@/lib/platform/errors'
import { ProviderFields } from './provider-fields'
import { inputToConnect, type ProviderInput, toBody } from './provider-input'
import { providerPath } from './provider-path'
import { providersQueryOptions, putProvider } from './providers-query'
import { slugOf } from './slug-of'

const FIELDS = ['name', 'slug', 'baseUrl', 'apiKey', 'allowPrivateNetwork']

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
  const [input, setInput] = useState(() => inputToConnect(template, loggedSlug))
  const [ownSlug, setOwnSlug] = useState(loggedSlug ?? template?.slug ?? null)
  const [found, setFound] = useState<FieldError[]>([])
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
    const problems = problemsOf({ slug, input, connectedSlugs })
    setFound(problems)
    if (problems.length === 0) connect.mutate({ slug, body: toBody(input) })
  }
  const errors = formErrors({ found, error: connect.error, fields: FIELDS })
  const isBusy = connect.isPending || connect.isSuccess
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div className="grid gap-x-5 gap-y-4 md:grid-cols-2">
        <TextField
          label="Name"
          name="name"
          maxLength={80}
          autoComplete="off"
          placeholder="Helios"
          value={input.name}
          onChange={(event) => setInput({ ...input, name: event.target.value })}
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
      </div>
      <ProviderFields
        input={input}
        onChange={(change) => setInput((now) => ({ ...now, ...change }))}
        errors={errors}
        hasStoredKey={false}
        keyHint={template?.hint ?? 'Stored encrypted, never shown again; leave empty if it needs none'}
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
