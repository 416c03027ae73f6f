'use client'

import { Button } from '@/components/ui/button'
import { formatExact } from '@/lib/platform/format'

/** How many rows of a list are shown, and the way to the rest. */
export function MoreRows({
  shown,
  total,
  rowCount = total,
  first,
  noun,
  onToggle,
}: {
  shown: number
  /** Rows that can be shown. */
  total: number
  /** Rows there are, where the answer holds only the first of them. */
  rowCount?: number
  /** Rows shown before somebody asks for all. */
  first: number
  noun: string
  onToggle: () => void
}) {
  if (total <= first) return null
  return (
    <div className="mt-auto flex min-h-12 items-center justify-between gap-3 border-t px-4 py-2 text-sm text-muted sm:px-5">
      <span aria-live="polite" className="tabular-nums">
        {formatExact(shown)} of {formatExact(rowCount)} {noun}
      </span>
      <Button size="small" onClick={onToggle}>
        {shown > first ? `Show the first ${first}` : `Show ${formatExact(total)}`}
      </Button>
    </div>
  )
}
