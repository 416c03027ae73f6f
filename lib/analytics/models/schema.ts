import { z } from 'zod'
import { errorsByClass } from '../../health/schema'
import { HEALTH_STATUSES, QUANTIZATIONS } from '../../records/vocabulary'
import { GRANULARITIES } from '../../time/time-buckets'
import { windowParameters } from '../../time/window-parameters'

const format = z.enum(['json', 'csv'], { error: 'expected json or csv' }).default('json')

export const modelsQuery = windowParameters.and(z.object({ format }))
export type ModelsQuery = z.infer<typeof modelsQuery>

/** Where a launch day comes from: an operator said so, or it is the day of the first request. */
export const LAUNCH_SOURCES = ['catalog', 'first_seen'] as const
export type LaunchSource = (typeof LAUNCH_SOURCES)[number]

const named = {
  /** `author/slug`. */
  model: z.string(),
  /** What people call it; what stands after the author's slash when nobody gave it a name. */
  name: z.string(),
  author: z.string(),
}

const launch = {
  /** UTC day `YYYY-MM-DD`; null = no day given and no request yet. */
  launchedOn: z.string().nullable(),
  launchSource: z.enum(LAUNCH_SOURCES).nullable(),
}

/** Dollars per million tokens; null = not known. */
const usdPerMTok = z.number().nullable()

export const modelRow = z.object({
  ...named,
  ...launch,
  /** Other names whose requests count as this model's. */
  aliases: z.array(z.string()),
  totalTokens: z.number(),
  requests: z.number(),
  /** Of all tokens in the window, 0–1; null when there are none. */
  share: z.number().nullable(),
  /** Providers that serve it: configured, or named by a log. */
  providers: z.number(),
  /** The cheapest of its enabled endpoints, each price by itself. */
  promptUsdPerMTok: usdPerMTok,
  completionUsdPerMTok: usdPerMTok,
  /** The longest context of its enabled endpoints, in tokens. */
  contextLength: z.number().nullable(),
  /** An endpoint says so, or it called one in the window; false when all endpoints say no; null = nobody says. */
  supportsTools: z.boolean().nullable(),
  /** The three measures of attempts between `healthFrom` and `healthTo`; null = not enough of them. */
  toolCallErrorRate: z.number().nullable(),
  uptime: z.number().nullable(),
  latencyMsP50: z.number().nullable(),
})
export type ModelRow = z.infer<typeof modelRow>

/** `GET /api/models`: every model of the catalog, most tokens first, ties by name; also those without traffic. */
export const modelsAnswer = z.object({
  from: z.string(),
  to: z.string(),
  /** The last two UTC days of the window, which uptime, latency and tool-call errors are of. */
  healthFrom: z.string(),
  healthTo: z.string(),
  rows: z.array(modelRow),
})
export type ModelsAnswer = z.infer<typeof modelsAnswer>

export const launchesQuery = z.object({ format })

export const launchRow = z.object({
  ...named,
  launchedOn: z.string(),
  launchSource: z.enum(LAUNCH_SOURCES),
  /** Of all time. */
  totalTokens: z.number(),
  requests: z.number(),
  /** By total tokens of all time among all models; null without a request. */
  rank: z.number().nullable(),
})
export type LaunchRow = z.infer<typeof launchRow>

/** `GET /api/models/launches`: every model whose launch day is known, newest first. */
export const launchesAnswer = z.object({ rows: z.array(launchRow) })
export type LaunchesAnswer = z.infer<typeof launchesAnswer>

export const modelQuery = windowParameters.and(z.object({ format }))
export type ModelQuery = z.infer<typeof modelQuery>

/** Percentiles in the unit of the name; null without a measured attempt. */
const percentiles = {
  latencyMsP50: z.number().nullable(),
  latencyMsP75: z.number().nullable(),
  latencyMsP90: z.number().nullable(),
  latencyMsP99: z.number().nullable(),
  tokensPerSecondP50: z.number().nullable(),
  tokensPerSecondP75: z.number().nullable(),
  tokensPerSecondP90: z.number().nullable(),
  tokensPerSecondP99: z.number().nullable(),
}

/** One provider of a model: what is configured there, and the attempts of the window. */
export const modelProvider = z.object({
  provider: z.string(),
  name: z.string(),
  promptUsdPerMTok: usdPerMTok,
  cachedUsdPerMTok: usdPerMTok,
  completionUsdPerMTok: usdPerMTok,
  contextLength: z.number().nullable(),
  quantization: z.enum(QUANTIZATIONS).nullable(),
  supportsTools: z.boolean().nullable(),
  /** Whether the gateway may use it here. */
  enabled: z.boolean(),
  attempts: z.number(),
  ok: z.number(),
  errorsByClass,
  rateLimitedShare: z.number().nullable(),
  /** ok ÷ (ok + errors); null under 20 attempts that count. Source: design.md §5, "Uptime". */
  uptime: z.number().nullable(),
  status: z.enum(HEALTH_STATUSES),
  ...percentiles,
  /** Attempts whose tool calls could be checked, those of them with a bad call, and the 95 % interval of their share. */
  toolCallAttempts: z.number(),
  badToolCallAttempts: z.number(),
  toolCallErrorRate: z.number().nullable(),
  toolCallErrorRateLow: z.number().nullable(),
  toolCallErrorRateHigh: z.number().nullable(),
  /** Attempts that finished with tool_calls ÷ attempts with tools offered; null under 20 of the latter. */
  toolUseRate: z.number().nullable(),
  toolsOfferedAttempts: z.number(),
  /** Cached ÷ prompt tokens of the requests whose cached tokens are known; null without one. */
  cacheHitRate: z.number().nullable(),
  /** Known costs ÷ tokens of the requests that have one. */
  effectiveUsdPerMTok: usdPerMTok,
  /** Requests it decided, and their tokens. */
  requests: z.number(),
  totalTokens: z.number(),
  /** Of the model's tokens, 0–1; null when there are none. */
  tokenShare: z.number().nullable(),
  costUsd: z.number().nullable(),
})
export type ModelProvider = z.infer<typeof modelProvider>

const availability = z.object({
  /** Request success, after failover; null under 20 requests that count. */
  withRouting: z.number().nullable(),
  /** Attempt success: what callers would see without failover; null under 20 attempts that count. */
  withoutRouting: z.number().nullable(),
})

/** `GET /api/models/:author/:slug`. */
export const modelPageAnswer = z.object({
  from: z.string(),
  to: z.string(),
  ...named,
  ...launch,
  /** The other name that was asked for, when it was one. */
  askedAs: z.string().nullable(),
  aliases: z.array(z.string()),
  totals: z.object({
    totalTokens: z.number(),
    promptTokens: z.number(),
    completionTokens: z.number(),
    requests: z.number(),
    costUsd: z.number().nullable(),
    share: z.number().nullable(),
    /** By tokens in the window among all models; null without a token. */
    rank: z.number().nullable(),
    models: z.number(),
  }),
  /** Most tokens first, then most attempts, then by name. */
  providers: z.array(modelProvider),
  availability,
  /** Over requests whose tools are known; design.md §5, "Tool funnel". */
  toolFunnel: z.object({
    requests: z.number(),
    offered: z.number(),
    used: z.number(),
    finishedByToolCall: z.number(),
  }),
  /** Apps that use it, most tokens first; over whole hours around the window. */
  apps: z.array(
    z.object({
      app: z.string(),
      label: z.string(),
      requests: z.number(),
      totalTokens: z.number(),
      /** Of the tokens of these apps, 0–1; null when there are none. */
      share: z.number().nullable(),
    }),
  ),
})
export type ModelPageAnswer = z.infer<typeof modelPageAnswer>

export const modelSeriesQuery = windowParameters.and(
  z.object({
    granularity: z.enum(GRANULARITIES, { error: `expected one of ${GRANULARITIES.join(', ')}` }),
    format,
  }),
)
export type ModelSeriesQuery = z.infer<typeof modelSeriesQuery>

export const modelProviderPoint = z.object({
  /** Start of the bucket, ISO 8601 UTC. Buckets without attempts are left out: they are gaps, not zeros. */
  start: z.string(),
  attempts: z.number(),
  totalTokens: z.number(),
  latencyMsP50: z.number().nullable(),
  tokensPerSecondP50: z.number().nullable(),
  uptime: z.number().nullable(),
  toolCallErrorRate: z.number().nullable(),
})
export type ModelProviderPoint = z.infer<typeof modelProviderPoint>

/** `GET /api/models/:author/:slug/series`: each provider over time, most attempts first. */
export const modelSeriesAnswer = z.object({
  from: z.string(),
  to: z.string(),
  granularity: z.enum(GRANULARITIES),
  model: z.string(),
  providers: z.array(
    z.object({ provider: z.string(), name: z.string(), points: z.array(modelProviderPoint) }),
  ),
  /** Each share with the sums behind it, so that thin buckets can be told together. */
  availability: z.array(
    availability.extend({
      start: z.string(),
      okRequests: z.number(),
      countedRequests: z.number(),
      okAttempts: z.number(),
      countedAttempts: z.number(),
    }),
  ),
})
export type ModelSeriesAnswer = z.infer<typeof modelSeriesAnswer>
