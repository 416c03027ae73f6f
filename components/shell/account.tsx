'use client'

import { LogIn, LogOut } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Button, buttonClass } from '@/components/ui/button'
import type { Viewer } from '@/lib/access/schema'

/** Who is signed in, the way to their account and the way out, or the way in. */
export function Account({ viewer, onNavigate }: { viewer: Viewer | null; onNavigate?: () => void }) {
  const pathname = usePathname()
  if (viewer === null) {
    return (
      <Link
        href={`/sign-in?callbackUrl=${encodeURIComponent(pathname)}`}
        className={buttonClass({ variant: 'secondary' })}
      >
        <LogIn aria-hidden="true" />
        Sign in
      </Link>
    )
  }
  return (
    <div className="flex items-center gap-2">
      <span
        aria-hidden="true"
        className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-strong uppercase"
      >
        {viewer.email.slice(0, 1)}
      </span>
      <Link
        href="/account"
        title="Your account"
        className="group min-w-0 flex-1"
        {...(onNavigate ? { onClick: onNavigate } : {})}
      >
        <span className="block truncate text-sm underline-offset-2 group-hover:underline">
          {viewer.email}
        </span>
        <span className="block text-2xs text-muted capitalize">{viewer.role}</span>
      </Link>
      <Button variant="quiet" size="icon" onClick={leave} aria-label="Sign out" title="Sign out">
        <LogOut aria-hidden="true" />
      </Button>
    </div>
  )
}

/** Loaded on demand: most visits never sign out. */
async function leave() {
  const { signOut } = await import('next-auth/react')
  await signOut({ callbackUrl: '/rankings' })
}
