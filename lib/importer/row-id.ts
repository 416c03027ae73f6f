import { createHash } from 'node:crypto'

/**
 * Names a file by how it begins: the header and the first row, as text. Appending to the file, renaming, moving or
 * compressing it keeps the name; two files that begin differently never share one.
 */
export function fileFingerprint(header: string, firstRow: string): string {
  return createHash('sha256').update(header).update('\n').update(firstRow).digest('hex')
}

/**
 * The id of a row that carries none: from the file's beginning, the row's line and its text, so the same row of the
 * same file always has the same id, and equal rows on different lines have different ones.
 * `text` must not depend on line endings: a last line without newline gets one when the file grows.
 */
export function rowId({
  fingerprint,
  line,
  text,
}: {
  fingerprint: string
  line: number
  text: string
}): string {
  const digest = createHash('sha256').update(`${fingerprint}\n${line}\n${text}`).digest('hex')
  return `line-${line}-${digest.slice(0, 24)}`
}
