'use client'

import { Info as InfoIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Popover } from './popover'

/** A small “i” that opens an explanation; works by mouse, touch and keyboard. */
export function Info({ about, children }: { about: string; children: ReactNode }) {
  return (
    <Popover
      label={`What “${about}” means`}
      className="w-80 p-3.5 leading-5"
      trigger={(properties) => (
        <button
          type="button"
          {...properties}
          aria-label={`What “${about}” means`}
          className="-m-1 inline-flex rounded-md p-1 text-muted/80 hover:text-foreground"
        >
          <InfoIcon className="size-3.5" aria-hidden="true" />
        </button>
      )}
    >
      <div className="mb-1 font-medium">{about}</div>
      <div className="text-muted">{children}</div>
    </Popover>
  )
}
