/** The room of three keys or people. */
export function ListSkeleton() {
  return (
    <div aria-hidden="true">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex h-14 items-center gap-4 border-t px-4 sm:px-5">
          <span className="skeleton h-4 w-40" />
          <span className="skeleton h-4 w-24" />
          <span className="skeleton ml-auto h-4 w-32" />
        </div>
      ))}
    </div>
  )
}
