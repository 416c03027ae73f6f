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
  sessionAmendmentLine,
  sessionLine,
  toolLine,
  usageLine,
} from './copy-text'
import { isUniqueViolation } from './database-error'
import { columnsOf, FAMILIES, type Rollups } from './families'
import {
  addToHourSums,
  type HourSums,
  type ModelUsageRow,
  modelUsageRows,
  negatedModelSums,
  toolRows,
} from './hour-sums'
import type { KnownIds, Look } from './known-ids.server'
import { SESSION_COLUMNS } from './measures'
import {
  addToPartialSums,
  type CountedRequest,
  endpointRows,
  type PartialSums,
  usageRows,
} from './partial-sums'
import { addToSessionSums, type SessionSums, sessionAmendments } from './session-sums'
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
const COPY_SESSION_AMENDMENTS = copyStatement('session_inbox', [...SESSION_COLUMNS, 'recount'])

const CHUNK_CHARACTERS = 65_536

/** Facts to write, and the facts that some of them take the place of. The batch holds no id twice. */
export type Batch = { written: readonly IdentifiedRecord[]; replaced: readonly IdentifiedRecord[] }

/** Lines for one COPY, encoded before the transaction begins: nobody else commits while it lasts. */
type Encoded = { statement: string; chunks: readonly Buffer[] }

/**
 * Commits a batch in one transaction: takes out the facts that are replaced, appends those that are written, and adds to
 * the inboxes what the former counted, with a minus sign, and what the latter count. False, with nothing written, when
 * one of the ids was written by somebody else since the look. Throws what Postgres threw, with nothing written.
 */
export async function writeBatch({
  client,
  batch,
  horizons,
  knownIds,
  look,
}: {
  client: pg.Client
  batch: Batch
  horizons: Horizons
  knownIds: KnownIds
  look: Look
}): Promise<boolean> {
  const encoded = [...encodeFacts(batch.written), ...encodeSums(batch, horizons), ...encodeSessions(batch)]
  const ids = batch.written.map(({ record }) => record.id)
  try {
    const seq = await inTransaction(client, async () => {
      if (!(await knownIds.lockAndConfirm(client, look, new Set(ids)))) throw new ChangedMeanwhile()
      await deleteFacts(client, batch.replaced)
      for (const one of encoded) await copy(client, one)
      return await knownIds.announce(client, ids)
    })
    knownIds.committed(seq, ids)
    return true
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return false
    if (isUniqueViolation(error)) {
      // Somebody wrote it without telling, such as an older version of this server on the same database.
      knownIds.forget()
      return false
    }
    throw error
  }
}

class ChangedMeanwhile extends Error {}

async function deleteFacts(client: pg.Client, replaced: readonly IdentifiedRecord[]): Promise<void> {
  if (replaced.length === 0) return
  const keys = [
    replaced.map(({ record }) => record.id),
    replaced.map(({ record }) => new Date(record.startedAtMs)),
  ]
  const deleted = await client.query(
    `DELETE FROM request_log USING unnest($1::uuid[], $2::timestamptz[]) AS gone (id, started_at)
     WHERE request_log.id = gone.id AND request_log.started_at = gone.started_at`,
    keys,
  )
  // Retention may have taken them since they were read.
  if (deleted.rowCount !== replaced.length) throw new ChangedMeanwhile()
  await client.query(
    `DELETE FROM attempt_log USING unnest($1::uuid[], $2::timestamptz[]) AS gone (id, started_at)
     WHERE request_id = gone.id AND request_started_at = gone.started_at`,
    keys,
  )
}

/** Appends the partial sums of records to the inboxes of FAMILIES; the caller owns the transaction. */
export async function copySums(
  client: pg.Client,
  written: readonly Counted[],
  horizons: Horizons,
): Promise<void> {
  for (const one of encodeSums({ written, replaced: [] }, horizons)) await copy(client, one)
}

type Counted = { record: CountedRequest; ids: CatalogIds }

function encodeSums(
  { written, replaced }: { written: readonly Counted[]; replaced: readonly Counted[] },
  horizons: Horizons,
): Encoded[] {
  const added = sumUp(written, horizons)
  const taken = sumUp(replaced, horizons)
  const usage = [...usageRows(added.sums), ...negated(usageRows(taken.sums))]
  const endpoints = [...endpointRows(added.sums), ...negated(endpointRows(taken.sums))]
  const models = [...modelUsageRows(added.hourSums), ...negatedModels(modelUsageRows(taken.hourSums))]
  const tools = [...toolRows(added.hourSums), ...negated(toolRows(taken.hourSums))]
  return [
    encode(COPY_USAGE, linesOf(usage, usageLine)),
    encode(COPY_ENDPOINTS, linesOf(endpoints, endpointLine)),
    encode(COPY_MODEL_USAGE, linesOf(models, modelUsageLine)),
    encode(COPY_TOOLS, linesOf(tools, toolLine)),
  ]
}

function sumUp(batch: readonly Counted[], horizons: Horizons): { sums: PartialSums; hourSums: HourSums } {
  const sums: PartialSums = new Map()
  const hourSums: HourSums = new Map()
  for (const { record, ids } of batch) {
    addToPartialSums(sums, record, ids, horizons)
    addToHourSums(hourSums, record, ids, horizons)
  }
  return { sums, hourSums }
}

/** Rows that take out again what they added. */
function* negated<Row extends { sums: Float64Array; histograms?: Map<number, number>[] }>(
  rows: Iterable<Row>,
): Generator<Row> {
  for (const row of rows) {
    const histograms = row.histograms?.map(
      (histogram) => new Map(Array.from(histogram, ([bin, count]) => [bin, -count])),
    )
    yield { ...row, sums: row.sums.map((sum) => -sum), ...(histograms ? { histograms } : {}) }
  }
}

function* negatedModels(rows: Iterable<ModelUsageRow>): Generator<ModelUsageRow> {
  for (const row of rows) yield { ...row, sums: negatedModelSums(row.sums) }
}

function encodeSessions({ written, replaced }: Batch): Encoded[] {
  const oldById = new Map(replaced.map((old) => [old.record.id, old]))
  const sums: SessionSums = new Map()
  for (const { record, ids } of written) {
    if (!oldById.has(record.id)) addToSessionSums(sums, record, ids)
  }
  const amended = written.flatMap((now) => {
    const old = oldById.get(now.record.id)
    return old ? sessionAmendments(old, now) : []
  })
  return [
    encode(COPY_SESSIONS, linesOf(sums.values(), sessionLine)),
    encode(COPY_SESSION_AMENDMENTS, linesOf(amended, sessionAmendmentLine)),
  ]
}

function encodeFacts(written: readonly IdentifiedRecord[]): Encoded[] {
  return [
    encode(COPY_REQUESTS, linesOf(written, toRequestLine)),
    encode(COPY_ATTEMPTS, linesOf(written, toAttemptLines)),
  ]
}

function* linesOf<T>(rows: Iterable<T>, line: (row: T) => string): Generator<string> {
  for (const row of rows) yield line(row)
}

const toRequestLine = ({ record, ids }: IdentifiedRecord) => requestLine(record, ids)
const toAttemptLines = ({ record, ids }: IdentifiedRecord) => attemptLines(record, ids)

function encode(statement: string, lines: Iterable<string>): Encoded {
  return { statement, chunks: [...chunked(lines)] }
}

async function copy(client: pg.Client, { statement, chunks }: Encoded): Promise<void> {
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
