'use client'

import { useState } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { Panel } from '@/components/ui/panel'
import { Segmented } from '@/components/ui/segmented'
import { useIsMounted } from '@/components/ui/use-is-mounted'
import { presetSnippet, type SnippetLanguage } from './snippets'

const LANGUAGES = [
  { value: 'curl', label: 'curl' },
  { value: 'typescript', label: 'TypeScript' },
  { value: 'python', label: 'Python' },
] as const

/** How a program uses the preset. */
export function SnippetPanel({ slug, hasModels }: { slug: string; hasModels: boolean }) {
  const [language, setLanguage] = useState<SnippetLanguage>('curl')
  const isMounted = useIsMounted()
  const origin = isMounted ? window.location.origin : 'http://127.0.0.1:3000'
  const code = presetSnippet({ language, origin, slug: slug || 'slug', hasModels })
  return (
    <Panel title="Use it" actions={<CopyButton text={code} />}>
      <div className="flex flex-col gap-2.5 px-4 pb-4 sm:px-5 sm:pb-5">
        <Segmented label="Language" options={LANGUAGES} value={language} onChange={setLanguage} />
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-lg border bg-sunken p-3 font-mono text-xs leading-5"
        >
          <code>{code}</code>
        </pre>
      </div>
    </Panel>
  )
}
