import { formatPercent } from '@/lib/platform/format'

/** Length compares rows with the largest one; the number is the share of everything. */
export function ShareBar({ share, widestShare }: { share: number | null; widestShare: number }) {
  const width = share === null || widestShare === 0 ? 0 : (share / widestShare) * 100
  return (
    <span className="flex items-center gap-2.5">
      <span aria-hidden="true" className="h-1.5 flex-1 max-sm:hidden overflow-hidden rounded-full bg-hover">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${width}%` }} />
      </span>
      <span className="w-11 text-right tabular-nums">{formatPercent(share)}</span>
    </span>
  )
}
