'use client'

import { Pencil, ScrollText, Wrench } from 'lucide-react'
import Link from 'next/link'
import { useQueryState } from 'nuqs'
import { useWindowSearch } from '@/components/time-window/use-window-search'
import type { ModelPageAnswer } from '@/lib/analytics/models/schema'
import type { EditableModel } from './edit-model-dialog'
import { nameInSlug } from './name-in-slug'

const LINK = 'inline-flex items-center gap-1 font-medium text-accent-strong hover:underline'

/** What a model is called in logs, its other names, and where to go from here. */
export function ModelNote({
  model,
  data,
  canEdit,
  onEdit,
}: {
  model: string
  data: ModelPageAnswer | undefined
  canEdit: boolean
  onEdit: (model: EditableModel) => void
}) {
  const windowSearch = useWindowSearch()
  const [alias] = useQueryState('alias')
  const canonical = data?.model ?? model
  const toLogs = new URLSearchParams([['model', canonical], ...new URLSearchParams(windowSearch)])
  const toTools = new URLSearchParams([['model', canonical], ...new URLSearchParams(windowSearch)])
  return (
    <>
      {alias !== null && data?.aliases.includes(alias) ? (
        <span role="status" className="block">
          <code className="font-mono text-sm">{alias}</code> is another name of this model.
        </span>
      ) : null}
      <code className="font-mono text-sm">{canonical}</code> in presets and logs
      {data?.aliases.map((other) => (
        <span key={other}>
          {', also '}
          <code className="font-mono text-sm">{other}</code>
          {canEdit ? (
            <button
              type="button"
              onClick={() => onEdit({ model: other, name: null, released_on: null, alias_of: canonical })}
              aria-label={`Edit the other name ${other}`}
              className="ml-1 inline-flex rounded-md p-0.5 align-middle text-muted hover:text-foreground"
            >
              <Pencil className="size-3" aria-hidden="true" />
            </button>
          ) : null}
        </span>
      ))}
      <span className="max-sm:mt-1 max-sm:block">
        <span className="max-sm:hidden">{' · '}</span>
        <Link href={`/tools?${toTools}`} className={LINK}>
          <Wrench className="size-3.5" aria-hidden="true" />
          Its tool calls
        </Link>
        {' · '}
        <Link href={`/logs?${toLogs}`} className={LINK}>
          <ScrollText className="size-3.5" aria-hidden="true" />
          Its requests
        </Link>
        {canEdit && data ? (
          <>
            {' · '}
            <button type="button" onClick={() => onEdit(editableOf(data))} className={LINK}>
              <Pencil className="size-3.5" aria-hidden="true" />
              Edit
            </button>
          </>
        ) : null}
      </span>
    </>
  )
}

function editableOf(data: ModelPageAnswer): EditableModel {
  return {
    model: data.model,
    name: data.name === nameInSlug(data.model) ? null : data.name,
    released_on: data.launchSource === 'catalog' ? data.launchedOn : null,
    alias_of: null,
  }
}
