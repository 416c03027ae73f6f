import { z } from 'zod'

/** A row of Portkey's log export. */
export const portkeyRow = z
  .looseObject({ ai_model: z.unknown(), ai_org: z.unknown() })
  .refine((row) => 'ai_model' in row && 'ai_org' in row)

/** What Portkey's own `POST /v1/logs` takes. */
export const portkeyInsert = z.looseObject({
  request: z.looseObject({ provider: z.string() }),
  response: z.looseObject({}),
})
