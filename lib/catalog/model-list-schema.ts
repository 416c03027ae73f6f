import { z } from 'zod'
import { endpoint, putEndpointBody } from './schema'

/** `GET /api/v1/providers/:slug/models`: what a connected provider serves, to choose from. */
export const modelListAnswer = z.object({
  data: z.array(
    endpoint
      .pick({
        model: true,
        upstreamModel: true,
        promptUsdPerMTok: true,
        cachedUsdPerMTok: true,
        completionUsdPerMTok: true,
        contextLength: true,
        maxCompletionTokens: true,
        supportsTools: true,
        supportsReasoning: true,
        supportsStructuredOutput: true,
        inputModalities: true,
        outputModalities: true,
      })
      .extend({ isConnected: z.boolean() }),
  ),
  /** Who says so: the provider, or the price table where the provider has no list. */
  source: z.enum(['provider', 'price_table']),
  /** Why the list is short or empty, in a sentence; null = nothing went wrong. */
  message: z.string().nullable(),
})
export type ModelListAnswer = z.infer<typeof modelListAnswer>
export type ModelOffer = ModelListAnswer['data'][number]

/** `POST /api/v1/providers/:slug/endpoints`: many of its models at once, all or none. */
export const connectModelsBody = z.strictObject({
  endpoints: z
    .array(putEndpointBody.omit({ provider: true }), 'expected a list of endpoints')
    .min(1, 'choose at least one model')
    .max(1000, 'at most 1000 models'),
})
export type ConnectModelsBody = z.infer<typeof connectModelsBody>
export const connectModelsAnswer = z.object({ connected: z.number() })
export type ConnectModelsAnswer = z.infer<typeof connectModelsAnswer>
