import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { db } from '../../../platform/db.server'
import { formatIsoDay } from '../../../platform/format'
import { CALLER_KINDS } from '../../../records/vocabulary'
import { checkGranularity } from '../../../time/check-granularity'
import { alignWindow } from '../../../time/cover'
import { horizonsAt } from '../../../time/horizons'
import type { Granularity } from '../../../time/time-buckets'
import { previousWindow, resolveWindow, type TimeWindow } from '../../../time/window'
import { usageSource } from '../../usage-source.server'
import { compareShares, type KindRow, sumByKind, toPoints } from './derive-share'
import { type DayTokens, findCrossover } from './find-crossover'
import type { ShareAnswer, ShareQuery } from './schema'

const kindRow = z.object({
  start: z.date(),
  /** Position in CALLER_KINDS. */
  key_id: z.number(),
  requests: z.number(),
  total_tokens: z.number(),
})

/**
 * Requests and tokens by who drives them, over time and in total, with the day agents overtook people. Reads rollups
 * only. Throws `bad_request` as checkGranularity does.
 */
export async function readShare(query: ShareQuery, nowMs: number): Promise<ShareAnswer> {
  const horizons = horizonsAt(nowMs)
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  checkGranularity({ granularity: query.granularity, window, horizons, seriesCount: 1 })
  const [points, before, history] = await Promise.all([
    readKinds(window, query.granularity),
    readKinds(alignWindow(previousWindow(window), horizons), 'day'),
    // Days are kept for ever, and the trailing week of the first day in the window lies before it.
    readKinds({ fromMs: 0, toMs: window.toMs }, 'day'),
  ])
  const totals = sumByKind(points)
  const crossover = findCrossover({ days: toDays(history), toMs: window.toMs, nowMs })
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    granularity: query.granularity,
    totals: { ...totals, crossover: crossover === null ? null : formatIsoDay(crossover) },
    ...compareShares(totals, sumByKind(before)),
    points: toPoints(points),
  }
}

async function readKinds(window: TimeWindow, granularity: Granularity): Promise<KindRow[]> {
  const source = usageSource({
    subject: 'caller_kind',
    windows: [window],
    measures: ['requests', 'prompt_tokens', 'completion_tokens'],
    coarsest: granularity,
  })
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT date_bin(${Prisma.raw(`'1 ${granularity}'`)}, bucket, 'epoch') AS start, key_id,
      sum(requests)::float8 AS requests, sum(prompt_tokens + completion_tokens)::float8 AS total_tokens
    FROM ${source} AS source GROUP BY 1, 2`)
  return z
    .array(kindRow)
    .parse(rows)
    .map((row) => ({
      startMs: row.start.getTime(),
      kind: CALLER_KINDS[row.key_id] ?? 'unknown',
      requests: row.requests,
      totalTokens: row.total_tokens,
    }))
}

function toDays(rows: readonly KindRow[]): DayTokens[] {
  return rows.map(({ startMs, kind, totalTokens }) => ({
    dayMs: startMs,
    agenticTokens: kind === 'agentic' ? totalTokens : 0,
    humanTokens: kind === 'human' ? totalTokens : 0,
  }))
}
