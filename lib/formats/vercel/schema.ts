import { z } from 'zod'

/** `GET /v1/generation` of the AI Gateway, alone or in `data`. */
export const vercelGeneration = z.looseObject({ id: z.string().startsWith('gen_') })

/** A row of `GET /v1/report`, in the API's names or in those of the AI SDK's `getSpendReport`. */
export const vercelReportRow = z
  .looseObject({})
  .refine(
    (row) => ('total_cost' in row && 'request_count' in row) || ('totalCost' in row && 'requestCount' in row),
  )
