'use client'

import { useState } from 'react'
import { Panel } from '@/components/ui/panel'
import { TextAreaField } from '@/components/ui/text-area-field'
import { TextField } from '@/components/ui/text-field'
import type { EditorForm } from './editor-form'
import { slugOfName } from './slug-of-name'

/** Names of the preset, and its system prompt. */
export function BasicsSection({ form, isNew }: { form: EditorForm; isNew: boolean }) {
  const { draft, change, errorAt } = form
  // A new preset's slug follows its name until somebody types one.
  const [isFollowing, setIsFollowing] = useState(isNew && draft.slug === '')
  const rename = (name: string) => change(isFollowing ? { name, slug: slugOfName(name) } : { name })
  return (
    <Panel title="Preset">
      <div className="grid gap-4 px-4 pb-4 sm:grid-cols-2 sm:px-5 sm:pb-5">
        <TextField
          label="Name"
          value={draft.name}
          onChange={(event) => rename(event.target.value)}
          maxLength={80}
          autoComplete="off"
          placeholder="Tool runner"
          error={errorAt('name')}
        />
        <TextField
          label="Slug"
          value={draft.slug}
          onChange={(event) => {
            setIsFollowing(false)
            change({ slug: event.target.value })
          }}
          autoComplete="off"
          spellCheck={false}
          placeholder="tool-runner"
          error={errorAt('slug')}
          hint={
            isNew
              ? `Programs ask for @preset/${draft.slug || '…'}`
              : 'Renaming breaks programs that use the old name'
          }
        />
        <TextField
          label="Description"
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
          maxLength={500}
          autoComplete="off"
          placeholder="What it is for"
          error={errorAt('description')}
          className="sm:col-span-2"
        />
        <TextAreaField
          label="System prompt"
          value={draft.systemPrompt}
          onChange={(event) => change({ systemPrompt: event.target.value })}
          placeholder="You are…"
          error={errorAt('system_prompt')}
          hint="Goes before the messages of every request."
          className="sm:col-span-2"
        />
      </div>
    </Panel>
  )
}
