'use client'

import clsx from 'clsx'
import { useId, useState } from 'react'
import { SearchField } from '@/components/ui/search-field'
import { type ProviderTemplate, TEMPLATE_GROUPS, type TemplateGroup } from '@/lib/catalog/template'
import { PROVIDER_TEMPLATES } from '@/lib/catalog/templates'

const GROUP_LABELS = {
  labs: 'Model makers',
  clouds: 'Clouds',
  hosts: 'Open-model hosts',
  routers: 'Routers',
  local: 'Your own servers',
} as const satisfies Record<TemplateGroup, string>

/** Well-known providers to start from, or a blank form. One choice, as native radio buttons. */
export function TemplatePicker({
  chosen,
  onChoose,
}: {
  chosen: ProviderTemplate | null
  onChoose: (template: ProviderTemplate | null) => void
}) {
  const name = useId()
  const [sought, setSought] = useState('')
  const words = sought.toLowerCase().trim()
  const matches = PROVIDER_TEMPLATES.filter((template) => {
    const { slug, name: called, aliases } = template
    return (
      template === chosen || [slug, called, ...aliases].some((text) => text.toLowerCase().includes(words))
    )
  })
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-sm font-medium">Start from</legend>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField
          label="Find a provider to start from"
          placeholder="Find a provider"
          value={sought}
          onChange={setSought}
        />
        <Choice
          group={name}
          label="A blank form"
          isChosen={chosen === null}
          onChoose={() => onChoose(null)}
        />
      </div>
      <div className="flex flex-col gap-2.5">
        {TEMPLATE_GROUPS.map((group) => {
          const templates = matches.filter((template) => template.group === group)
          if (templates.length === 0) return null
          return (
            <div key={group} className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[8.5rem_1fr]">
              <div className="text-sm text-muted sm:pt-1">{GROUP_LABELS[group]}</div>
              <div className="flex flex-wrap gap-1.5">
                {templates.map((template) => (
                  <Choice
                    key={template.slug}
                    group={name}
                    label={template.name}
                    isChosen={chosen?.slug === template.slug}
                    onChoose={() => onChoose(template)}
                  />
                ))}
              </div>
            </div>
          )
        })}
        {matches.length === 0 ? (
          <p className="text-sm text-muted">
            No provider by that name; a blank form takes any that speaks one of the API shapes.
          </p>
        ) : null}
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
