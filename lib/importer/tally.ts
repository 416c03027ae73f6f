import type { IngestAnswer } from '../formats/sightglass/schema'
import type { FieldError } from '../platform/errors'

/** A row that did not become a record, with its line in the file and why. */
export type Rejection = { line: number; errors: FieldError[] }

export type ImportSummary = {
  rowsRead: number
  accepted: number
  amended: number
  duplicates: number
  /** Elements of another format that are no requests. */
  ignored: number
  rejectedCount: number
  /** The first rejections by line; `rejectedCount` counts all. */
  rejections: Rejection[]
  warnings: string[]
  ignoredColumns: string[]
  /** What the rows were recognised as; left out for our own records. */
  format?: string
}

const KEPT_REJECTIONS = 1000

export type Tally = ReturnType<typeof createTally>

/** An empty account of an import, added to row by row and batch by batch. */
export function createTally() {
  const summary: ImportSummary = {
    rowsRead: 0,
    accepted: 0,
    amended: 0,
    duplicates: 0,
    ignored: 0,
    rejectedCount: 0,
    rejections: [],
    warnings: [],
    ignoredColumns: [],
  }
  const reject = (rejections: Rejection[]) => {
    summary.rejectedCount += rejections.length
    const room = KEPT_REJECTIONS - summary.rejections.length
    if (room > 0) summary.rejections.push(...rejections.slice(0, room))
  }
  return {
    summary,
    reject,
    /** Adds a batch's answer; `lines` are the file lines of the records in the order they were sent. */
    add(answer: IngestAnswer, lines: number[]): void {
      summary.accepted += answer.accepted
      summary.amended += answer.amended
      summary.duplicates += answer.duplicates
      summary.ignored += answer.ignored ?? 0
      reject(answer.rejected.map(({ index, errors }) => ({ line: lines[index] ?? 0, errors })))
      for (const warning of answer.warnings ?? [])
        if (!summary.warnings.includes(warning)) summary.warnings.push(warning)
    },
    finish(): ImportSummary {
      summary.rejections.sort((a, b) => a.line - b.line)
      return summary
    },
  }
}
