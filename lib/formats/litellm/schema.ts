import { z } from 'zod'

const moment = z.union([z.number(), z.string()])

/** `StandardLoggingPayload`, and rows of `LiteLLM_SpendLogs`. Everything else in them is optional. */
export const litellmElement = z.looseObject({
  call_type: z.string(),
  startTime: moment,
})
