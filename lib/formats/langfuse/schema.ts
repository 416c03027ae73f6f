import { z } from 'zod'

/** An event of `POST /api/public/ingestion`. */
export const langfuseEvent = z.looseObject({
  id: z.string({ error: 'expected the id of the event' }),
  type: z.string({ error: 'expected the type of the event, such as generation-create' }),
  timestamp: z.string().nullish(),
  body: z.looseObject({}, { error: 'expected the body of the event' }),
})

/** An observation as Langfuse's own API and exports give it, where it is no event. */
export const langfuseObservation = z.looseObject({
  id: z.string(),
  type: z.enum([
    'GENERATION',
    'EMBEDDING',
    'SPAN',
    'EVENT',
    'AGENT',
    'TOOL',
    'CHAIN',
    'RETRIEVER',
    'EVALUATOR',
    'GUARDRAIL',
  ]),
  traceId: z.string().nullish(),
  startTime: z.string(),
})
