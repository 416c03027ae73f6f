import { z } from 'zod'

/** `GET /api/v1/generation`, alone or in `data`. */
export const openrouterGeneration = z.looseObject({ id: z.string().startsWith('gen-'), model: z.unknown() })

/** A row of the activity page's export. */
export const openrouterExportRow = z.looseObject({ generation_id: z.string(), model_permaslug: z.unknown() })

/** A row of `GET /api/v1/activity`: the sums of a day. */
export const openrouterActivity = z
  .looseObject({ date: z.string(), model: z.string() })
  .refine((row) => 'requests' in row && ('usage' in row || 'prompt_tokens' in row))

/** A row of a Broadcast warehouse table. */
export const openrouterBroadcastRow = z
  .looseObject({ TRACE_ID: z.unknown(), SPAN_ID: z.unknown() })
  .refine((row) => 'MODEL' in row && 'TIMESTAMP' in row && 'SPAN_ID' in row)
