import { z } from 'zod'
import { Prisma } from '@/prisma/generated/client'
import { statusOf } from '../../health/derive-health'
import { db } from '../../platform/db.server'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import { resolveWindow, type TimeWindow } from '../../time/window'
import {
  ATTEMPT_SUM_COLUMNS,
  type AttemptMeasures,
  addMeasures,
  attemptFigures,
  countedErrorsOf,
} from '../attempt-figures'
import { countActiveEndpoints } from '../count-active-endpoints.server'
import { providerSource } from '../provider-source.server'
import { readAttemptSums } from '../read-attempt-sums.server'
import { labelOf } from '../subject-names.server'
import { usageSource } from '../usage-source.server'
import type { ProviderRow, ProvidersAnswer, ProvidersQuery } from './schema'

const requestsRow = z.object({ ok: z.number(), errors: z.number() })

/** Every provider with attempts in a window, most attempts first, ties by slug; reads rollups only. */
export async function readProviders(query: ProvidersQuery, nowMs: number): Promise<ProvidersAnswer> {
  const window = alignWindow(resolveWindow(query, nowMs), horizonsAt(nowMs))
  const [sums, endpoints, names, withRouting] = await Promise.all([
    readAttemptSums({
      source: providerSource({ windows: [window], columns: ATTEMPT_SUM_COLUMNS }),
      key: Prisma.sql`provider_id`,
    }),
    countActiveEndpoints(window),
    db().provider.findMany({ select: { id: true, slug: true, name: true } }),
    readRequestSuccess(window),
  ])
  const rows = names.flatMap(({ id, slug, name }): ProviderRow[] => {
    const ofProvider = sums.get(id)
    if (!ofProvider) return []
    const figures = attemptFigures(ofProvider)
    return [
      {
        provider: slug,
        name: name ?? labelOf('provider', slug),
        endpoints: endpoints.get(id) ?? 0,
        status: statusOf(figures.uptime),
        ...figures,
      },
    ]
  })
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    rows: rows.sort((a, b) => b.attempts - a.attempts || (a.provider < b.provider ? -1 : 1)),
    availability: { withRouting, withoutRouting: attemptSuccess([...sums.values()]) },
  }
}

/** ok ÷ (ok + errors that uptime counts) over all attempts: what callers would see if nobody failed over. */
function attemptSuccess(sums: readonly AttemptMeasures[]): number | null {
  const all = addMeasures(sums)
  const counted = all.ok + countedErrorsOf(all)
  return counted > 0 ? all.ok / counted : null
}

/** ok ÷ (ok + errors) over requests of any operation, as attempts are: what callers saw. Null without either. */
async function readRequestSuccess(window: TimeWindow): Promise<number | null> {
  const source = usageSource({
    subject: 'caller_kind',
    operations: 'all',
    windows: [window],
    measures: ['requests_ok', 'requests_error'],
  })
  const rows = await db().$queryRaw(Prisma.sql`
    SELECT coalesce(sum(requests_ok), 0)::float8 AS ok, coalesce(sum(requests_error), 0)::float8 AS errors
    FROM ${source} AS source`)
  const [{ ok, errors }] = z.tuple([requestsRow]).parse(rows)
  return ok + errors > 0 ? ok / (ok + errors) : null
}
