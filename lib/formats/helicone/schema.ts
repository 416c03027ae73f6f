import { z } from 'zod'

/** What Helicone's manual logger posts to `/custom/v1/log`, `/oai/v1/log` and `/anthropic/v1/log`. */
export const heliconeLog = z.looseObject({
  providerRequest: z.looseObject({}),
  providerResponse: z.looseObject({}),
})
