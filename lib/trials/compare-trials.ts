import {
  formatChange,
  formatDuration,
  formatExact,
  formatPercent,
  formatPoints,
  UNKNOWN,
} from '../platform/format'
import { outcomeLabel } from './outcome-label'
import type { Trial } from './schema'
import { NO_PROVIDER } from './summarize-calls'

/** Whether what differs is for the better; `neutral` where neither is. */
export type Verdict = 'better' | 'worse' | 'neutral'

export type ComparisonRow = {
  label: string
  before: string
  after: string
  /** What differs, with its sign; null where a difference has no size, or there is none. */
  change: string | null
  verdict: Verdict
  isDifferent: boolean
}

export type TrialPair = { before: Trial; after: Trial }

/** The two trials in the order in which they were run. */
export function inOrder(trials: readonly [Trial, Trial]): TrialPair {
  const [one, other] = trials
  return one.startedAt <= other.startedAt ? { before: one, after: other } : { before: other, after: one }
}

/**
 * Two trials side by side: providers, errors in all and by class, tool use and latency. Shares are compared in
 * percentage points and durations relatively, so that trials of different lengths can be compared.
 */
export function compareTrials(pair: TrialPair): ComparisonRow[] {
  const { before, after } = pair
  const counts = [before, after].map(({ summary }) => countsByClass(summary))
  const most = (name: string) => Math.max(...counts.map((count) => count[name] ?? 0))
  const classes = new Set(counts.flatMap((count) => Object.keys(count)))
  return [
    textRow({ label: 'Preset version', pair, textOf: versionText }),
    textRow({ label: 'Provider', pair, textOf: providersText }),
    textRow({ label: 'Calls made', pair, textOf: ({ summary }) => formatExact(summary.made) }),
    shareRow({ label: 'Errors', pair, countOf: ({ summary }) => summary.errors }),
    ...[...classes]
      .sort((a, b) => most(b) - most(a))
      .map((name) =>
        shareRow({
          label: outcomeLabel(name),
          pair,
          countOf: ({ summary }) => countsByClass(summary)[name] ?? 0,
        }),
      ),
    rateRow({ label: 'Answers that called a tool', pair, rateOf: ({ summary }) => summary.toolUseRate }),
    durationRow({ label: 'Latency p50', pair, durationOf: ({ summary }) => summary.latencyMsP50 }),
    durationRow({ label: 'Latency p95', pair, durationOf: ({ summary }) => summary.latencyMsP95 }),
  ]
}

/** The comparison in a sentence: `64 errors before, none after; helios answered instead of millrace.` */
export function comparisonHeadline({ before, after }: TrialPair): string {
  const [errorsBefore, errorsAfter] = [before.summary.errors, after.summary.errors]
  const errors =
    errorsBefore === errorsAfter
      ? `${errorsWords(errorsAfter)} both times`
      : `${errorsWords(errorsBefore)} before, ${errorsAfter === 0 ? 'none' : formatExact(errorsAfter)} after`
  const [servedBefore, servedAfter] = [namesOf(before), namesOf(after)]
  if (servedBefore === '' || servedAfter === '') return `${errors}.`
  return servedBefore === servedAfter
    ? `${errors}; ${servedAfter} answered both times.`
    : `${errors}; ${servedAfter} answered instead of ${servedBefore}.`
}

/** Who served a trial, most calls first: `helios`, or `helios 200 · lagoon 13`. */
export function providersText({ summary }: Pick<Trial, 'summary'>): string {
  const [only, ...others] = summary.byProvider
  if (!only) return UNKNOWN
  const nameOf = (provider: string) => (provider === NO_PROVIDER ? 'none answered' : provider)
  if (others.length === 0) return nameOf(only.provider)
  return summary.byProvider
    .map(({ provider, calls }) => `${nameOf(provider)} ${formatExact(calls)}`)
    .join(' · ')
}

function versionText({ presetVersion }: Trial): string {
  return presetVersion === null ? UNKNOWN : `v${presetVersion}`
}

function countsByClass(summary: Trial['summary']): Record<string, number> {
  return { ...summary.badByVerdict, ...summary.errorsByClass }
}

function textRow({
  label,
  pair,
  textOf,
}: {
  label: string
  pair: TrialPair
  textOf: (trial: Trial) => string
}): ComparisonRow {
  const [before, after] = [textOf(pair.before), textOf(pair.after)]
  return { label, before, after, change: null, verdict: 'neutral', isDifferent: before !== after }
}

function shareRow({
  label,
  pair,
  countOf,
}: {
  label: string
  pair: TrialPair
  countOf: (trial: Trial) => number
}): ComparisonRow {
  const shareOf = (trial: Trial) => (trial.summary.made === 0 ? null : countOf(trial) / trial.summary.made)
  const textOf = (trial: Trial) => {
    const share = shareOf(trial)
    const count = formatExact(countOf(trial))
    return share ? `${count} · ${formatPercent(share)}` : count
  }
  const difference = minus(shareOf(pair.after), shareOf(pair.before))
  return {
    label,
    before: textOf(pair.before),
    after: textOf(pair.after),
    change: difference ? formatPoints(difference) : null,
    verdict: verdictOf({ difference, isMoreBetter: false }),
    isDifferent: difference !== 0,
  }
}

function rateRow({
  label,
  pair,
  rateOf,
}: {
  label: string
  pair: TrialPair
  rateOf: (trial: Trial) => number | null
}): ComparisonRow {
  const [before, after] = [rateOf(pair.before), rateOf(pair.after)]
  const difference = minus(after, before)
  return {
    label,
    before: formatPercent(before),
    after: formatPercent(after),
    change: difference ? formatPoints(difference) : null,
    verdict: verdictOf({ difference, isMoreBetter: true }),
    isDifferent: before !== after,
  }
}

function durationRow({
  label,
  pair,
  durationOf,
}: {
  label: string
  pair: TrialPair
  durationOf: (trial: Trial) => number | null
}): ComparisonRow {
  const [before, after] = [durationOf(pair.before), durationOf(pair.after)]
  const difference = minus(after, before)
  return {
    label,
    before: formatDuration(before),
    after: formatDuration(after),
    change: difference && before ? formatChange(difference / before) : null,
    verdict: verdictOf({ difference, isMoreBetter: false }),
    isDifferent: before !== after,
  }
}

function errorsWords(errors: number): string {
  if (errors === 0) return 'No errors'
  return `${formatExact(errors)} ${errors === 1 ? 'error' : 'errors'}`
}

/** The providers of a trial in order of name, so that equal sets read equal; empty when nobody answered. */
function namesOf({ summary }: Trial): string {
  const names = summary.byProvider.map(({ provider }) => provider)
  return names
    .filter((name) => name !== NO_PROVIDER)
    .sort()
    .join(' and ')
}

/** after − before; null when one is not known. */
function minus(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before
}

function verdictOf({
  difference,
  isMoreBetter,
}: {
  difference: number | null
  isMoreBetter: boolean
}): Verdict {
  if (difference === null || difference === 0) return 'neutral'
  return difference > 0 === isMoreBetter ? 'better' : 'worse'
}
