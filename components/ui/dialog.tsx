'use client'

import clsx from 'clsx'
import { type ReactNode, useEffect, useId, useRef } from 'react'

const WIDTHS = { medium: 'max-w-md', large: 'max-w-3xl' } as const

/** The browser's own modal dialog: focus stays inside, Escape closes, focus returns where it was. */
export function Dialog({
  title,
  children,
  isOpen,
  onClose,
  size = 'medium',
}: {
  title: string
  children: ReactNode
  isOpen: boolean
  onClose: () => void
  size?: keyof typeof WIDTHS
}) {
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className={clsx(
        'w-full rounded-2xl border bg-surface p-5 shadow-raised backdrop:bg-black/40 max-sm:max-w-[calc(100vw-1.5rem)]',
        WIDTHS[size],
      )}
    >
      <h2 id={titleId} className="mb-3 text-lg font-semibold tracking-[-0.015em]">
        {title}
      </h2>
      {isOpen ? children : null}
    </dialog>
  )
}
