'use client'

import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'

/** A secret that nobody can read again: to copy, then to close. */
export function SecretOnce({
  secret,
  children,
  onDone,
}: {
  secret: string
  children: ReactNode
  onDone: () => void
}) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{children}</p>
      <div className="flex items-center gap-2 rounded-lg border bg-sunken p-2">
        <code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{secret}</code>
        <CopyButton text={secret} />
      </div>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          I have kept it
        </Button>
      </div>
    </div>
  )
}
