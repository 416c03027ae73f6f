import pg from 'pg'
import { createApiKey } from '../access/manage-keys.server'
import type { RouteHandler } from '../access/route.server'
import type { WireRecord } from '../formats/sightglass/schema'
import { toRecord } from '../formats/sightglass/to-record'
import { readEnvironment } from '../platform/env.server'
import { createRecorder } from '../recorder/recorder.server'
import { createCheckBudget } from '../records/check-budget'
import { foldAll } from './fold-all.server'

/** A database that takes wire records as ingest does, and the dashboard's routes over it, for one test file. */
export type RecordedTraffic = {
  /** Records them all; throws when one is refused or was there already. */
  send: (records: readonly WireRecord[]) => Promise<void>
  /** Moves everything that waits into the rollups. */
  fold: () => Promise<void>
  /** What a route answers to a reader with a key. Throws unless the status is 200. */
  get: (
    handler: RouteHandler,
    address: { path: string; params?: Record<string, string> },
  ) => Promise<Record<string, unknown>>
  /** The same database for SQL written apart from the product's. */
  client: pg.Client
  close: () => Promise<void>
}

/** Opens the test file's own database for `RecordedTraffic`. */
export async function recordTraffic(): Promise<RecordedTraffic> {
  const databaseUrl = readEnvironment().DATABASE_URL ?? ''
  const { id: apiKeyId, key } = await createApiKey({ name: 'traffic', scopes: ['read'], actor: 'test' })
  const recorder = createRecorder({ databaseUrl })
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c timezone=UTC' })
  await client.connect()

  async function send(wireRecords: readonly WireRecord[]): Promise<void> {
    const body = { nowMs: Date.now(), unknownFields: new Set<string>(), budget: createCheckBudget() }
    const records = wireRecords.map((wire) => {
      const result = toRecord(wire, body)
      if (!result.ok) throw new Error(`${wire.id}: ${JSON.stringify(result.errors)}`)
      return result.record
    })
    const { accepted } = await recorder.record(records, { apiKeyId })
    if (accepted !== records.length) throw new Error(`${accepted} of ${records.length} records were new`)
  }

  const get: RecordedTraffic['get'] = async (handler, { path, params = {} }) => {
    const request = new Request(`http://sightglass.test${path}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const response = await handler(request, { params: Promise.resolve(params) })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`)
    return JSON.parse(text)
  }

  return {
    send,
    fold: () => foldAll(client),
    get,
    client,
    close: async () => {
      await recorder.close()
      await client.end()
    },
  }
}
