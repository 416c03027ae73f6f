'use client'

import { useEffect, useRef, useState } from 'react'
import type { PresetDraft } from '@/lib/presets/draft/preset-draft'
import { dropDraft, type KeptDraft, keepDraft, readKeptDraft } from './kept-draft'

const TYPING_MS = 250

/** Keeps unsaved changes in this tab while they are made, and offers those of an earlier visit. */
export function useKeptDraft({
  slug,
  version,
  draft,
  isDirty,
  isOffering,
}: {
  slug: string | null
  version: number | null
  draft: PresetDraft
  isDirty: boolean
  /** Whether earlier changes are of interest: not when the form starts from them. */
  isOffering: boolean
}) {
  const [offered, setOffered] = useState<KeptDraft | null>(null)
  const wasDirty = useRef(false)
  useEffect(() => {
    if (isOffering) setOffered(readKeptDraft(slug))
  }, [slug, isOffering])
  useEffect(() => {
    if (!isDirty) {
      if (wasDirty.current) dropDraft(slug)
      wasDirty.current = false
      return
    }
    wasDirty.current = true
    const timer = setTimeout(() => keepDraft({ slug, draft, version }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [slug, version, draft, isDirty])
  const close = () => {
    if (!isDirty) dropDraft(slug)
    setOffered(null)
  }
  return { offered, offer: setOffered, close }
}
