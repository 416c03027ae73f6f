import type { ImportSummary, Rejection } from './tally'

const SHOWN_REJECTIONS = 20
const NUMBER = new Intl.NumberFormat('en-US')

/** The closing report of an import, several lines without a final newline. `elapsedMs` is the time it took. */
export function describeSummary({
  path,
  summary,
  elapsedMs,
}: {
  path: string
  summary: ImportSummary
  elapsedMs: number
}): string {
  const counts = [
    ['Read', summary.rowsRead, ` rows${summary.format ? ` of ${summary.format}` : ''} from ${path}`],
    ['Accepted', summary.accepted, ''],
    ['Amended', summary.amended, summary.amended > 0 ? ' (already there; they say something new now)' : ''],
    ['Duplicates', summary.duplicates, summary.duplicates > 0 ? ' (already there; nothing changed)' : ''],
    ...(summary.ignored > 0 ? [['Ignored', summary.ignored, ' (understood, and no requests)'] as const] : []),
    ['Rejected', summary.rejectedCount, ''],
  ] as const
  const width = Math.max(...counts.map(([, count]) => NUMBER.format(count).length))
  const perSecond = Math.round(summary.rowsRead / Math.max(elapsedMs / 1000, 0.001))
  return [
    ...counts.map(
      ([label, count, note]) => `${label.padEnd(10)}  ${NUMBER.format(count).padStart(width)}${note}`,
    ),
    `${'Took'.padEnd(10)}  ${(elapsedMs / 1000).toFixed(1)} s (${NUMBER.format(perSecond)} rows/s)`,
    ...summary.warnings.map((warning) => `Warning: ${warning}`),
    ...describeIgnored(summary.ignoredColumns),
    ...describeRejections(summary.rejections, summary.rejectedCount),
  ].join('\n')
}

function describeIgnored(columns: string[]): string[] {
  return columns.length > 0 ? [`Columns not imported: ${columns.join(', ')}`] : []
}

function describeRejections(rejections: Rejection[], count: number): string[] {
  if (count === 0) return []
  const shown = rejections.slice(0, SHOWN_REJECTIONS).map(describeRejection)
  const more = count - shown.length
  return ['Rejected rows:', ...shown, ...(more > 0 ? [`  … and ${NUMBER.format(more)} more`] : [])]
}

function describeRejection({ line, errors }: Rejection): string {
  const reasons = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  return `  line ${line}: ${reasons.join('; ')}`
}
