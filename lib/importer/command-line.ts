import path from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from '../platform/errors'
import type { Mapping } from './bind-columns'
import { RECORD_FIELD_NAMES, requireRecordField } from './record-fields'

export type ImportCommand = {
  path: string
  format: 'csv' | 'ndjson'
  mapping: Mapping
  source: string
  batchSize: number
  concurrency: number
  /** Null = from the environment. */
  url: string | null
}

const DEFAULT_SOURCE = 'file-import'

/** The text of `--help`. */
export const IMPORT_HELP = `Import request logs from a CSV or NDJSON file (plain or gzip) into a running Sightglass.

  npm run import -- FILE [--map FIELD=COLUMN]... [--set FIELD=VALUE]... [options]

  --map FIELD=COLUMN   take FIELD of the record from COLUMN of the file (NDJSON: a key, or a path like usage.input)
  --set FIELD=VALUE    give every record this value
  --source NAME        where the records come from (default ${DEFAULT_SOURCE})
  --format csv|ndjson  when the file's name does not tell
  --batch N            records per request (default 1000)
  --concurrency N      requests at a time (default 2)
  --url URL            the server (default SIGHTGLASS_URL, else http://127.0.0.1:$PORT)

  The API key comes from SIGHTGLASS_API_KEY. Columns named like a field need no --map.
  startedAt and model are required; times without a zone are UTC; blank cells mean "not known".
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
    format: readFormat(file, values.format),
    mapping,
    source: values.source?.trim() || DEFAULT_SOURCE,
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
        format: { type: 'string' },
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

function readFormat(file: string, asked: string | undefined): 'csv' | 'ndjson' {
  const extension = path.extname(file.replace(/\.gz$/i, '')).toLowerCase().slice(1)
  const name = asked ?? (extension === 'jsonl' ? 'ndjson' : extension)
  if (name === 'csv' || name === 'ndjson') return name
  throw new AppError('bad_request', `Say what ${path.basename(file)} is: --format csv or --format ndjson.`)
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
