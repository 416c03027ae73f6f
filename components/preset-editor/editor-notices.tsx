'use client'

import type { Preset } from '@/lib/presets/schema'
import { KeptDraftNotice } from './kept-draft-notice'
import { NewerVersionNotice } from './newer-version-notice'
import type { EditorSession } from './use-editor-session'

/** What is to be known before editing: changes of an earlier visit, and somebody else's version. */
export function EditorNotices({ session, latest }: { session: EditorSession; latest: Preset | null }) {
  const { editor, kept } = session
  const { base, isDirty } = editor
  const { offered } = kept
  const restore = () => {
    if (offered) editor.change(offered.draft)
    kept.offer(null)
  }
  const isBehind =
    latest !== null &&
    base !== null &&
    isDirty &&
    latest.designated_version.version > base.designated_version.version
  return (
    <>
      {offered ? (
        <KeptDraftNotice
          kept={offered}
          currentVersion={base?.designated_version.version ?? null}
          onRestore={restore}
          onDrop={kept.close}
        />
      ) : null}
      {isBehind ? <NewerVersionNotice latest={latest} /> : null}
    </>
  )
}
