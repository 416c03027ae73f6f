import { z } from 'zod'
import { windowParameters } from '../../../time/window-parameters'
import { callQuality } from '../call-quality-schema'

export const toolProvidersQuery = windowParameters.and(
  z.object({
    model: z
      .string({ error: 'expected a model as author/slug' })
      .min(1, 'expected a model as author/slug')
      .max(300, 'expected at most 300 characters'),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type ToolProvidersQuery = z.infer<typeof toolProvidersQuery>

export const toolProviderRow = callQuality.extend({
  /** Slug; `unknown` when the log names none. */
  provider: z.string(),
  providerName: z.string(),
})
export type ToolProviderRow = z.infer<typeof toolProviderRow>

/**
 * `GET /api/tools/providers`: the providers of one model to whom tools were offered or whose calls were checked, worst
 * error rate first, those with too small a sample last.
 */
export const toolProvidersAnswer = z.object({
  from: z.string(),
  to: z.string(),
  /** The model's canonical name, whichever of its names was asked for. */
  model: z.string(),
  rows: z.array(toolProviderRow),
  /** All providers of the model together. */
  totals: callQuality,
})
export type ToolProvidersAnswer = z.infer<typeof toolProvidersAnswer>
