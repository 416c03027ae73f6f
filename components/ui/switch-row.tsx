'use client'

import { type ReactNode, useId } from 'react'
import { Switch } from './switch'

/** A setting that is on or off, with what that means. */
export function SwitchRow({
  label,
  note,
  isOn,
  isDisabled = false,
  onChange,
}: {
  label: ReactNode
  note: ReactNode
  isOn: boolean
  isDisabled?: boolean
  onChange: (isOn: boolean) => void
}) {
  const labelId = useId()
  const noteId = useId()
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <div id={labelId} className="text-sm font-medium">
          {label}
        </div>
        <p id={noteId} className="text-xs text-muted">
          {note}
        </p>
      </div>
      <Switch
        isOn={isOn}
        onChange={onChange}
        labelledBy={labelId}
        describedBy={noteId}
        isDisabled={isDisabled}
      />
    </div>
  )
}
