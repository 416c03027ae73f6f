import { CALLER_KINDS, type CallerKind } from '../../../records/vocabulary'
import { compareRatios } from '../../overview/summarize'
import type { KindSums, ShareAnswer, SharePoint } from './schema'

/** Sums of one caller kind in one bucket; `startMs` is the bucket's start. */
export type KindRow = { startMs: number; kind: CallerKind } & KindSums

export type SumsByKind = Record<CallerKind, KindSums>

/** Points of the window in order of time, one for each bucket that had requests; kinds without any are zero there. */
export function toPoints(rows: readonly KindRow[]): SharePoint[] {
  const byStart = new Map<number, SumsByKind>()
  for (const { startMs, kind, requests, totalTokens } of rows) {
    const sums = byStart.get(startMs) ?? noSums()
    sums[kind] = { requests, totalTokens }
    byStart.set(startMs, sums)
  }
  return [...byStart]
    .sort(([left], [right]) => left - right)
    .map(([startMs, sums]) => ({ start: new Date(startMs).toISOString(), ...sums }))
}

/** Sums over all buckets, zero for kinds without requests. */
export function sumByKind(rows: readonly Omit<KindRow, 'startMs'>[]): SumsByKind {
  const sums = noSums()
  for (const { kind, requests, totalTokens } of rows) {
    sums[kind] = {
      requests: sums[kind].requests + requests,
      totalTokens: sums[kind].totalTokens + totalTokens,
    }
  }
  return sums
}

/**
 * Agentic ÷ (agentic + human + unknown) of a window beside the window before, by tokens and by requests; null where
 * there are none. Source of the definition: design.md §5.
 */
export function compareShares(
  now: SumsByKind,
  before: SumsByKind,
): Pick<ShareAnswer, 'agenticTokenShare' | 'agenticRequestShare'> {
  const compare = (measure: keyof KindSums) =>
    compareRatios(agenticShare(now, measure), agenticShare(before, measure))
  return { agenticTokenShare: compare('totalTokens'), agenticRequestShare: compare('requests') }
}

function agenticShare(sums: SumsByKind, measure: keyof KindSums): number | null {
  const all = CALLER_KINDS.reduce((total, kind) => total + sums[kind][measure], 0)
  return all > 0 ? sums.agentic[measure] / all : null
}

function noSums(): SumsByKind {
  const none = () => ({ requests: 0, totalTokens: 0 })
  return { agentic: none(), human: none(), unknown: none() }
}
