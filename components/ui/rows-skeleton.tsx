import clsx from 'clsx'

/** As high as a table of a few rows. */
export function RowsSkeleton({
  rows = 6,
  rowHeight = 'h-14',
}: {
  rows?: number
  rowHeight?: 'h-13' | 'h-14'
}) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className={clsx('flex items-center gap-3 border-t px-4 sm:px-5', rowHeight)}>
          <span className="skeleton size-8 rounded-lg" />
          <span className="skeleton h-4 w-40" />
          <span className="skeleton ml-auto h-4 w-1/3" />
        </div>
      ))}
    </div>
  )
}
