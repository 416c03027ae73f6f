'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PresetStatus } from '@/lib/presets/schema'
import { deletePreset, patchPreset } from './presets-query'

/** Changes of a preset as a whole; whatever shows presets is read anew afterwards. */
export function usePresetActions() {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['presets'] })
  const setStatus = useMutation({
    mutationFn: ({ slug, status }: { slug: string; status: PresetStatus }) =>
      patchPreset({ slug, patch: { status } }),
    onSettled: refresh,
  })
  const remove = useMutation({
    mutationFn: deletePreset,
    // Whoever deleted the preset leaves its page; reading it again would only fail.
    onSuccess: () => client.invalidateQueries({ queryKey: ['presets', 'list'] }),
  })
  return { setStatus, remove }
}
