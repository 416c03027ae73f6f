import clsx from 'clsx'

/** As high as a table of a few rows, with its head where `hasHead`; `hasMark` = rows begin with a mark. */
export function RowsSkeleton({
  rows = 6,
  rowHeight = 'h-14',
  hasHead = false,
  hasMark = true,
}: {
  rows?: number
  rowHeight?: 'h-12' | 'h-13' | 'h-14'
  hasHead?: boolean
  hasMark?: boolean
}) {
  return (
    <div aria-hidden="true">
      {hasHead ? <div className="h-9 border-t" /> : null}
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className={clsx('flex items-center gap-3 border-t px-4 sm:px-5', rowHeight)}>
          {hasMark ? <span className="skeleton size-8 rounded-lg" /> : null}
          <span className="skeleton h-4 w-40" />
          <span className="skeleton ml-auto h-4 w-1/3" />
        </div>
      ))}
    </div>
  )
}
