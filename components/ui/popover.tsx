'use client'

import clsx from 'clsx'
import { type ReactNode, type ToggleEvent, useId, useRef } from 'react'

const GAP_PX = 6
const EDGE_PX = 8

/**
 * The browser's own popover: light dismiss, Escape and focus return come with the platform, no library needed.
 * `trigger` renders the button; it must spread the given properties.
 */
export function Popover({
  trigger,
  children,
  label,
  align = 'start',
  className,
}: {
  trigger: (properties: PopoverTriggerProperties) => ReactNode
  children: ReactNode
  label: string
  align?: 'start' | 'end'
  className?: string
}) {
  const id = useId()
  const anchor = useRef<HTMLSpanElement>(null)
  const placeOnOpen = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState === 'open') place(event.currentTarget, anchor.current, align)
  }
  return (
    <span ref={anchor} className="contents">
      {trigger({ popoverTarget: id, 'aria-haspopup': 'dialog' })}
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onToggle={placeOnOpen}
        className={clsx(
          'fixed max-w-[calc(100vw-16px)] rounded-xl border! bg-surface text-sm shadow-raised',
          className,
        )}
      >
        {children}
      </div>
    </span>
  )
}

export type PopoverTriggerProperties = { popoverTarget: string; 'aria-haspopup': 'dialog' }

/** Below the trigger, or above where there is no room; never across the edge of the window. */
function place(popover: HTMLElement, anchor: HTMLElement | null, align: 'start' | 'end') {
  const trigger = anchor?.firstElementChild?.getBoundingClientRect()
  if (trigger === undefined) return
  const { width, height } = popover.getBoundingClientRect()
  const wantedLeft = align === 'start' ? trigger.left : trigger.right - width
  const left = Math.max(EDGE_PX, Math.min(wantedLeft, window.innerWidth - width - EDGE_PX))
  const isRoomBelow = trigger.bottom + GAP_PX + height <= window.innerHeight - EDGE_PX
  const above = Math.max(EDGE_PX, trigger.top - GAP_PX - height)
  popover.style.left = `${left}px`
  popover.style.top = `${isRoomBelow ? trigger.bottom + GAP_PX : above}px`
}
