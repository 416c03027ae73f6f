/** Rows of a table that is on its way. */
export function TableSkeleton({ rows }: { rows: number }) {
  return (
    <div aria-hidden="true" className="border-t">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className="flex h-13 items-center gap-4 border-b px-4 last:border-b-0 sm:px-5">
          <span className="skeleton h-3.5 w-40" />
          <span className="skeleton ml-auto h-3.5 w-24" />
          <span className="skeleton h-3.5 w-16" />
        </div>
      ))}
    </div>
  )
}
