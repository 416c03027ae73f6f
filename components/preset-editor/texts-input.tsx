'use client'

import { X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { inputClass } from '@/components/ui/text-field'

/** Several short texts; Enter adds one, Backspace in the empty field takes the last away. Holds them as a JSON list. */
export function TextsInput({
  label,
  text,
  describedBy,
  onChange,
}: {
  label: string
  text: string
  describedBy: string
  onChange: (text: string) => void
}) {
  const [typed, setTyped] = useState('')
  const texts = readTexts(text)
  const set = (next: readonly string[]) => onChange(JSON.stringify(next))
  const add = () => {
    if (typed === '') return
    // As people write line breaks in one line.
    set([...texts.filter((one) => one !== readText(typed)), readText(typed)])
    setTyped('')
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      add()
    } else if (event.key === 'Backspace' && typed === '') set(texts.slice(0, -1))
  }
  return (
    <div className="flex flex-wrap items-center gap-1.5 pt-1 pb-1.5">
      {texts.map((one) => (
        <span
          key={one}
          className="inline-flex items-center gap-1 rounded-md border bg-sunken pl-2 font-mono text-xs"
        >
          {showText(one)}
          <button
            type="button"
            onClick={() => set(texts.filter((other) => other !== one))}
            aria-label={`Remove ${showText(one)}`}
            className="rounded-md p-1 text-muted hover:text-foreground"
          >
            <X className="size-3.5" aria-hidden="true" />
          </button>
        </span>
      ))}
      <input
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={press}
        onBlur={add}
        placeholder="Type and press Enter; \n is a new line"
        aria-label={label}
        aria-describedby={describedBy}
        className={`${inputClass} h-8 max-w-72 flex-1`}
      />
    </div>
  )
}

function readTexts(text: string): string[] {
  const value: unknown = JSON.parse(text)
  return Array.isArray(value) ? value.map(String) : []
}

function showText(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\t', '\\t')
}

function readText(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll('\\t', '\t')
}
