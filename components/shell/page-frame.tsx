import type { ReactNode } from 'react'

/** The width and rhythm every page shares. */
export function PageFrame({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-[78rem] flex-col gap-4 px-3 pt-5 pb-16 sm:gap-5 sm:px-6 sm:pt-7">
      {children}
    </div>
  )
}
