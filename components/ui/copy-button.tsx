'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button'

const CONFIRMATION_MS = 2000

export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const copy = async () => {
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    setState(isCopied ? 'copied' : 'failed')
    setTimeout(() => setState('idle'), CONFIRMATION_MS)
  }
  const words = { idle: label, copied: 'Copied', failed: 'Select and copy it yourself' }
  return (
    <Button size="small" onClick={copy} aria-live="polite">
      {state === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      {words[state]}
    </Button>
  )
}
