import path from 'node:path'
import { parseArgs } from 'node:util'
import { BODY_FORMATS, type BodyFormat, toBodyFormat } from '../formats/registry'
import { isTimeZone } from '../formats/wall-time'
import { AppError } from '../platform/errors'
import type { Mapping } from './bind-columns'
import { type Encoding, requireEncoding } from './file-encoding'
import { DELIMITERS, type DelimiterName, type FileKind } from './guess-content'
import { RECORD_FIELD_NAMES, requireRecordField } from './record-fields'

export type ImportCommand = {
  path: string
  /** Null = told by the file's content, as the next four. */
  kind: FileKind | null
  format: BodyFormat | null
  encoding: Encoding | null
  delimiter: string | null
  /** Of times that name none; null = UTC. */
  zone: string | null
  mapping: Mapping
  /** Null = `file-import`, or for other formats what their clients' records have. */
  source: string | null
  batchSize: number
  concurrency: number
  /** Null = from the environment. */
  url: string | null
}

const KINDS: readonly FileKind[] = ['csv', 'ndjson', 'json']
const FORMATS = BODY_FORMATS

/** The text of `--help`. */
export const IMPORT_HELP = `Import request logs from a file of JSON, NDJSON or CSV (plain or gzip) into a running Sightglass.

  npm run import -- FILE [--map FIELD=COLUMN]... [--set FIELD=VALUE]... [options]

  --map FIELD=COLUMN   take FIELD of the record from COLUMN of the file (NDJSON: a key, or a path like usage.input)
  --set FIELD=VALUE    give every record this value
  --source NAME        where the records come from (default file-import, or the format)
  --format NAME        csv, ndjson or json, and ${FORMATS.join(', ')}; may be given twice; told by content
  --delimiter NAME     ${Object.keys(DELIMITERS).join(', ')} between the cells of a CSV; found by its header
  --encoding NAME      utf-8, utf-16le, utf-16be, windows-1252 (latin1); found by how the file begins, else UTF-8
  --zone ZONE          of times that name none, such as Europe/Berlin (default UTC)
  --batch N            records per request (default 1000)
  --concurrency N      requests at a time (default 2)
  --url URL            the server (default SIGHTGLASS_URL, else http://127.0.0.1:$PORT)

  The API key comes from SIGHTGLASS_API_KEY. Columns named like a field need no --map.
  Our own records need startedAt and model; blank cells mean "not known". Other formats need no --map.
  Importing the same file again changes nothing, so an interrupted import is resumed by running it again.
  Exit code: 0 = all rows are in, 2 = some rows were rejected, 1 = the import could not be done.

  Fields: ${RECORD_FIELD_NAMES.join(', ')};
  inside a field: promptParts.system, attempts.0.provider, toolCalls.0.name, ...
`

/** The command line as a command, or `help`. Throws `bad_request` with one line that says what to change. */
export function parseImportCommand(argv: string[]): ImportCommand | 'help' {
  const { values, positionals } = readArguments(argv)
  if (values.help) return 'help'
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    throw new AppError('bad_request', 'Name one file: npm run import -- FILE --map FIELD=COLUMN ...')
  const mapping = { columns: readPairs('--map', values.map), constants: readPairs('--set', values.set) }
  for (const target of [...Object.keys(mapping.columns), ...Object.keys(mapping.constants)])
    requireRecordField(target)
  return {
    path: file,
    ...readFormats(file, values.format ?? []),
    encoding: values.encoding === undefined ? null : requireEncoding(values.encoding),
    delimiter: readDelimiter(values.delimiter),
    zone: readZone(values.zone),
    mapping,
    source: values.source?.trim() || null,
    batchSize: readCount('--batch', values.batch, { least: 1, most: 50_000, otherwise: 1000 }),
    concurrency: readCount('--concurrency', values.concurrency, { least: 1, most: 64, otherwise: 2 }),
    url: readUrl(values.url),
  }
}

function readArguments(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        map: { type: 'string', multiple: true },
        set: { type: 'string', multiple: true },
        source: { type: 'string' },
        format: { type: 'string', multiple: true },
        delimiter: { type: 'string' },
        encoding: { type: 'string' },
        zone: { type: 'string' },
        batch: { type: 'string' },
        concurrency: { type: 'string' },
        url: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (cause) {
    throw new AppError('bad_request', cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

function readPairs(option: string, pairs: string[] = []): Record<string, string> {
  const read: Record<string, string> = {}
  for (const pair of pairs) {
    const split = pair.indexOf('=')
    if (split < 1 || split === pair.length - 1)
      throw new AppError(
        'bad_request',
        `${option} ${pair}: expected FIELD=${option === '--map' ? 'COLUMN' : 'VALUE'}.`,
      )
    const field = pair.slice(0, split)
    if (Object.hasOwn(read, field)) throw new AppError('bad_request', `${option} ${field} is given twice.`)
    read[field] = pair.slice(split + 1)
  }
  return read
}

/** How the rows are written, by `--format` or the file's name, and what they are. */
function readFormats(file: string, asked: readonly string[]): Pick<ImportCommand, 'kind' | 'format'> {
  const extension = path.extname(file.replace(/\.gz$/i, '')).toLowerCase().slice(1)
  const found: Pick<ImportCommand, 'kind' | 'format'> = {
    // A file called .json may hold one value a line, so that its content decides.
    kind: extension === 'csv' ? 'csv' : extension === 'jsonl' || extension === 'ndjson' ? 'ndjson' : null,
    format: null,
  }
  for (const name of asked) {
    const kind = KINDS.find((known) => known === (name === 'jsonl' ? 'ndjson' : name))
    const format = toBodyFormat(name)
    if (kind !== undefined) found.kind = kind
    else if (format !== null) found.format = format
    else
      throw new AppError(
        'bad_request',
        `--format ${name}: expected one of ${[...KINDS, ...FORMATS].join(', ')}.`,
      )
  }
  return found
}

function readDelimiter(name: string | undefined): string | null {
  if (name === undefined) return null
  const names = Object.keys(DELIMITERS) as DelimiterName[]
  const delimiter =
    Object.values(DELIMITERS).find((known) => known === name) ??
    DELIMITERS[names.find((known) => known === name) ?? 'comma']
  if (delimiter === name || names.some((known) => known === name)) return delimiter
  throw new AppError('bad_request', `--delimiter ${name}: expected one of ${names.join(', ')}.`)
}

function readZone(zone: string | undefined): string | null {
  if (zone === undefined || isTimeZone(zone)) return zone ?? null
  throw new AppError('bad_request', `--zone ${zone}: expected a time zone such as Europe/Berlin.`)
}

function readCount(
  option: string,
  text: string | undefined,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  if (text === undefined) return otherwise
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (count >= least && count <= most) return count
  throw new AppError('bad_request', `${option} ${text}: expected a whole number from ${least} to ${most}.`)
}

function readUrl(text: string | undefined): string | null {
  if (text === undefined) return null
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text
  throw new AppError('bad_request', `--url ${text}: expected an address such as http://127.0.0.1:3000.`)
}
