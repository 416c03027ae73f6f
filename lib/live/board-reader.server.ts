import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { labelOf } from '../analytics/subject-names.server'
import { floorToBucket } from '../time/time-buckets'
import { createEndpointBoard, type EndpointBoard } from './endpoint-board'
import { createHubConnection } from './hub-connection.server'
import { readBoard } from './read-board.server'

/** Everything is read again this often: late records, and those that took longer than the recent minutes. */
const READ_ALL_MS = 30_000

/** A board and what keeps it true to the database. */
export type BoardReader = {
  /** Names this board: versions of another mean nothing here. */
  epoch: string
  /** Empty until the first read. */
  board: EndpointBoard
  hasRead: () => boolean
  /** Reads what can have changed, or everything when that is due or asked for. Throws what Postgres says. */
  read: (options: { isAllWanted: boolean }) => Promise<void>
  close: () => Promise<void>
}

/** A board of its own, on a connection of its own; `onCommit` is called after commits of any process. */
export function createBoardReader({ onCommit }: { onCommit: () => void }): BoardReader {
  const board = createEndpointBoard()
  const connection = createHubConnection({ onCommit })
  let readAllAtMs: number | null = null

  function isAllDue(nowMs: number): boolean {
    if (readAllAtMs === null) return true
    // The day moves by the hour, and its first hour leaves only by a read of all.
    const isNewHour = floorToBucket(nowMs, 'hour') !== floorToBucket(readAllAtMs, 'hour')
    return isNewHour || nowMs - readAllAtMs >= READ_ALL_MS
  }

  async function readOnce(isAllWanted: boolean): Promise<void> {
    const client = await connection.client()
    const nowMs = Date.now()
    const extent = isAllWanted || isAllDue(nowMs) ? 'all' : 'recent'
    if (extent === 'all') await nameEndpoints(client, board)
    const read = await readBoard({ client, nowMs, extent })
    if (read.minutes.some(({ endpointId }) => !board.knows(endpointId))) await nameEndpoints(client, board)
    board.apply(read)
    if (extent === 'all') readAllAtMs = nowMs
  }

  return {
    epoch: `${Date.now().toString(36)}${randomBytes(4).toString('hex')}`,
    board,
    hasRead: () => readAllAtMs !== null,
    read: async ({ isAllWanted }) => {
      try {
        await readOnce(isAllWanted)
      } catch (error) {
        await connection.close()
        throw error
      }
    },
    close: () => connection.close(),
  }
}

async function nameEndpoints(client: pg.Client, board: EndpointBoard): Promise<void> {
  const { rows } = await client.query<{ endpointId: number; provider: string; name: string | null }>(`
    SELECT endpoint.id AS "endpointId", provider.slug AS provider, provider.name
    FROM endpoint JOIN provider ON provider.id = endpoint.provider_id ORDER BY endpoint.id`)
  board.addEndpoints(
    rows.map(({ endpointId, provider, name }) => ({
      endpointId,
      provider,
      providerName: name ?? labelOf('provider', provider),
    })),
  )
}
