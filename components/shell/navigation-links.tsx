'use client'

import clsx from 'clsx'
import Link, { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import type { UserRole } from '@/lib/access/schema'
import { isCurrent, navigationFor } from './navigation'

export function NavigationLinks({ role, onNavigate }: { role: UserRole | null; onNavigate?: () => void }) {
  const pathname = usePathname()
  return (
    <ul className="flex flex-col gap-0.5">
      {navigationFor(role).map(({ href, label, icon: Icon }) => {
        const isHere = isCurrent(href, pathname)
        return (
          <li key={href}>
            <Link
              href={href}
              aria-current={isHere ? 'page' : undefined}
              {...(onNavigate ? { onClick: onNavigate } : {})}
              className={clsx(
                'flex h-8 items-center gap-2.5 rounded-lg px-2.5 text-sm transition-colors max-lg:h-11',
                isHere
                  ? 'bg-hover font-medium text-foreground'
                  : 'text-muted hover:bg-hover hover:text-foreground',
              )}
            >
              <Icon className={clsx('size-4', isHere && 'text-accent')} aria-hidden="true" />
              {label}
              <PendingMark />
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

/** Says that a page is on its way, but only when it takes long enough to wonder. */
function PendingMark() {
  const { pending } = useLinkStatus()
  return pending ? <span aria-hidden="true" className="skeleton ml-auto size-2 rounded-full!" /> : null
}
