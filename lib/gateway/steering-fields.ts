import { z } from 'zod'
import { presetSlug, providerPreferences } from '../presets/schema'

const guard = z.enum(['off', 'retry'], 'expected off or retry').nullish()
const modelName = z.string('expected a model such as acme/atlas-120b').min(1, 'expected a model').max(300)

/**
 * The fields of a request that the gateway itself decides by, in any shape; what is the shape's own is its schema's.
 * Source: OpenRouter's `models`, `preset`, `provider` and `session_id`.
 */
export const steeringFields = z.looseObject({
  model: modelName.nullish(),
  models: z.array(modelName, 'expected a list of models').max(20, 'at most 20 models').nullish(),
  preset: presetSlug.nullish(),
  provider: providerPreferences.nullish(),
  tool_call_guard: guard,
  structured_output_guard: guard,
  continue_broken_streams: z.boolean('expected true or false').nullish(),
  session_id: z.string('expected text').nullish(),
})
