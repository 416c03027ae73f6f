import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { RequestRecord } from '../records/request-record'
import type { Horizons } from '../time/horizons'
import type { CatalogIds } from './catalog-ids'
import {
  ATTEMPT_COLUMNS,
  attemptLines,
  endpointLine,
  modelUsageLine,
  REQUEST_COLUMNS,
  requestLine,
  sessionLine,
  toolLine,
  usageLine,
} from './copy-text'
import { isUniqueViolation } from './database-error'
import { columnsOf, FAMILIES, type Rollups } from './families'
import { addToHourSums, type HourSums, modelUsageRows, toolRows } from './hour-sums'
import { SESSION_COLUMNS } from './measures'
import {
  addToPartialSums,
  type CountedRequest,
  endpointRows,
  type PartialSums,
  usageRows,
} from './partial-sums'
import { addToSessionSums, type SessionSums } from './session-sums'
import { inTransaction } from './transaction.server'

/** A record with the ids of everything it names. */
export type IdentifiedRecord = { record: RequestRecord; ids: CatalogIds }

const COPY_REQUESTS = copyStatement('request_log', REQUEST_COLUMNS)
const COPY_ATTEMPTS = copyStatement('attempt_log', ATTEMPT_COLUMNS)
const COPY_USAGE = copyToInbox('usage')
const COPY_ENDPOINTS = copyToInbox('endpoint')
const COPY_MODEL_USAGE = copyToInbox('model_usage')
const COPY_TOOLS = copyToInbox('tool')
const COPY_SESSIONS = copyStatement('session_inbox', SESSION_COLUMNS)

const CHUNK_CHARACTERS = 65_536

/**
 * Commits a batch: facts and, for the facts that were new, their partial sums, in one transaction. Returns the records
 * that were new; the others are in the database already and changed nothing. The batch itself must hold no id twice.
 * Throws what Postgres threw, with nothing written.
 */
export async function writeBatch(
  client: pg.Client,
  batch: readonly IdentifiedRecord[],
  horizons: Horizons,
): Promise<readonly IdentifiedRecord[]> {
  try {
    return await inTransaction(client, async () => {
      await copyFacts(client, batch)
      await copySums(client, batch, horizons)
      await copySessions(client, batch)
      return batch
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return await writeNewOnly(client, batch, horizons)
  }
}

/** Appends the partial sums of records to the inboxes of FAMILIES; the caller owns the transaction. */
export async function copySums(
  client: pg.Client,
  batch: readonly { record: CountedRequest; ids: CatalogIds }[],
  horizons: Horizons,
): Promise<void> {
  const sums: PartialSums = new Map()
  const hourSums: HourSums = new Map()
  for (const { record, ids } of batch) {
    addToPartialSums(sums, record, ids, horizons)
    addToHourSums(hourSums, record, ids, horizons)
  }
  await copy(client, COPY_USAGE, linesOf(usageRows(sums), usageLine))
  await copy(client, COPY_ENDPOINTS, linesOf(endpointRows(sums), endpointLine))
  await copy(client, COPY_MODEL_USAGE, linesOf(modelUsageRows(hourSums), modelUsageLine))
  await copy(client, COPY_TOOLS, linesOf(toolRows(hourSums), toolLine))
}

async function copySessions(client: pg.Client, batch: readonly IdentifiedRecord[]): Promise<void> {
  const sums: SessionSums = new Map()
  for (const { record, ids } of batch) addToSessionSums(sums, record, ids)
  await copy(client, COPY_SESSIONS, linesOf(sums.values(), sessionLine))
}

/** The path of a batch with duplicates in it: stage, insert what is new, sum only that. */
async function writeNewOnly(
  client: pg.Client,
  batch: readonly IdentifiedRecord[],
  horizons: Horizons,
): Promise<readonly IdentifiedRecord[]> {
  return await inTransaction(client, async () => {
    await client.query('CREATE TEMP TABLE staged_request (LIKE request_log) ON COMMIT DROP')
    await copy(client, copyStatement('staged_request', REQUEST_COLUMNS), linesOf(batch, toRequestLine))
    const inserted = await client.query<{ id: string }>(
      'INSERT INTO request_log SELECT * FROM staged_request ON CONFLICT DO NOTHING RETURNING id',
    )
    const newIds = new Set(inserted.rows.map((row) => row.id))
    const fresh = batch.filter(({ record }) => newIds.has(record.id))
    if (fresh.length > 0) {
      await copy(client, COPY_ATTEMPTS, linesOf(fresh, toAttemptLines))
      await copySums(client, fresh, horizons)
      await copySessions(client, fresh)
    }
    return fresh
  })
}

async function copyFacts(client: pg.Client, batch: readonly IdentifiedRecord[]): Promise<void> {
  await copy(client, COPY_REQUESTS, linesOf(batch, toRequestLine))
  await copy(client, COPY_ATTEMPTS, linesOf(batch, toAttemptLines))
}

function* linesOf<T>(rows: Iterable<T>, line: (row: T) => string): Generator<string> {
  for (const row of rows) yield line(row)
}

const toRequestLine = ({ record, ids }: IdentifiedRecord) => requestLine(record, ids)
const toAttemptLines = ({ record, ids }: IdentifiedRecord) => attemptLines(record, ids)

async function copy(client: pg.Client, statement: string, lines: Iterable<string>): Promise<void> {
  const chunks = [...chunked(lines)]
  if (chunks.length === 0) return
  await pipeline(Readable.from(chunks), client.query(copyFrom(statement)))
}

/** Encodes in pieces: one string of a whole batch would have to be flattened first. */
function* chunked(lines: Iterable<string>): Generator<Buffer> {
  let text = ''
  for (const line of lines) {
    text += line
    if (text.length < CHUNK_CHARACTERS) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

function copyToInbox(name: Rollups['name']): string {
  const family = FAMILIES.find((one) => one.name === name)
  return copyStatement(`${name}_inbox`, family ? columnsOf(family) : [])
}

function copyStatement(table: string, columns: readonly string[]): string {
  return `COPY ${table} (${columns.join(', ')}) FROM STDIN`
}
