'use client'

import { Ellipsis } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { Button } from './button'
import { Popover } from './popover'

/** A button with three dots that opens a few actions, given as `ActionItem`s or links of `actionItemClass`. */
export function ActionMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Popover
      label={label}
      align="end"
      className="min-w-44 p-1"
      trigger={(properties) => (
        <Button {...properties} variant="quiet" size="icon" aria-label={label} title={label}>
          <Ellipsis aria-hidden="true" />
        </Button>
      )}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: only closes after the click of an item, which has a keyboard of its own */}
      <div onClick={closeMenu} className="flex flex-col">
        {children}
      </div>
    </Popover>
  )
}

export const actionItemClass =
  'flex h-8 w-full items-center gap-2.5 rounded-md px-2.5 text-left text-sm whitespace-nowrap hover:bg-hover max-sm:h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted'

export function ActionItem({
  icon,
  children,
  isDangerous = false,
  onSelect,
}: {
  icon: ReactNode
  children: ReactNode
  isDangerous?: boolean
  onSelect: () => void
}) {
  return (
    <button
      type="button"
      onClick={onSelect}
      className={`${actionItemClass} ${isDangerous ? 'text-negative [&_svg]:text-negative!' : ''}`}
    >
      {icon}
      {children}
    </button>
  )
}

function closeMenu(event: MouseEvent<HTMLElement>) {
  event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
}
