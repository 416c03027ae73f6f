const ROW_COUNT = 6

/** As high as a table of a few rows. */
export function RowsSkeleton() {
  return (
    <div aria-hidden="true">
      {Array.from({ length: ROW_COUNT }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className="flex h-14 items-center gap-3 border-t px-4 sm:px-5">
          <span className="skeleton size-8 rounded-lg" />
          <span className="skeleton h-4 w-40" />
          <span className="skeleton ml-auto h-4 w-1/3" />
        </div>
      ))}
    </div>
  )
}
