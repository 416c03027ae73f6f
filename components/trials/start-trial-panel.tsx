'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { errorMessage } from '@/components/api/error-note'
import { QueryBody } from '@/components/api/query-body'
import { Button, buttonClass } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { SelectField } from '@/components/ui/select-field'
import { TextField } from '@/components/ui/text-field'
import { useIsMounted } from '@/components/ui/use-is-mounted'
import { AppError, type FieldError } from '@/lib/platform/errors'
import type { Preset } from '@/lib/presets/schema'
import { TRIAL_LIMITS } from '@/lib/trials/limits'
import { NEW_TRIAL_FORM, readTrialForm, type TrialForm, trialCommand } from './trial-form'
import { activePresetsQueryOptions, startTrial, trialListQueryOptions } from './trials-query'

const FIELDS = [
  { name: 'calls', label: 'Calls' },
  { name: 'concurrency', label: 'At a time' },
  { name: 'seconds', label: 'Seconds at most' },
] as const

/** Starts a trial on this server, or says how to run the same one from a terminal. */
export function StartTrialPanel({ preset, onPreset }: { preset: string; onPreset: (slug: string) => void }) {
  const presets = useQuery(activePresetsQueryOptions())
  return (
    <Panel
      title="Run a trial"
      note="Twelve kinds of requests with demanding tool schemas; the same ones every time, so that two runs differ by the preset alone."
    >
      <QueryBody query={presets} skeleton={<FormSkeleton />}>
        {(list) =>
          list.length === 0 ? (
            <div className="border-t">
              <EmptyState
                title="There is no preset to try yet"
                actions={
                  <Link href="/presets" className={buttonClass({ variant: 'primary' })}>
                    Go to Presets
                  </Link>
                }
              >
                A trial sends its requests to <code className="font-mono text-xs">@preset/…</code>, so that an
                edit of the preset changes who answers.
              </EmptyState>
            </div>
          ) : (
            <StartTrialForm presets={list} preset={preset} onPreset={onPreset} />
          )
        }
      </QueryBody>
    </Panel>
  )
}

function StartTrialForm({
  presets,
  preset,
  onPreset,
}: {
  presets: readonly Preset[]
  preset: string
  onPreset: (slug: string) => void
}) {
  const streamId = useId()
  const [form, setForm] = useState(NEW_TRIAL_FORM)
  const [issues, setIssues] = useState<FieldError[]>([])
  const start = useStartTrial()
  const chosen = presets.find(({ slug }) => slug === preset) ?? presets[0]
  const read = readTrialForm({ preset: chosen?.slug ?? '', form })
  const change = (part: Partial<TrialForm>) => setForm((old) => ({ ...old, ...part }))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setIssues(read.errors ?? [])
    if (read.options) start.mutate(read.options)
  }
  const details = issues.length > 0 ? issues : serverDetails(start.error)
  const messageFor = (path: string) => details.find((detail) => detail.path === path)?.message
  return (
    <div className="grid gap-5 border-t p-4 sm:p-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:gap-8">
      <form onSubmit={submit} noValidate className="flex min-w-0 flex-col gap-4">
        <SelectField
          label="Preset"
          options={presets.map(({ slug, name, designated_version }) => ({
            value: slug,
            label: `${name === slug ? slug : `${name} · ${slug}`} (v${designated_version.version})`,
          }))}
          value={chosen?.slug ?? ''}
          onChange={onPreset}
        />
        <div className="grid grid-cols-3 gap-3">
          {FIELDS.map(({ name, label }) => (
            <TextField
              key={name}
              label={label}
              name={name}
              type="number"
              inputMode="numeric"
              min={1}
              max={TRIAL_LIMITS[name]}
              value={form[name]}
              onChange={(event) => change({ [name]: event.target.value })}
              error={messageFor(name)}
              className="justify-end"
            />
          ))}
        </div>
        <label htmlFor={streamId} className="flex items-center gap-2.5 text-sm">
          <input
            id={streamId}
            type="checkbox"
            checked={form.stream}
            onChange={(event) => change({ stream: event.target.checked })}
            className="size-4 accent-accent"
          />
          Ask for streamed answers
        </label>
        {start.error && details.length === 0 ? (
          <Notice tone="negative" role="alert">
            {errorMessage(start.error)}
          </Notice>
        ) : null}
        <Button
          type="submit"
          variant="primary"
          size="large"
          disabled={start.isPending}
          className="self-start"
        >
          <Play aria-hidden="true" />
          {start.isPending ? 'Starting…' : 'Start the trial'}
        </Button>
      </form>
      <TerminalHint options={read.options} />
    </div>
  )
}

function TerminalHint({ options }: { options: ReturnType<typeof readTrialForm>['options'] }) {
  const isMounted = useIsMounted()
  if (options === null) return <p className="text-sm text-muted">Correct the form to see its command.</p>
  const origin = isMounted ? window.location.origin : 'http://127.0.0.1:3000'
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <CodeBlock
        title="The same from a terminal"
        note="It makes the calls itself, as your own program would."
        code={trialCommand({ origin, options })}
      />
      <p className="text-sm text-muted">
        The key needs the scope <em className="not-italic">Gateway</em>. Run it in the folder of Sightglass.
      </p>
    </div>
  )
}

/** Starts a trial and goes to its page. */
export function useStartTrial() {
  const router = useRouter()
  const client = useQueryClient()
  return useMutation({
    mutationFn: startTrial,
    onSuccess: (trial) => {
      void client.invalidateQueries({ queryKey: trialListQueryOptions().queryKey })
      router.push(`/trials/${trial.id}`)
    },
  })
}

function FormSkeleton() {
  return (
    <div
      aria-hidden="true"
      className="grid h-123 content-start gap-8 border-t p-4 sm:p-5 lg:h-68 lg:grid-cols-2"
    >
      <span className="flex flex-col gap-4">
        <span className="skeleton h-9 w-full" />
        <span className="skeleton h-9 w-full" />
        <span className="skeleton h-10 w-36" />
      </span>
      <span className="skeleton h-24 w-full max-lg:hidden" />
    </div>
  )
}

/** What the server says about single fields. */
function serverDetails(error: Error | null): FieldError[] {
  return error instanceof AppError ? (error.details ?? []) : []
}
