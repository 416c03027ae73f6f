import type { KindSums, ShareAnswer, SharePoint } from '../analytics/agents/share/schema'
import { CALLER_KINDS, type CallerKind } from '../records/vocabulary'
import { assignColors } from './entity-colors'
import { preparePoints } from './prepare-points'
import type { PreparedChart } from './prepare-series'

const LABELS = { agentic: 'Agentic', human: 'Human', unknown: 'Unknown' } satisfies Record<CallerKind, string>

/** Who drives the requests over time, agents first; kinds without any are left out, buckets without requests are gaps. */
export function prepareCallerKinds({
  answer,
  measure,
  nowMs,
}: {
  answer: Pick<ShareAnswer, 'from' | 'to' | 'granularity' | 'points'>
  measure: keyof KindSums
  nowMs: number
}): PreparedChart {
  const colors = assignColors(CALLER_KINDS)
  return preparePoints({
    answer,
    parts: CALLER_KINDS.map((kind) => ({
      key: kind,
      label: LABELS[kind],
      color: colors.get(kind) ?? 'var(--chart-other)',
      read: (point: SharePoint) => point[kind][measure],
    })),
    isAdditive: true,
    nowMs,
  })
}
