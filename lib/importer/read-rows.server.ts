import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type CsvError, parse } from 'csv-parse'
import { AppError } from '../platform/errors'
import { createFileDecoder, detectEncoding, type Encoding } from './file-encoding'
import { isJsonObject, type JsonObject } from './json-object'
import { createJsonSplitter } from './split-json'

/** One row of a file. `text` is the row's content without its line ending, which its id is made from. */
export type SourceRow<Row> = { line: number; text: string; row: Row }
/** A row that could not even be read. */
export type UnreadableRow = { line: number; problem: string }

/** More than the ingest endpoint takes in one body would be of no use. */
const LONGEST_ROW_CHARACTERS = 32 * 1024 * 1024
/** Enough to tell what a file is by how it begins. */
const SAMPLE_CHARACTERS = 256 * 1024

export type OpenFile = {
  /** UTF-8, without a byte order mark, whatever the file has. */
  content: Readable
  /** How the content begins. */
  start: string
  sizeBytes: number
  /** Bytes of the file read so far (compressed bytes of a compressed file). */
  readBytes: () => number
}

/**
 * Opens a file as a stream of its plain content; gzip is told by its first bytes, not by its name. `encoding` null = told
 * by how it begins. Throws `not_found` when it is not there or is a folder; the content throws `bad_request` where it is
 * not of its encoding.
 */
export async function openSourceFile(path: string, encoding: Encoding | null = null): Promise<OpenFile> {
  const handle = await open(path).catch((cause: unknown) => {
    throw new AppError('not_found', `Cannot read ${path}: ${messageOf(cause)}.`, { cause })
  })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw new AppError('not_found', `${path} is not a file.`)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    const isGzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
    const raw = createReadStream(path, { highWaterMark: 256 * 1024 })
    const plain = isGzip ? pipeline(raw, createGunzip(), () => undefined) : raw
    const { start, pieces } = await peek(decoded(plain, encoding))
    return {
      content: Readable.from(pieces, { objectMode: false }),
      start,
      sizeBytes: stat.size,
      readBytes: () => raw.bytesRead,
    }
  } finally {
    await handle.close()
  }
}

/** The content as text, which begins to be read when somebody asks for it. */
async function* decoded(content: Readable, encoding: Encoding | null): AsyncGenerator<string> {
  let decode: ReturnType<typeof createFileDecoder> | null = null
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      decode ??= createFileDecoder(encoding ?? detectEncoding(chunk))
      yield decode(chunk)
    }
    yield decode?.(null) ?? ''
  } catch (cause) {
    throw unreadable(cause)
  } finally {
    content.destroy()
  }
}

/** Reads how a text begins, and gives it back whole. */
async function peek(
  pieces: AsyncGenerator<string>,
): Promise<{ start: string; pieces: AsyncGenerator<string> }> {
  let start = ''
  while (start.length < SAMPLE_CHARACTERS) {
    const piece = await pieces.next()
    if (piece.done) break
    start += piece.value
  }
  async function* whole(): AsyncGenerator<string> {
    try {
      if (start !== '') yield start
      yield* pieces
    } finally {
      await pieces.return(undefined)
    }
  }
  return { start, pieces: whole() }
}

/**
 * The rows of a CSV file, its header first (line 1), cells apart by `delimiter`. Rows that are not CSV (a stray quote) go to
 * `onUnreadable`.
 * Throws `bad_request` when the content cannot be read on (broken gzip, a row without end).
 */
export async function* readCsvRows(
  content: Readable,
  onUnreadable: (row: UnreadableRow) => void,
  delimiter = ',',
): AsyncGenerator<SourceRow<string[]>> {
  let lastSkipped = ''
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    // Both, whatever the first line has: logs are appended to by different programs.
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_ROW_CHARACTERS,
    on_skip: (error) => {
      const skipped = describeSkipped(error)
      // csv-parse tells of each stray quote; one row is one rejection.
      if (skipped.key !== lastSkipped) onUnreadable(skipped)
      lastSkipped = skipped.key
      return undefined
    },
  })
  content.once('error', (error) => parser.destroy(error))
  content.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>) {
      const text = record.join('\u001f')
      yield { line: info.lines - countNewlines(text), text, row: record }
    }
  } catch (cause) {
    throw unreadable(cause)
  } finally {
    content.destroy()
  }
}

/**
 * The rows of a file with one JSON object a line; blank lines are skipped. Lines that are not a JSON object go to
 * `onUnreadable`. Throws `bad_request` when the content cannot be read on.
 */
export async function* readJsonRows(
  content: Readable,
  onUnreadable: (row: UnreadableRow) => void,
): AsyncGenerator<SourceRow<JsonObject>> {
  let line = 0
  for await (const raw of splitLines(content)) {
    line += 1
    const text = raw.trim()
    if (text === '') continue
    const row = parseObject(text)
    if (row) yield { line, text, row }
    else onUnreadable({ line, problem: 'not a JSON object on one line' })
  }
}

/**
 * The objects of a file of JSON over many lines: those of a list, or one after another. What is no JSON object goes to
 * `onUnreadable`. Throws `bad_request` when the content cannot be read on.
 */
export async function* readJsonValues(
  content: Readable,
  onUnreadable: (row: UnreadableRow) => void,
): AsyncGenerator<SourceRow<JsonObject>> {
  const splitter = createJsonSplitter()
  const rowsOf = function* (pieces: ReturnType<typeof splitter.push>) {
    for (const { line, text } of pieces) {
      const row = parseObject(text)
      if (row) yield { line, text, row }
      else onUnreadable({ line, problem: 'not a JSON object' })
    }
  }
  try {
    for await (const chunk of textOf(content)) {
      yield* rowsOf(splitter.push(chunk))
      if (splitter.pending() > LONGEST_ROW_CHARACTERS) throw new Error('a JSON value is longer than 32 MiB')
    }
  } catch (cause) {
    throw unreadable(cause)
  }
  yield* rowsOf(splitter.end())
}

/** Splits at newlines only: node's readline would also split at U+2028, which JSON allows inside text. */
async function* splitLines(content: Readable): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const chunk of textOf(content)) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > LONGEST_ROW_CHARACTERS) throw new Error('a line is longer than 32 MiB')
      yield* lines
    }
  } catch (cause) {
    throw unreadable(cause)
  }
  yield rest
}

function textOf(content: Readable): AsyncIterable<string> {
  return content.setEncoding('utf8')
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

function describeSkipped(error: CsvError | undefined): UnreadableRow & { key: string } {
  const lines = error && typeof error.lines === 'number' ? error.lines : 0
  const problem =
    error?.code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quote opens here and never closes; the rest of the file was not read'
      : 'a quote in the middle of a cell; put the cell in quotes and double the inner ones'
  return { line: lines, problem, key: `${lines} ${problem}` }
}

function countNewlines(text: string): number {
  return text.includes('\n') ? text.split('\n').length - 1 : 0
}

function unreadable(cause: unknown): AppError {
  return cause instanceof AppError
    ? cause
    : new AppError('bad_request', `The file cannot be read to its end: ${messageOf(cause)}.`, { cause })
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause)
}
