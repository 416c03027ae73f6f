import { z } from 'zod'

/** A log of Cloudflare's AI Gateway, after its names were put in snake case. */
export const cloudflareLog = z
  .looseObject({ provider: z.unknown(), model: z.unknown() })
  .refine((log) => 'tokens_in' in log && ('tokens_out' in log || 'status_code' in log))
