import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'

/** The way up from a page below Settings. */
export function BackToSettings() {
  return (
    <Link
      href="/settings"
      className="-mb-2 inline-flex items-center gap-1 self-start text-sm text-muted hover:text-foreground"
    >
      <ChevronLeft className="size-4" aria-hidden="true" />
      Settings
    </Link>
  )
}
