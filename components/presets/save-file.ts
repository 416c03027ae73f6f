import { presetFile } from '@/lib/presets/preset-file'
import type { Preset } from '@/lib/presets/schema'

/** Gives the browser the preset's version in use to save as a JSON file. */
export function savePresetFile(preset: Preset): void {
  const { name, text } = presetFile(preset)
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
