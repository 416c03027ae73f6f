import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { compareText } from '../../platform/compare-text'
import { db } from '../../platform/db.server'
import { checkGranularity } from '../../time/check-granularity'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import type { Granularity } from '../../time/time-buckets'
import { resolveWindow, type TimeWindow } from '../../time/window'
import { type AttemptSums, addMeasures, attemptFigures, countedErrorsOf } from '../attempt-figures'
import { endpointSource } from '../endpoint-source.server'
import { readAttemptSums } from '../read-attempt-sums.server'
import { usageSource } from '../usage-source.server'
import { findModel } from './find-model.server'
import { availabilityOf, type RequestOutcomes } from './model-availability'
import { readModelEndpoints } from './read-model-endpoints.server'
import type { ModelProviderPoint, ModelSeriesAnswer, ModelSeriesQuery } from './schema'

const MINUTE_MS = 60_000
/** Keys of the sums are minute × this + id of the provider: whole numbers a double holds exactly. */
const KEY_STEP = 2 ** 20

const outcomesRow = z.object({ start: z.date(), requests_ok: z.number(), requests_error: z.number() })

/**
 * Each provider of a model over time, most attempts first, and the model's availability; buckets without an attempt are
 * left out. Reads rollups only. Throws `not_found` for a name nobody has seen, `bad_request` as checkGranularity does.
 */
export async function readModelSeries(
  slug: string,
  query: ModelSeriesQuery,
  nowMs: number,
): Promise<ModelSeriesAnswer> {
  const { granularity } = query
  const horizons = horizonsAt(nowMs)
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  const found = await findModel(slug)
  const endpoints = await readModelEndpoints(found)
  // One a provider, and the model's availability.
  const seriesCount = new Set(endpoints.map(({ providerId }) => providerId)).size + 1
  checkGranularity({ granularity, window, horizons, seriesCount })
  const [buckets, outcomes] = await Promise.all([
    readBuckets({ window, granularity, endpointIds: endpoints.map(({ endpointId }) => endpointId) }),
    readOutcomes({ window, granularity, modelIds: found.modelIds }),
  ])
  const nameOf = new Map(endpoints.map(({ providerId, provider, name }) => [providerId, { provider, name }]))
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    granularity,
    model: found.model,
    providers: providerSeries(buckets).flatMap(({ providerId, points }) => {
      const named = nameOf.get(providerId)
      return named ? [{ ...named, points }] : []
    }),
    availability: availabilitySeries(buckets, outcomes),
  }
}

/** Attempts of one provider in one bucket. */
type Bucket = { startMs: number; providerId: number; sums: AttemptSums }

async function readBuckets({
  window,
  granularity,
  endpointIds,
}: {
  window: TimeWindow
  granularity: Granularity
  endpointIds: readonly number[]
}): Promise<Bucket[]> {
  const startMinute = Prisma.raw(
    `extract(epoch FROM date_bin('1 ${granularity}', bucket, 'epoch'))::bigint / 60`,
  )
  const rows = await readAttemptSums({
    source: Prisma.sql`(
      SELECT endpoint.provider_id, rows.* FROM ${endpointSource({ window, coarsest: granularity, endpointIds })} AS rows
      JOIN endpoint ON endpoint.id = rows.endpoint_id)`,
    key: Prisma.sql`${startMinute} * ${Prisma.raw(String(KEY_STEP))} + provider_id`,
  })
  return [...rows].map(([key, sums]) => ({
    startMs: Math.floor(key / KEY_STEP) * MINUTE_MS,
    providerId: key % KEY_STEP,
    sums,
  }))
}

async function readOutcomes({
  window,
  granularity,
  modelIds,
}: {
  window: TimeWindow
  granularity: Granularity
  modelIds: readonly number[]
}): Promise<Map<number, RequestOutcomes>> {
  const source = usageSource({
    subject: 'model',
    operations: 'all',
    windows: [window],
    measures: ['requests_ok', 'requests_error'],
    coarsest: granularity,
    keyId: Prisma.sql`member.id`,
  })
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT ${Prisma.raw(`date_bin('1 ${granularity}', bucket, 'epoch')`)} AS start,
      sum(requests_ok)::float8 AS requests_ok, sum(requests_error)::float8 AS requests_error
    FROM unnest(${[...modelIds]}::int[]) AS member (id), LATERAL ${source} AS source GROUP BY 1 ORDER BY 1`)
  return new Map(
    z
      .array(outcomesRow)
      .parse(rows)
      .map((row) => [
        row.start.getTime(),
        { requestsOk: row.requests_ok, requestsError: row.requests_error },
      ]),
  )
}

function providerSeries(buckets: readonly Bucket[]): { providerId: number; points: ModelProviderPoint[] }[] {
  const byProvider = new Map<number, ModelProviderPoint[]>()
  for (const { startMs, providerId, sums } of buckets) {
    byProvider.set(providerId, [...(byProvider.get(providerId) ?? []), toPoint(startMs, sums)])
  }
  const attemptsOf = (points: readonly ModelProviderPoint[]) =>
    points.reduce((sum, point) => sum + point.attempts, 0)
  return [...byProvider]
    .map(([providerId, points]) => ({
      providerId,
      points: points.sort((a, b) => compareText(a.start, b.start)),
    }))
    .sort((a, b) => attemptsOf(b.points) - attemptsOf(a.points) || a.providerId - b.providerId)
}

function toPoint(startMs: number, sums: AttemptSums): ModelProviderPoint {
  const { attempts, totalTokens, latencyMsP50, tokensPerSecondP50, uptime, toolCallErrorRate } =
    attemptFigures(sums)
  const start = new Date(startMs).toISOString()
  return { start, attempts, totalTokens, latencyMsP50, tokensPerSecondP50, uptime, toolCallErrorRate }
}

function availabilitySeries(
  buckets: readonly Bucket[],
  outcomes: ReadonlyMap<number, RequestOutcomes>,
): ModelSeriesAnswer['availability'] {
  const sumsAt = new Map<number, AttemptSums[]>()
  for (const { startMs, sums } of buckets) sumsAt.set(startMs, [...(sumsAt.get(startMs) ?? []), sums])
  return [...new Set([...sumsAt.keys(), ...outcomes.keys()])]
    .sort((a, b) => a - b)
    .map((startMs) => {
      const requests = outcomes.get(startMs) ?? { requestsOk: 0, requestsError: 0 }
      const attempts = addMeasures(sumsAt.get(startMs) ?? [])
      return {
        start: new Date(startMs).toISOString(),
        ...availabilityOf({ requests, attempts }),
        okRequests: requests.requestsOk,
        countedRequests: requests.requestsOk + requests.requestsError,
        okAttempts: attempts.ok,
        countedAttempts: attempts.ok + countedErrorsOf(attempts),
      }
    })
}
