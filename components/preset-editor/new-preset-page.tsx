'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { QueryBody } from '@/components/api/query-body'
import { presetQueryOptions } from '@/components/presets/presets-query'
import { PageFrame } from '@/components/shell/page-frame'
import { useIsMounted } from '@/components/ui/use-is-mounted'
import { draftOf } from '@/lib/presets/draft/preset-draft'
import type { Preset } from '@/lib/presets/schema'
import { readKeptDraft } from './kept-draft'
import { PresetEditor } from './preset-editor'
import { PresetSkeleton } from './preset-skeleton'

/** A preset that does not exist yet: empty, as a copy of another, or read from a file. */
export function NewPresetPage({ copyOf, isFromFile }: { copyOf: string | null; isFromFile: boolean }) {
  const isMounted = useIsMounted()
  if (copyOf !== null) return <CopyOfPreset slug={copyOf} />
  if (!isFromFile) return <PresetEditor latest={null} canEdit />
  return isMounted ? <PresetFromFile /> : null
}

/** The list read the file and left it where unsaved drafts are kept. */
function PresetFromFile() {
  const [kept] = useState(() => readKeptDraft(null))
  return <PresetEditor latest={null} canEdit {...(kept ? { start: kept.draft } : {})} />
}

function CopyOfPreset({ slug }: { slug: string }) {
  const query = useQuery({ ...presetQueryOptions(slug), staleTime: Number.POSITIVE_INFINITY })
  if (query.data) return <PresetEditor latest={null} start={draftOf(copyOf(query.data))} canEdit />
  return (
    <PageFrame>
      <QueryBody query={query} skeleton={<PresetSkeleton />}>
        {() => null}
      </QueryBody>
    </PageFrame>
  )
}

function copyOf({ slug, name, description, designated_version: version }: Preset) {
  const { system_prompt, config } = version
  return {
    slug: `${slug.slice(0, 58)}-copy`,
    name: `${name.slice(0, 73)} (copy)`,
    description,
    system_prompt,
    config,
  }
}
