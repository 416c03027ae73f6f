'use client'

import clsx from 'clsx'
import { useId } from 'react'
import type { ProviderTemplate } from '@/lib/catalog/template'
import { PROVIDER_TEMPLATES } from '@/lib/catalog/templates'

/** Well-known providers to start from, or a blank form. One choice, as native radio buttons. */
export function TemplatePicker({
  chosen,
  onChoose,
}: {
  chosen: ProviderTemplate | null
  onChoose: (template: ProviderTemplate | null) => void
}) {
  const name = useId()
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-sm font-medium">Start from</legend>
      <div className="flex flex-wrap gap-1.5">
        <Choice
          group={name}
          label="A blank form"
          isChosen={chosen === null}
          onChoose={() => onChoose(null)}
        />
        {PROVIDER_TEMPLATES.map((template) => (
          <Choice
            key={template.slug}
            group={name}
            label={template.name}
            isChosen={chosen?.slug === template.slug}
            onChoose={() => onChoose(template)}
          />
        ))}
      </div>
    </fieldset>
  )
}

function Choice({
  group,
  label,
  isChosen,
  onChoose,
}: {
  group: string
  label: string
  isChosen: boolean
  onChoose: () => void
}) {
  return (
    <label
      className={clsx(
        'relative rounded-lg border px-2.5 py-1 text-sm transition-colors',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
        isChosen
          ? 'border-accent bg-accent-soft font-medium text-accent-strong'
          : 'bg-surface hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name={group}
        checked={isChosen}
        onChange={onChoose}
        className="absolute inset-0 cursor-pointer appearance-none outline-none"
      />
      {label}
    </label>
  )
}
