'use client'

import { ChevronLeft, Eye, FlaskConical } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { errorMessage } from '@/components/api/error-note'
import { authorWords } from '@/components/presets/author-words'
import { DeletePresetDialog } from '@/components/presets/delete-preset-dialog'
import { PresetMenu } from '@/components/presets/preset-menu'
import { PresetStatusBadge } from '@/components/presets/preset-status-badge'
import { usePresetActions } from '@/components/presets/use-preset-actions'
import { buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Moment } from '@/components/ui/moment'
import { Notice } from '@/components/ui/notice'
import type { Preset } from '@/lib/presets/schema'

/** Which preset this is, who changed it last, and what can be done with it as a whole. */
export function EditorHeader({ preset, canEdit }: { preset: Preset | null; canEdit: boolean }) {
  return (
    <header className="flex flex-col gap-1">
      <Link
        href="/presets"
        className="-ml-1 inline-flex w-fit items-center gap-0.5 rounded-md pr-1 text-sm text-muted hover:text-foreground"
      >
        <ChevronLeft className="size-4" aria-hidden="true" />
        Presets
      </Link>
      {preset ? (
        <StoredHeader preset={preset} canEdit={canEdit} />
      ) : (
        <div>
          <h1 className="text-xl font-semibold tracking-[-0.02em]">New preset</h1>
          <p className="mt-0.5 max-w-prose text-muted">
            Give it a name, then say who answers. Everything may be left as it is and changed later.
          </p>
        </div>
      )}
    </header>
  )
}

function StoredHeader({ preset, canEdit }: { preset: Preset; canEdit: boolean }) {
  const router = useRouter()
  const { setStatus, remove } = usePresetActions()
  const [isDeleting, setIsDeleting] = useState(false)
  const { version, creator_id: author, created_at: changedAt } = preset.designated_version
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3">
            <h1 className="text-xl font-semibold tracking-[-0.02em] break-words">{preset.name}</h1>
            <PresetStatusBadge status={preset.status} />
          </div>
          <p className="mt-0.5 text-muted">
            <code className="font-mono text-xs">@preset/{preset.slug}</code> · version {version}, by{' '}
            {authorWords(author)}, <Moment iso={changedAt} />
          </p>
        </div>
        <div className="flex items-center gap-2">
          <CopyButton text={`@preset/${preset.slug}`} label="Copy name" />
          {canEdit ? (
            <Link href={`/trials?preset=${preset.slug}`} className={buttonClass({ size: 'small' })}>
              <FlaskConical aria-hidden="true" />
              Try it
            </Link>
          ) : null}
          <PresetMenu
            preset={preset}
            canEdit={canEdit}
            onStatus={(status) => setStatus.mutate({ slug: preset.slug, status })}
            onDelete={() => setIsDeleting(true)}
          />
        </div>
      </div>
      {setStatus.isError ? (
        <Notice tone="negative" role="alert">
          Not changed. {errorMessage(setStatus.error)}
        </Notice>
      ) : null}
      {preset.status === 'active' ? null : (
        <Notice tone="warning" className="mt-2">
          {preset.status === 'archived'
            ? 'Archived: requests that name this preset are refused. Restore it from the menu.'
            : 'Off: requests that name this preset are refused until it is switched on again.'}
        </Notice>
      )}
      {canEdit ? null : (
        <Notice tone="neutral" icon={<Eye aria-hidden="true" />} className="mt-2 border bg-surface">
          You see this preset as it is; admins and members may change it.
        </Notice>
      )}
      <DeletePresetDialog
        preset={isDeleting ? preset : null}
        remove={remove}
        onClose={() => setIsDeleting(false)}
        onDeleted={() => router.replace('/presets?archived=true')}
      />
    </>
  )
}
