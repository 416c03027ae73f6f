import type { IngestAnswer } from '../formats/sightglass/schema'
import { AppError, type FieldError } from '../platform/errors'
import { bindCsvColumns, bindJsonKeys, type Mapping, type RowPlan } from './bind-columns'
import type { JsonObject } from './json-object'
import { mapRow } from './map-row'
import { openSourceFile, readCsvRows, readJsonRows, type SourceRow } from './read-rows.server'
import { fileFingerprint, rowId } from './row-id'
import { createTally, type ImportSummary, type Tally } from './tally'

export type FileFormat = 'csv' | 'ndjson'

export type ImportProgress = { readBytes: number; sizeBytes: number; rowsRead: number }

export type ImportOptions = {
  path: string
  format: FileFormat
  mapping: Mapping
  /** `source` of records that do not name their own; together with the id it tells records apart. */
  source: string
  batchSize: number
  concurrency: number
  post: (ndjson: string) => Promise<IngestAnswer>
  onProgress?: (progress: ImportProgress) => void
}

/** A quarter of what the endpoint takes, so that long rows do not add up to a refused body. */
const LARGEST_BATCH_CHARACTERS = 16 * 1024 * 1024

type Batch = { lines: number[]; bodies: string[]; characters: number }

/**
 * Sends every row of a file to the ingest endpoint, in batches, a few at a time, and sums up the answers. Rows that
 * cannot be mapped are counted as rejected and not sent. Sending the same file again changes nothing.
 * Throws AppError when the mapping does not fit the file, the file cannot be read, or `post` gives up.
 */
export async function importFile(options: ImportOptions): Promise<ImportSummary> {
  const file = await openSourceFile(options.path)
  const tally = createTally()
  const report = () =>
    options.onProgress?.({
      readBytes: file.readBytes(),
      sizeBytes: file.sizeBytes,
      rowsRead: tally.summary.rowsRead,
    })
  const reject = (line: number, errors: FieldError[]) => tally.reject([{ line, errors }])
  const unreadable = ({ line, problem }: { line: number; problem: string }) => {
    tally.summary.rowsRead += 1
    reject(line, [{ path: '', message: problem }])
  }
  const batches =
    options.format === 'csv'
      ? batchRows({ options, tally, prepared: await prepareCsv(file.content, options, unreadable) })
      : batchRows({ options, tally, prepared: prepareJson(file.content, options, unreadable) })
  try {
    await sendBatches({ batches, options, tally, report })
  } finally {
    file.content.destroy()
  }
  report()
  return tally.finish()
}

type Prepared<Row> = {
  plan: RowPlan<Row>
  header: string
  rows: AsyncIterable<SourceRow<Row>>
  check: (row: Row) => string | null
}

async function prepareCsv(
  content: Parameters<typeof readCsvRows>[0],
  options: ImportOptions,
  unreadable: Parameters<typeof readCsvRows>[1],
): Promise<Prepared<string[]>> {
  const rows = readCsvRows(content, unreadable)
  const first = await rows.next()
  if (first.done)
    throw new AppError('bad_request', `${options.path} is empty; the first line names the columns.`)
  const header = first.value.row
  const check = (row: string[]) =>
    row.length === header.length ? null : `expected ${header.length} cells, found ${row.length}`
  return { plan: bindCsvColumns(options.mapping, header), header: first.value.text, rows, check }
}

function prepareJson(
  content: Parameters<typeof readJsonRows>[0],
  options: ImportOptions,
  unreadable: Parameters<typeof readJsonRows>[1],
): Prepared<JsonObject> {
  return {
    plan: bindJsonKeys(options.mapping),
    header: '',
    rows: readJsonRows(content, unreadable),
    check: () => null,
  }
}

async function* batchRows<Row>({
  options,
  tally,
  prepared,
}: {
  options: ImportOptions
  tally: Tally
  prepared: Prepared<Row>
}): AsyncGenerator<Batch> {
  const { plan, header, rows, check } = prepared
  tally.summary.ignoredColumns = plan.ignoredColumns
  let fingerprint: string | null = null
  let batch: Batch = { lines: [], bodies: [], characters: 0 }
  for await (const { line, text, row } of rows) {
    tally.summary.rowsRead += 1
    fingerprint ??= fileFingerprint(header, text)
    const problem = check(row)
    const mapped = problem ? { errors: [{ path: '', message: problem }] } : mapRow(plan, row)
    if ('errors' in mapped) {
      tally.reject([{ line, errors: mapped.errors }])
      continue
    }
    const body = JSON.stringify({
      ...mapped.record,
      id: mapped.record.id ?? rowId({ fingerprint, line, text }),
      source: mapped.record.source ?? options.source,
    })
    batch.lines.push(line)
    batch.bodies.push(body)
    batch.characters += body.length
    if (batch.lines.length >= options.batchSize || batch.characters >= LARGEST_BATCH_CHARACTERS) {
      yield batch
      batch = { lines: [], bodies: [], characters: 0 }
    }
  }
  if (batch.lines.length > 0) yield batch
}

async function sendBatches({
  batches,
  options,
  tally,
  report,
}: {
  batches: AsyncIterable<Batch>
  options: ImportOptions
  tally: Tally
  report: () => void
}): Promise<void> {
  const underway = new Set<Promise<void>>()
  for await (const batch of batches) {
    const sending = options.post(`${batch.bodies.join('\n')}\n`).then((answer) => {
      underway.delete(sending)
      tally.add(answer, batch.lines)
      report()
    })
    underway.add(sending)
    // The failure is thrown by the race or by the final wait; without this it would count as unhandled meanwhile.
    sending.catch(() => undefined)
    if (underway.size >= options.concurrency) await Promise.race(underway)
  }
  await Promise.all(underway)
}
