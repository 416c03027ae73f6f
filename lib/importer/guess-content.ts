import { isObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'

/** How the rows of a file are written: a table, one JSON value a line, or JSON values over many lines. */
export type FileKind = 'csv' | 'ndjson' | 'json'

/** What stands between the cells of a table. */
export const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const
export type DelimiterName = keyof typeof DELIMITERS

/** How a file's rows are written, by its first characters. */
export function guessKind(start: string): FileKind {
  const text = start.trimStart()
  if (text.startsWith('[')) return 'json'
  if (!text.startsWith('{')) return 'csv'
  const [line = '', ...more] = text.split('\n')
  const isWhole = isObject(parseJson(line))
  // A first line longer than the sample is one value a line, unless it is the only one.
  return isWhole || more.length === 0 ? 'ndjson' : 'json'
}

/**
 * What stands between the cells: the one of comma, semicolon, tab and bar that the header line has most, outside quotes.
 * A header of one cell has none, and counts as one with commas.
 */
export function guessDelimiter(start: string): string {
  const header = headerOf(start)
  const counted = Object.values(DELIMITERS).map((delimiter) => ({
    delimiter,
    count: header.split(delimiter).length - 1,
  }))
  const most = counted.reduce((best, next) => (next.count > best.count ? next : best))
  return most.count > 0 ? most.delimiter : DELIMITERS.comma
}

/** The delimiter that a spreadsheet's own first line names (`sep=;`), which is then no header; null = there is none. */
export function namedDelimiter(start: string): string | null {
  return /^sep=([,;|\t])\r?\n/i.exec(start)?.[1] ?? null
}

/** The first line that is not blank, without what stands in quotes. */
function headerOf(start: string): string {
  const unquoted = start.replaceAll(/"(?:[^"]|"")*"/g, '')
  return unquoted.split(/\r?\n/).find((line) => line.trim() !== '') ?? ''
}
