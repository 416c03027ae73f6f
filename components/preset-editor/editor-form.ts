import type { Endpoint } from '@/lib/catalog/schema'
import type { PresetDraft } from '@/lib/presets/draft/preset-draft'

/** What every section of the form is given. */
export type EditorForm = {
  draft: PresetDraft
  change: (part: Partial<PresetDraft>) => void
  /** What is wrong at an API path such as `config.provider.order`, or below it. */
  errorAt: (path: string) => string | undefined
  isReadOnly: boolean
  /** Every endpoint that the gateway may use; empty while it is not known. */
  endpoints: readonly Endpoint[]
  /** Why there is none, in a sentence. */
  noEndpoints: string
}
