'use client'

import { History } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { formatClock } from '@/lib/platform/format'
import type { KeptDraft } from './kept-draft'

/** Offers changes that were left unsaved. */
export function KeptDraftNotice({
  kept,
  currentVersion,
  onRestore,
  onDrop,
}: {
  kept: KeptDraft
  currentVersion: number | null
  onRestore: () => void
  onDrop: () => void
}) {
  const isOld = kept.version !== null && kept.version !== currentVersion
  return (
    <Notice tone="warning" role="status" icon={<History aria-hidden="true" />} className="items-center">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span>
          You have unsaved changes from {formatClock(kept.keptAtMs)} UTC
          {isOld ? `, made on version ${kept.version}` : ''}.
        </span>
        <span className="flex gap-2">
          <Button size="small" onClick={onRestore}>
            Restore them
          </Button>
          <Button size="small" variant="quiet" onClick={onDrop}>
            Discard them
          </Button>
        </span>
      </div>
    </Notice>
  )
}
