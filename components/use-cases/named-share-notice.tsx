'use client'

import { Tags } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { UseCasesAnswer } from '@/lib/analytics/use-cases/schema'
import { formatPercent } from '@/lib/platform/format'
import { useCasesParsers } from './use-cases-url-state'

/** How much of the traffic has no use case, and what can be done about it. */
export function NamedShareNotice({
  totals: { namedTokenShare, namedRequestShare },
  canEdit,
}: {
  totals: UseCasesAnswer['totals']
  canEdit: boolean
}) {
  const [, setState] = useQueryStates(useCasesParsers)
  const share = namedTokenShare ?? namedRequestShare
  if (share === null || share === 1) return null
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-1 pb-2 sm:px-2">
      <Notice tone="neutral" icon={<Tags aria-hidden="true" />}>
        {share === 0
          ? 'No request has a use case yet.'
          : `${formatPercent(1 - share)} of tokens have no use case.`}{' '}
        {canEdit
          ? 'A rule gives one to new requests like them.'
          : 'An admin or member can write rules that give one to new requests.'}
      </Notice>
      <Button
        variant="quiet"
        onClick={() => void setState({ tab: 'rules' }, { history: 'push' })}
        className="max-sm:ml-1"
      >
        {canEdit ? 'Write a rule' : 'See the rules'}
      </Button>
    </div>
  )
}
