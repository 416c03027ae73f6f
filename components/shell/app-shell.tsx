'use client'

import { Menu } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { ThemeSwitch } from '@/components/theme/theme-switch'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import type { InstanceAnswer, Viewer } from '@/lib/access/schema'
import { Account } from './account'
import { NavigationLinks } from './navigation-links'
import { ProductMark } from './product-mark'
import { SimulatedBanner } from './simulated-banner'

/** Pages that stand alone, without the menu. */
const BARE_PATHS: readonly string[] = ['/sign-in']

export function AppShell({
  viewer,
  instance,
  children,
}: {
  viewer: Viewer | null
  instance: InstanceAnswer
  children: ReactNode
}) {
  const isBare = BARE_PATHS.includes(usePathname())
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-surface px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <div className="flex min-w-0 flex-1 max-lg:flex-col">
        {isBare ? null : <SideMenu viewer={viewer} />}
        {isBare ? null : <TopBar viewer={viewer} />}
        <div className="flex min-w-0 flex-1 flex-col">
          <SimulatedBanner initialInstance={instance} />
          <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
            {children}
          </main>
        </div>
      </div>
    </div>
  )
}

function SideMenu({ viewer }: { viewer: Viewer | null }) {
  return (
    <header className="w-56 shrink-0 border-r bg-sunken max-lg:hidden">
      <div className="sticky top-0 flex h-dvh flex-col gap-5 p-3">
        <Brand />
        <nav aria-label="Main" className="flex-1">
          <NavigationLinks role={viewer?.role ?? null} />
        </nav>
        <div className="flex flex-col gap-3">
          <ThemeSwitch />
          <Account viewer={viewer} />
        </div>
      </div>
    </header>
  )
}

function TopBar({ viewer }: { viewer: Viewer | null }) {
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center justify-between border-b bg-sunken px-3 lg:hidden">
      <Brand />
      <Popover
        label="Menu"
        align="end"
        className="w-64 p-3"
        trigger={(properties) => (
          <Button {...properties} variant="quiet" size="icon" aria-label="Menu">
            <Menu aria-hidden="true" />
          </Button>
        )}
      >
        <div className="flex flex-col gap-4">
          <nav aria-label="Main">
            <NavigationLinks role={viewer?.role ?? null} onNavigate={closePopovers} />
          </nav>
          <ThemeSwitch />
          <Account viewer={viewer} onNavigate={closePopovers} />
        </div>
      </Popover>
    </header>
  )
}

function Brand() {
  return (
    <Link
      href="/"
      className="flex h-8 items-center gap-2 rounded-lg px-1.5 font-semibold tracking-[-0.015em]"
    >
      <ProductMark className="size-5" />
      Sightglass
    </Link>
  )
}

function closePopovers() {
  for (const popover of document.querySelectorAll<HTMLElement>('[popover]:popover-open'))
    popover.hidePopover()
}
