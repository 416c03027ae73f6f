import { Skeleton } from '@/components/ui/skeleton'

const ROWS = 12

/** Rows as high as those that are coming. */
export function RequestsSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="h-9 border-y max-lg:hidden" />
      {Array.from({ length: ROWS }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the same for ever
        <div key={index} className="flex h-12 items-center gap-6 border-b px-4 max-lg:h-20 sm:px-5">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 w-16" />
          <Skeleton className="h-4 w-44 max-sm:hidden" />
          <Skeleton className="ml-auto h-4 w-20" />
          <Skeleton className="h-4 w-16 max-lg:hidden" />
          <Skeleton className="h-4 w-16 max-lg:hidden" />
        </div>
      ))}
    </div>
  )
}
