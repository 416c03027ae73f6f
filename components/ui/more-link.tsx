import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { buttonClass } from './button'

/** From a panel to the page that tells more; its text ends where the panel's content does. */
export function MoreLink({ href, children }: { href: `/${string}`; children: ReactNode }) {
  return (
    <Link
      href={href}
      className={buttonClass({ variant: 'quiet', size: 'small', className: '-mr-2 max-sm:-ml-2' })}
    >
      {children}
      <ArrowRight aria-hidden="true" />
    </Link>
  )
}
