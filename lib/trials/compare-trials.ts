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

/** The two trials in the order in which they were run. */
export function inOrder(trials: readonly [Trial, Trial]): { before: Trial; after: Trial } {
  const [one, other] = trials
  return one.startedAt <= other.startedAt ? { before: one, after: other } : { before: other, after: one }
}

/**
 * Two trials side by side: providers, errors in all and by class, tool use and latency. Shares are compared in
 * percentage points and durations relatively, so that trials of different lengths can be compared.
 */
export function compareTrials({ before, after }: { before: Trial; after: Trial }): ComparisonRow[] {
  const classes = new Set([before, after].flatMap(({ summary }) => Object.keys(countsByClass(summary))))
  return [
    textRow('Preset version', before, after, versionText),
    textRow('Provider', before, after, providersText),
    textRow('Calls made', before, after, ({ summary }) => formatExact(summary.made)),
    shareRow('Errors', before, after, ({ summary }) => summary.errors),
    ...[...classes].map((name) =>
      shareRow(outcomeLabel(name), before, after, ({ summary }) => countsByClass(summary)[name] ?? 0),
    ),
    rateRow('Answers that called a tool', before, after),
    durationRow('Latency p50', before.summary.latencyMsP50, after.summary.latencyMsP50),
    durationRow('Latency p95', before.summary.latencyMsP95, after.summary.latencyMsP95),
  ]
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

function textRow(
  label: string,
  before: Trial,
  after: Trial,
  textOf: (trial: Trial) => string,
): ComparisonRow {
  const texts = { before: textOf(before), after: textOf(after) }
  return { label, ...texts, change: null, verdict: 'neutral', isDifferent: texts.before !== texts.after }
}

function shareRow(
  label: string,
  before: Trial,
  after: Trial,
  countOf: (trial: Trial) => number,
): ComparisonRow {
  const shareOf = (trial: Trial) => (trial.summary.made === 0 ? null : countOf(trial) / trial.summary.made)
  const textOf = (trial: Trial) => {
    const share = shareOf(trial)
    return share === null || share === 0
      ? formatExact(countOf(trial))
      : `${formatExact(countOf(trial))} · ${formatPercent(share)}`
  }
  const difference = minus(shareOf(after), shareOf(before))
  return {
    label,
    before: textOf(before),
    after: textOf(after),
    change: difference === null || difference === 0 ? null : formatPoints(difference),
    verdict: verdictOf(difference, { isMoreBetter: false }),
    isDifferent: difference !== 0,
  }
}

function rateRow(label: string, before: Trial, after: Trial): ComparisonRow {
  const difference = minus(after.summary.toolUseRate, before.summary.toolUseRate)
  return {
    label,
    before: formatPercent(before.summary.toolUseRate),
    after: formatPercent(after.summary.toolUseRate),
    change: difference === null || difference === 0 ? null : formatPoints(difference),
    verdict: verdictOf(difference, { isMoreBetter: true }),
    isDifferent: difference !== 0,
  }
}

function durationRow(label: string, beforeMs: number | null, afterMs: number | null): ComparisonRow {
  const difference = minus(afterMs, beforeMs)
  const relative = difference === null || !beforeMs ? null : difference / beforeMs
  return {
    label,
    before: formatDuration(beforeMs),
    after: formatDuration(afterMs),
    change: relative === null || difference === 0 ? null : formatChange(relative),
    verdict: verdictOf(difference, { isMoreBetter: false }),
    isDifferent: difference !== 0,
  }
}

function minus(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before
}

function verdictOf(difference: number | null, { isMoreBetter }: { isMoreBetter: boolean }): Verdict {
  if (difference === null || difference === 0) return 'neutral'
  return difference > 0 === isMoreBetter ? 'better' : 'worse'
}
