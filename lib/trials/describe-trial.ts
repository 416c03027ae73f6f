import { formatDuration, formatExact, formatPercent } from '../platform/format'
import { outcomeLabel } from './outcome-label'
import type { Trial, TrialOptions, TrialSummary } from './schema'
import { NO_PROVIDER } from './summarize-calls'

const BAR_WIDTH = 32

/** What a terminal shows while a trial runs, and colours for one that can. */
export type TrialProgress = {
  options: TrialOptions
  summary: TrialSummary
  elapsedMs: number
  isColored: boolean
}

/** The live display as lines, of which none depends on the others' height. */
export function progressLines({ options, summary, elapsedMs, isColored }: TrialProgress): string[] {
  const filled = Math.min(BAR_WIDTH, Math.round((BAR_WIDTH * summary.made) / options.calls))
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
  return [
    `  ${bar}  ${summary.made} of ${options.calls} calls · ${timeLeft({ options, elapsedMs })}`,
    ...summaryLines({ summary, isColored }),
  ]
}

/** One line for a log that is no terminal. */
export function progressLine({ options, summary, elapsedMs }: Omit<TrialProgress, 'isColored'>): string {
  const providers = summary.byProvider.map(({ provider }) => nameOf(provider)).join(', ')
  return `${summary.made} of ${options.calls} calls, ${summary.errors} errors, ${timeLeft({ options, elapsedMs })}${providers ? ` · ${providers}` : ''}`
}

/** The first words of the command: what it is going to do. */
export function describeStart({
  options,
  presetVersion,
}: {
  options: TrialOptions
  presetVersion: number | null
}): string {
  const { preset, calls, concurrency, seconds, stream } = options
  const version = presetVersion === null ? '' : ` version ${presetVersion}`
  return `Trying @preset/${preset}${version}: ${calls} calls, ${concurrency} at a time, ${seconds} s at most${stream ? ', streamed' : ''}`
}

/** The last words of the command: what came back, and where to look at it. */
export function describeEnd({
  trial,
  pageUrl,
  isColored,
}: {
  trial: Trial
  pageUrl: string
  isColored: boolean
}): string {
  const { summary, elapsedMs, status, problem } = trial
  const color = painter(isColored)
  const verdict =
    summary.errors === 0
      ? color.good('0 errors')
      : color.bad(`${formatExact(summary.errors)} ${summary.errors === 1 ? 'error' : 'errors'}`)
  const ending = status === 'finished' ? '' : ` (${status})`
  return [
    `${formatExact(summary.made)} calls in ${formatDuration(elapsedMs)}${ending}: ${verdict}`,
    ...summaryLines({ summary, isColored }),
    ...(problem === null ? [] : [`  ${problem}`]),
    `  ${pageUrl}`,
  ].join('\n')
}

function summaryLines({ summary, isColored }: { summary: TrialSummary; isColored: boolean }): string[] {
  const color = painter(isColored)
  const classes = [...Object.entries(summary.badByVerdict), ...Object.entries(summary.errorsByClass)]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${outcomeLabel(name)} ${count}`)
  const clean = summary.made === 0 ? '0' : color.good('0')
  const errors = summary.errors === 0 ? clean : color.bad(`${summary.errors}`)
  const share = summary.made === 0 ? null : summary.errors / summary.made
  return [
    `  errors     ${errors}${share ? ` · ${formatPercent(share)}` : ''}${classes.length > 0 ? ` · ${classes.join(' · ')}` : ''}`,
    `  provider   ${summary.byProvider.map(describeProvider).join(' · ') || '–'}`,
    `  tools used ${formatPercent(summary.toolUseRate)} of the answers · ${formatExact(summary.toolCalls)} tool calls`,
    `  latency    p50 ${formatDuration(summary.latencyMsP50)} · p95 ${formatDuration(summary.latencyMsP95)}`,
  ]
}

function describeProvider({ provider, calls, errors }: TrialSummary['byProvider'][number]): string {
  return `${nameOf(provider)} ${calls}${errors > 0 ? ` (${errors} ${errors === 1 ? 'error' : 'errors'})` : ''}`
}

function nameOf(provider: string): string {
  return provider === NO_PROVIDER ? 'none answered' : provider
}

function timeLeft({ options, elapsedMs }: Pick<TrialProgress, 'options' | 'elapsedMs'>): string {
  const leftMs = options.seconds * 1000 - elapsedMs
  return leftMs > 0 ? `${Math.ceil(leftMs / 1000)} s left` : 'waiting for the last answers'
}

function painter(isColored: boolean) {
  const paint = (code: number) => (text: string) => (isColored ? `\u001b[${code}m${text}\u001b[0m` : text)
  return { good: paint(32), bad: paint(31) }
}
