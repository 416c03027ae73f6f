'use client'

import { Upload } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ChangeEvent, useRef, useState } from 'react'
import { keepDraft } from '@/components/preset-editor/kept-draft'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { FieldError } from '@/lib/platform/errors'
import { draftOf } from '@/lib/presets/draft/preset-draft'
import { readPresetFile } from '@/lib/presets/preset-file'

/** Reads a JSON file into the form of a new preset, where it is looked at before it is created. */
export function ImportPresetButton() {
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const [errors, setErrors] = useState<FieldError[]>([])
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (!file) return
    const answer = readPresetFile(await file.text())
    if (!answer.ok) return setErrors(answer.errors)
    keepDraft({ slug: null, draft: draftOf(answer.source), version: null })
    router.push('/presets/new?from=file')
  }
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden="true" />
        Import
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="Preset file"
        tabIndex={-1}
        onChange={read}
        className="hidden"
      />
      <Dialog title="This file is not a preset" isOpen={errors.length > 0} onClose={() => setErrors([])}>
        <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
          {errors.slice(0, 8).map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path === '' ? null : <code className="font-mono text-xs">{path}: </code>}
              {message}
            </li>
          ))}
        </ul>
        {errors.length > 8 ? <p className="mt-2 text-sm text-muted">and {errors.length - 8} more.</p> : null}
        <div className="mt-5 flex justify-end">
          <Button onClick={() => setErrors([])}>Close</Button>
        </div>
      </Dialog>
    </>
  )
}
