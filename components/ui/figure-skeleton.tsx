import clsx from 'clsx'

/** A large figure and the line below it, in the height they will take. */
export function FigureSkeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={clsx('mt-0.5 flex h-13.5 flex-col', className)}>
      <span className="flex h-9 items-center">
        <span className="skeleton h-6 w-24" />
      </span>
      <span className="flex h-4.5 items-center">
        <span className="skeleton h-3 w-20" />
      </span>
    </span>
  )
}
