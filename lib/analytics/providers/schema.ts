import { z } from 'zod'
import { errorsByClass } from '../../health/schema'
import { HEALTH_STATUSES } from '../../records/vocabulary'
import { GRANULARITIES } from '../../time/time-buckets'
import { windowParameters } from '../../time/window-parameters'

export const providersQuery = windowParameters.and(
  z.object({
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type ProvidersQuery = z.infer<typeof providersQuery>

/** Attempts of a provider in a window or bucket. Shares and rates are 0–1; null = too little to say. */
export const attemptFigures = z.object({
  attempts: z.number(),
  ok: z.number(),
  errorsByClass,
  /** ok ÷ (ok + errors); null under 20 attempts that count. Source: design.md §5, "Uptime". */
  uptime: z.number().nullable(),
  /** rate_limited ÷ attempts; null without attempts. */
  rateLimitedShare: z.number().nullable(),
  /** Time to first token. */
  latencyMsP50: z.number().nullable(),
  latencyMsP95: z.number().nullable(),
  tokensPerSecondP50: z.number().nullable(),
  /** Attempts whose tool calls could be checked, and those of them with a bad call. */
  toolCallAttempts: z.number(),
  badToolCallAttempts: z.number(),
  /** badToolCallAttempts ÷ toolCallAttempts; null under 20. */
  toolCallErrorRate: z.number().nullable(),
  /** Requests it decided, and their tokens and known costs. */
  requests: z.number(),
  totalTokens: z.number(),
  costUsd: z.number().nullable(),
})

export const providerRow = attemptFigures.extend({
  provider: z.string(),
  name: z.string(),
  /** Endpoints (models at this provider) with attempts in the window. */
  endpoints: z.number(),
  status: z.enum(HEALTH_STATUSES),
})
export type ProviderRow = z.infer<typeof providerRow>

/** `GET /api/providers`: every provider with attempts in the window, most attempts first. */
export const providersAnswer = z.object({
  from: z.string(),
  to: z.string(),
  rows: z.array(providerRow),
  /** Request success (with failover) beside mean attempt success (without); design.md §5, "Uptime". */
  availability: z.object({
    withRouting: z.number().nullable(),
    withoutRouting: z.number().nullable(),
  }),
})
export type ProvidersAnswer = z.infer<typeof providersAnswer>

export const providerSeriesQuery = windowParameters.and(
  z.object({
    granularity: z.enum(GRANULARITIES, { error: `expected one of ${GRANULARITIES.join(', ')}` }),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json'),
  }),
)
export type ProviderSeriesQuery = z.infer<typeof providerSeriesQuery>

export const providerPoint = attemptFigures.extend({
  /** Start of the bucket, ISO 8601 UTC. Buckets without attempts are left out: they are gaps, not zeros. */
  start: z.string(),
  latencyMsP75: z.number().nullable(),
  latencyMsP90: z.number().nullable(),
  latencyMsP99: z.number().nullable(),
  tokensPerSecondP90: z.number().nullable(),
  tokensPerSecondP99: z.number().nullable(),
})
export type ProviderPoint = z.infer<typeof providerPoint>

export const providerParams = z.object({ slug: z.string() })

/** `GET /api/providers/:slug/series`. */
export const providerSeriesAnswer = z.object({
  from: z.string(),
  to: z.string(),
  granularity: z.enum(GRANULARITIES),
  provider: z.string(),
  name: z.string(),
  totals: providerPoint.omit({ start: true }),
  points: z.array(providerPoint),
})
export type ProviderSeriesAnswer = z.infer<typeof providerSeriesAnswer>

/** `GET /api/endpoints`: what the cells of the wall are called, in the order of provider and model by name. */
export const endpointDirectoryAnswer = z.object({
  endpoints: z.array(
    z.object({
      endpointId: z.number(),
      /** `author/slug`, and what people call it. */
      model: z.string(),
      modelName: z.string(),
      /** Slug, and what people call it. */
      provider: z.string(),
      providerName: z.string(),
      enabled: z.boolean(),
    }),
  ),
})
export type EndpointDirectoryAnswer = z.infer<typeof endpointDirectoryAnswer>
