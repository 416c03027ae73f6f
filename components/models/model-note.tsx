'use client'

import { Pencil, Wrench } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useQueryState } from 'nuqs'
import { useState } from 'react'
import { useWindowSearch } from '@/components/time-window/use-window-search'
import { entityPath } from '@/components/usage/entity-path'
import type { ModelPageAnswer } from '@/lib/analytics/models/schema'
import { type EditableModel, EditModelDialog } from './edit-model-dialog'
import { nameInSlug } from './name-in-slug'

const LINK = 'inline-flex items-center gap-1 font-medium text-accent-strong hover:underline'

/** What a model is called in logs, its other names, and where to go from here. */
export function ModelNote({
  model,
  data,
  canEdit,
}: {
  model: string
  data: ModelPageAnswer | undefined
  canEdit: boolean
}) {
  const router = useRouter()
  const windowSearch = useWindowSearch()
  const [alias] = useQueryState('alias')
  const [edited, setEdited] = useState<EditableModel | null>(null)
  const canonical = data?.model ?? model
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
              onClick={() => setEdited({ model: other, name: null, released_on: null, alias_of: canonical })}
              aria-label={`Edit the other name ${other}`}
              className="ml-1 inline-flex rounded-md p-0.5 align-middle text-muted hover:text-foreground"
            >
              <Pencil className="size-3" aria-hidden="true" />
            </button>
          ) : null}
        </span>
      ))}
      {' · '}
      <Link href={`/tools?${toTools}`} className={LINK}>
        <Wrench className="size-3.5" aria-hidden="true" />
        Its tool calls
      </Link>
      {canEdit && data ? (
        <>
          {' · '}
          <button type="button" onClick={() => setEdited(editableOf(data))} className={LINK}>
            <Pencil className="size-3.5" aria-hidden="true" />
            Edit
          </button>
        </>
      ) : null}
      {edited ? (
        <EditModelDialog
          key={edited.model}
          model={edited}
          isOpen
          onClose={() => setEdited(null)}
          onSaved={(saved) => {
            setEdited(null)
            const path = saved.alias_of && entityPath({ by: 'model', key: saved.alias_of, windowSearch })
            if (path && saved.alias_of !== canonical) router.push(path)
          }}
        />
      ) : null}
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
