'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { QueryBody } from '@/components/api/query-body'
import { VersionDiff } from '@/components/preset-versions/version-diff'
import { presetQueryOptions } from '@/components/presets/presets-query'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import type { PresetContent } from '@/lib/presets/merge-preset'
import type { Preset } from '@/lib/presets/schema'

/** Somebody saved in between: what they have against what is in the form, and the two ways on. */
export function ConflictDialog({
  slug,
  message,
  mine,
  onLoadTheirs,
  onSaveOver,
  onClose,
}: {
  slug: string
  message: string | null
  mine: PresetContent
  onLoadTheirs: (theirs: Preset) => void
  onSaveOver: (theirs: Preset) => void
  onClose: () => void
}) {
  const query = useQuery({ ...presetQueryOptions(slug), enabled: message !== null, staleTime: 0 })
  return (
    <Dialog title="Somebody saved in between" isOpen={message !== null} size="large" onClose={onClose}>
      <p className="mb-3 text-muted">{message}</p>
      {/* What is cached may be the version this form started from. */}
      {query.isFetching ? <Skeleton className="h-24" /> : null}
      <QueryBody query={query} skeleton={null} className={clsx(query.isFetching && 'hidden')}>
        {(theirs) => (
          <>
            <h3 className="mb-1.5 text-sm font-medium">
              From their version {theirs.designated_version.version} to your form
            </h3>
            <VersionDiff
              before={{
                systemPrompt: theirs.designated_version.system_prompt,
                config: theirs.designated_version.config,
              }}
              after={mine}
            />
            <div className="mt-5 flex flex-wrap justify-end gap-2">
              <Button onClick={onClose}>Back to the form</Button>
              <Button onClick={() => onLoadTheirs(theirs)}>Load theirs</Button>
              <Button variant="primary" onClick={() => onSaveOver(theirs)}>
                Keep mine and save over
              </Button>
            </div>
          </>
        )}
      </QueryBody>
    </Dialog>
  )
}
