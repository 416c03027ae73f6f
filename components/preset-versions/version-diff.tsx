import clsx from 'clsx'
import { diffVersions, type FieldChange, type PromptPart } from '@/lib/presets/diff-versions'
import type { PresetContent } from '@/lib/presets/merge-preset'

/** What changed from one content of a preset to another, field by field, and the system prompt by lines. */
export function VersionDiff({ before, after }: { before: PresetContent; after: PresetContent }) {
  const { fields, systemPrompt } = diffVersions({ before, after })
  if (fields.length === 0 && systemPrompt === null) {
    return <p className="rounded-lg border bg-sunken px-3 py-2 text-sm text-muted">No difference.</p>
  }
  return (
    <div className="flex max-h-[50dvh] flex-col gap-3 overflow-y-auto">
      {fields.length > 0 ? (
        <dl className="rounded-lg border text-sm">
          {fields.map((change) => (
            <FieldRow key={change.path} change={change} />
          ))}
        </dl>
      ) : null}
      {systemPrompt === null ? null : (
        <section aria-label="System prompt" className="rounded-lg border">
          <h3 className="border-b px-3 py-1.5 text-xs text-muted">System prompt</h3>
          <div className="py-1.5 font-mono text-xs leading-5">
            {systemPrompt.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name and are drawn anew as a whole
              <PromptLines key={index} part={part} />
            ))}
          </div>
        </section>
      )}
    </div>
  )
}

function FieldRow({ change }: { change: FieldChange }) {
  return (
    <div className="grid gap-x-4 gap-y-1 border-b px-3 py-2 last:border-b-0 sm:grid-cols-[13rem_1fr]">
      <dt className="font-mono text-xs leading-6 break-all text-muted">{change.path}</dt>
      <dd className="flex min-w-0 flex-col gap-1">
        {change.kind === 'added' ? null : <Value kind="removed" value={change.before} />}
        {change.kind === 'removed' ? null : <Value kind="added" value={change.after} />}
      </dd>
    </div>
  )
}

function Value({ kind, value }: { kind: 'added' | 'removed'; value: unknown }) {
  return (
    <div className={clsx('flex min-w-0 gap-2 rounded-md px-2 py-0.5', LOOKS[kind].className)}>
      <Sign kind={kind} />
      <span className="min-w-0 font-mono text-xs leading-5 break-words whitespace-pre-wrap">
        {valueWords(value)}
      </span>
    </div>
  )
}

const LOOKS = {
  same: { sign: ' ', word: '', className: 'text-muted' },
  added: { sign: '+', word: 'added', className: 'bg-accent-soft text-foreground' },
  removed: { sign: '−', word: 'removed', className: 'bg-negative-soft text-foreground' },
} as const

function Sign({ kind }: { kind: PromptPart['kind'] }) {
  return (
    <span className="w-2 shrink-0 font-mono text-xs leading-5 select-none">
      <span aria-hidden="true">{LOOKS[kind].sign}</span>
      <span className="sr-only">{LOOKS[kind].word}</span>
    </span>
  )
}

function PromptLines({ part: { kind, lines } }: { part: PromptPart }) {
  return (
    <div className={clsx('flex gap-2 px-3', LOOKS[kind].className)}>
      <Sign kind={kind} />
      <span className="min-w-0 break-words whitespace-pre-wrap">{lines.join('\n')}</span>
    </div>
  )
}

function valueWords(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ')
  return JSON.stringify(value, null, 2)
}
