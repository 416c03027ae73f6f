import { type BodyFormat, recogniseFormat } from '../formats/registry'
import type { IngestAnswer } from '../formats/sightglass/schema'
import { AppError, type FieldError } from '../platform/errors'
import { bindCsvColumns, bindJsonKeys, type Mapping, type RowPlan } from './bind-columns'
import type { Encoding } from './file-encoding'
import { type FileKind, guessDelimiter, guessKind, namedDelimiter } from './guess-content'
import type { JsonObject } from './json-object'
import { mapRow } from './map-row'
import {
  openSourceFile,
  readCsvRows,
  readJsonRows,
  readJsonValues,
  type SourceRow,
  type UnreadableRow,
} from './read-rows.server'
import { fileFingerprint, rowId } from './row-id'
import { createTally, type ImportSummary, type Tally } from './tally'

export type ImportProgress = { readBytes: number; sizeBytes: number; rowsRead: number }

export type ImportOptions = {
  path: string
  /** How its rows are written; left out = told by its content. */
  kind?: FileKind | null
  /** What its rows are; left out = told by its content. A mapping makes them our own records. */
  format?: BodyFormat | null
  encoding?: Encoding | null
  delimiter?: string | null
  /** Of times that name no zone; left out = UTC. */
  zone?: string | null
  mapping: Mapping
  /**
   * `source` of records that do not name their own; together with the id it tells records apart. Null = `file-import`, and
   * for other formats than ours what their clients' records have.
   */
  source: string | null
  batchSize: number
  concurrency: number
  post: (ndjson: string, as?: PostedAs) => Promise<IngestAnswer>
  onProgress?: (progress: ImportProgress) => void
}

/** What a body is, where it is not our own records. */
export type PostedAs = { format: BodyFormat; zone: string | null; source: string | null }

const DEFAULT_SOURCE = 'file-import'

/** A quarter of what the endpoint takes, so that long rows do not add up to a refused body. */
const LARGEST_BATCH_CHARACTERS = 16 * 1024 * 1024

type Batch = { lines: number[]; bodies: string[]; characters: number }

/**
 * Sends every row of a file to the ingest endpoint, in batches, a few at a time, and sums up the answers. Rows that
 * cannot be mapped are counted as rejected and not sent. Sending the same file again changes nothing.
 * Throws AppError when the mapping does not fit the file, the file cannot be read, or `post` gives up.
 */
export async function importFile(options: ImportOptions): Promise<ImportSummary> {
  const file = await openSourceFile(options.path, options.encoding)
  const tally = createTally()
  const report = () =>
    options.onProgress?.({
      readBytes: file.readBytes(),
      sizeBytes: file.sizeBytes,
      rowsRead: tally.summary.rowsRead,
    })
  const unreadable = ({ line, problem }: UnreadableRow) => {
    tally.summary.rowsRead += 1
    tally.reject([{ line, errors: [{ path: '', message: problem }] }])
  }
  try {
    const source = await openRows(file, options, unreadable)
    const as = postedAs(source, options)
    const encode = as === null ? recordEncoder(source, options, tally) : elementEncoder(source)
    if (as !== null) tally.summary.format = as.format
    await sendBatches({ batches: batchRows({ options, tally, source, encode }), as, options, tally, report })
  } finally {
    file.content.destroy()
  }
  report()
  return tally.finish()
}

/** The rows of a file as lists of cells or as objects. */
type Source = {
  rows: AsyncIterable<SourceRow<Row>>
  first: SourceRow<Row> | null
  header: SourceRow<string[]> | null
}
type Row = string[] | JsonObject
type Encoder = (row: SourceRow<Row>) => { body: string } | { errors: FieldError[] }

async function openRows(
  { content, start }: Awaited<ReturnType<typeof openSourceFile>>,
  { path, kind, delimiter }: ImportOptions,
  unreadable: (row: UnreadableRow) => void,
): Promise<Source> {
  if (start.trim() === '')
    throw new AppError('bad_request', `${path} is empty; the first line of a table names the columns.`)
  switch (kind ?? guessKind(start)) {
    case 'csv': {
      const named = namedDelimiter(start)
      const rows = readCsvRows(content, unreadable, delimiter ?? named ?? guessDelimiter(start))
      if (named !== null) await rows.next()
      const header = await rows.next()
      if (header.done)
        throw new AppError('bad_request', `${path} has no header; its first line names the columns.`)
      return { ...(await withFirst(rows)), header: header.value }
    }
    case 'ndjson':
      return { ...(await withFirst(readJsonRows(content, unreadable))), header: null }
    case 'json':
      return { ...(await withFirst(readJsonValues(content, unreadable))), header: null }
  }
}

/** The first row, and all of them. */
async function withFirst<R extends Row>(rows: AsyncGenerator<SourceRow<R>>): Promise<Omit<Source, 'header'>> {
  const next = await rows.next()
  const first = next.done ? null : next.value
  async function* all(): AsyncGenerator<SourceRow<Row>> {
    if (first !== null) yield first
    yield* rows
  }
  return { rows: all(), first }
}

/** Null = our own records, which a mapping makes of whatever the file holds. */
function postedAs(
  { first, header }: Source,
  { format, mapping, zone = null, source }: ImportOptions,
): PostedAs | null {
  if (Object.keys(mapping.columns).length > 0 && (format ?? null) === null) return null
  const found = format ?? recogniseFormat(first === null ? [] : [elementOf(first.row, header)])
  if (found === 'sightglass') return null
  const given = [...Object.keys(mapping.columns), ...Object.keys(mapping.constants)]
  if (given.length > 0) {
    const advice = `--map and --set make our own records; a file of ${found} says itself what is what. Leave ${given.join(', ')} out`
    throw new AppError('bad_request', `${advice}, or say --format sightglass.`)
  }
  return { format: found, zone, source }
}

/** A row as an object; blank cells are left out, since they say nothing. */
function elementOf(row: Row, header: Source['header']): JsonObject {
  if (!Array.isArray(row)) return row
  const cells = row.map((cell, position) => [header?.row[position] ?? `column${position}`, cell] as const)
  return Object.fromEntries(cells.filter(([, cell]) => cell !== ''))
}

/** Rows of another format go as they are: the server knows what they mean. */
function elementEncoder({ header }: Source): Encoder {
  return ({ row }) => {
    const problem = cellProblem(row, header)
    return problem === null
      ? { body: JSON.stringify(elementOf(row, header)) }
      : { errors: [{ path: '', message: problem }] }
  }
}

function recordEncoder({ header, first }: Source, options: ImportOptions, tally: Tally): Encoder {
  const csv = header === null ? null : bindCsvColumns(options.mapping, header.row)
  const json = header === null ? bindJsonKeys(options.mapping) : null
  tally.summary.ignoredColumns = csv?.ignoredColumns ?? []
  const fingerprint = first === null ? '' : fileFingerprint(header?.text ?? '', first.text)
  return ({ line, text, row }) => {
    const problem = cellProblem(row, header)
    if (problem !== null) return { errors: [{ path: '', message: problem }] }
    const mapped = mapAny({ csv, json }, row, options.zone ?? null)
    if ('errors' in mapped) return mapped
    return {
      body: JSON.stringify({
        ...mapped.record,
        id: mapped.record.id ?? rowId({ fingerprint, line, text }),
        source: mapped.record.source ?? options.source ?? DEFAULT_SOURCE,
      }),
    }
  }
}

function mapAny(
  { csv, json }: { csv: RowPlan<string[]> | null; json: RowPlan<JsonObject> | null },
  row: Row,
  zone: string | null,
) {
  if (Array.isArray(row)) return csv === null ? { errors: [] } : mapRow(csv, row, zone)
  return json === null ? { errors: [] } : mapRow(json, row, zone)
}

function cellProblem(row: Row, header: Source['header']): string | null {
  if (header === null || !Array.isArray(row) || row.length === header.row.length) return null
  return `expected ${header.row.length} cells, found ${row.length}`
}

async function* batchRows({
  options,
  tally,
  source,
  encode,
}: {
  options: ImportOptions
  tally: Tally
  source: Source
  encode: Encoder
}): AsyncGenerator<Batch> {
  let batch: Batch = { lines: [], bodies: [], characters: 0 }
  for await (const row of source.rows) {
    tally.summary.rowsRead += 1
    const encoded = encode(row)
    if ('errors' in encoded) {
      tally.reject([{ line: row.line, errors: encoded.errors }])
      continue
    }
    batch.lines.push(row.line)
    batch.bodies.push(encoded.body)
    batch.characters += encoded.body.length
    if (batch.lines.length >= options.batchSize || batch.characters >= LARGEST_BATCH_CHARACTERS) {
      yield batch
      batch = { lines: [], bodies: [], characters: 0 }
    }
  }
  if (batch.lines.length > 0) yield batch
}

async function sendBatches({
  batches,
  as,
  options,
  tally,
  report,
}: {
  batches: AsyncIterable<Batch>
  as: PostedAs | null
  options: ImportOptions
  tally: Tally
  report: () => void
}): Promise<void> {
  const underway = new Set<Promise<void>>()
  for await (const batch of batches) {
    const sending = options.post(`${batch.bodies.join('\n')}\n`, as ?? undefined).then((answer) => {
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
