import { TriangleAlert } from 'lucide-react'
import { Moment } from '@/components/ui/moment'
import { Notice } from '@/components/ui/notice'
import type { Preset } from '@/lib/presets/schema'

/** Says early that somebody else saved while this form was being edited. */
export function NewerVersionNotice({ latest: { designated_version: version } }: { latest: Preset }) {
  return (
    <Notice tone="warning" role="status" icon={<TriangleAlert aria-hidden="true" />}>
      {version.creator_id} saved version {version.version} <Moment iso={version.created_at} />. Your changes
      are on the version before; when you save, you choose between the two.
    </Notice>
  )
}
