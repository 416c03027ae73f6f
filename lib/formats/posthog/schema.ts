import { z } from 'zod'

/** An event as PostHog's clients capture it; those of models are named `$ai_…`. */
export const posthogEvent = z.looseObject({
  event: z.string(),
  properties: z.looseObject({}),
})
