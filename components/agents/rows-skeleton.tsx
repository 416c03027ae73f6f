/** As many rows as will come, each as high. */
export function RowsSkeleton({ rows }: { rows: number }) {
  return (
    <div aria-hidden="true">
      <div className="h-9 border-t" />
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className="flex h-12 items-center gap-4 border-t px-4 sm:px-5">
          <span className="skeleton h-4 w-20" />
          <span className="skeleton h-3 flex-1 max-sm:hidden" />
          <span className="skeleton ml-auto h-4 w-14" />
          <span className="skeleton h-4 w-14" />
        </div>
      ))}
    </div>
  )
}
