import { FIRST_ROWS } from './limits'

/** As many rows as will come, each as high. */
export function LeaderboardSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="h-9 border-b" />
      {Array.from({ length: FIRST_ROWS }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className="flex h-13 items-center gap-4 border-b px-4 sm:px-5">
          <span className="skeleton h-4 w-6" />
          <span className="skeleton size-8 rounded-lg" />
          <span className="skeleton h-4" style={{ width: `${34 - (index % 5) * 4}%` }} />
          <span className="skeleton ml-auto h-4 w-20" />
          <span className="skeleton h-4 w-28 max-md:hidden" />
          <span className="skeleton h-4 w-16 max-md:hidden" />
        </div>
      ))}
    </div>
  )
}
