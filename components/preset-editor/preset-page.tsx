'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { QueryBody } from '@/components/api/query-body'
import { presetQueryOptions } from '@/components/presets/presets-query'
import { MessagePage } from '@/components/shell/message-page'
import { PageFrame } from '@/components/shell/page-frame'
import { buttonClass } from '@/components/ui/button'
import { AppError } from '@/lib/platform/errors'
import { PresetEditor } from './preset-editor'
import { PresetSkeleton } from './preset-skeleton'

/** One preset, to be looked at or edited. */
export function PresetPage({ slug, canEdit }: { slug: string; canEdit: boolean }) {
  const query = useQuery(presetQueryOptions(slug))
  if (query.data) return <PresetEditor latest={query.data} canEdit={canEdit} />
  if (query.error instanceof AppError && query.error.code === 'not_found') {
    return (
      <MessagePage
        title="There is no such preset"
        actions={
          <Link href="/presets" className={buttonClass({ variant: 'primary' })}>
            See all presets
          </Link>
        }
      >
        Nobody has created <code className="font-mono text-sm">@preset/{slug}</code>, or it was renamed or
        deleted.
      </MessagePage>
    )
  }
  return (
    <PageFrame>
      <QueryBody query={query} skeleton={<PresetSkeleton />}>
        {() => null}
      </QueryBody>
    </PageFrame>
  )
}
