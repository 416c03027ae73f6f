import { Prisma } from '@/prisma/generated/client'
import { db } from '../../platform/db.server'
import { histogramQuantiles } from '../../recorder/histogram'
import { checkGranularity } from '../../time/check-granularity'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import type { Granularity } from '../../time/time-buckets'
import { resolveWindow, type TimeWindow } from '../../time/window'
import { ATTEMPT_SUM_COLUMNS, type AttemptSums, addAttemptSums, attemptFigures } from '../attempt-figures'
import { endpointSource } from '../endpoint-source.server'
import { providerSource } from '../provider-source.server'
import { readAttemptSums } from '../read-attempt-sums.server'
import { findProvider } from './find-provider.server'
import type { ProviderPoint, ProviderSeriesAnswer, ProviderSeriesQuery } from './schema'

/**
 * The attempts of one provider over time and in total; buckets without one are left out. Reads rollups only. Throws
 * `not_found` for a provider nobody has heard of, `bad_request` as checkGranularity does.
 */
export async function readProviderSeries(
  slug: string,
  query: ProviderSeriesQuery,
  nowMs: number,
): Promise<ProviderSeriesAnswer> {
  const { granularity } = query
  const horizons = horizonsAt(nowMs)
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  checkGranularity({ granularity, window, horizons, seriesCount: 1 })
  const provider = await findProvider(slug)
  const buckets = await readAttemptSums({
    source: await sourceOf(provider.id, window, granularity),
    key: Prisma.raw(`extract(epoch FROM date_bin('1 ${granularity}', bucket, 'epoch')) * 1000`),
  })
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    granularity,
    provider: slug,
    name: provider.name,
    totals: pointFigures(addAttemptSums([...buckets.values()])),
    points: [...buckets].map(([startMs, sums]) => ({
      start: new Date(startMs).toISOString(),
      ...pointFigures(sums),
    })),
  }
}

/** Providers have no minutes of their own, so those are read from its endpoints. */
async function sourceOf(
  providerId: number,
  window: TimeWindow,
  granularity: Granularity,
): Promise<Prisma.Sql> {
  if (granularity !== 'minute') {
    const providerIds = [providerId]
    return providerSource({
      windows: [window],
      columns: ATTEMPT_SUM_COLUMNS,
      coarsest: granularity,
      providerIds,
    })
  }
  const endpoints = await db().endpoint.findMany({ where: { providerId }, select: { id: true } })
  return endpointSource({ window, coarsest: granularity, endpointIds: endpoints.map(({ id }) => id) })
}

function pointFigures(sums: AttemptSums): Omit<ProviderPoint, 'start'> {
  const [latencyMsP75 = null, latencyMsP90 = null, latencyMsP99 = null] = histogramQuantiles(
    sums.timeToFirstTokenMs,
    [0.75, 0.9, 0.99],
  )
  const [tokensPerSecondP90 = null, tokensPerSecondP99 = null] = histogramQuantiles(
    sums.tokensPerSecond,
    [0.9, 0.99],
  )
  return {
    ...attemptFigures(sums),
    latencyMsP75,
    latencyMsP90,
    latencyMsP99,
    tokensPerSecondP90,
    tokensPerSecondP99,
  }
}
