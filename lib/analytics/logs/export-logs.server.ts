import { csvResponse } from '../csv-response.server'
import { parseCursor } from './cursor'
import { MOST_EXPORTED_ROWS } from './limits'
import { readLogs } from './read-logs.server'
import type { LogRow, LogsQuery } from './schema'
import { logsTable } from './table'

const PAGE = 1_000
/** A search for something rare ends after so many pages; the header says how far it came. */
const MOST_PAGES = 60

/**
 * The first rows of a filter as a file, 10,000 unless `limit` says less. `Sightglass-Searched-To` says back to when
 * requests were looked at, and `Sightglass-Cursor`, where the file is not all, where the next one goes on.
 */
export async function exportLogs(
  query: LogsQuery & { format: 'csv' | 'ndjson' },
  nowMs: number,
): Promise<Response> {
  const { rows, cursor, searchedTo } = await collect(query, nowMs)
  const response = query.format === 'csv' ? csvResponse('requests', logsTable(rows)) : ndjsonResponse(rows)
  response.headers.set('Sightglass-Searched-To', searchedTo)
  if (cursor !== null) response.headers.set('Sightglass-Cursor', cursor)
  return response
}

async function collect(query: LogsQuery, nowMs: number) {
  const wanted = query.limit ?? MOST_EXPORTED_ROWS
  const rows: LogRow[] = []
  let position = query.cursor
  for (let page = 1; ; page++) {
    const limit = Math.min(PAGE, wanted - rows.length)
    const answer = await readLogs({ ...query, cursor: position, limit }, nowMs)
    rows.push(...answer.rows)
    const { cursor, searchedTo } = answer
    if (cursor === null || rows.length >= wanted || page >= MOST_PAGES) return { rows, cursor, searchedTo }
    position = parseCursor(cursor)
  }
}

function ndjsonResponse(rows: readonly LogRow[]): Response {
  return new Response(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), {
    headers: {
      'Content-Type': 'application/x-ndjson; charset=utf-8',
      'Content-Disposition': 'attachment; filename="sightglass-requests.ndjson"',
    },
  })
}
