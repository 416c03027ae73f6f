import { Skeleton } from '@/components/ui/skeleton'

/** The editor's outline while its preset is on its way. */
export function PresetSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-7 w-64" />
      </div>
      <div className="grid gap-5 xl:grid-cols-[minmax(0,1fr)_24.5rem]">
        <div className="flex flex-col gap-5">
          <Skeleton className="h-96 rounded-xl!" />
          <Skeleton className="h-40 rounded-xl!" />
        </div>
        <Skeleton className="h-72 rounded-xl!" />
      </div>
    </div>
  )
}
