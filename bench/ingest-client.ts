import { performance } from 'node:perf_hooks'
import pg from 'pg'
import { Pool } from 'undici'
import { INBOX_TABLES } from '../lib/recorder/families'

/** Posts bodies to /api/v1/ingest over some connections until `nextBody` has no more; resolves to the records accepted. */
export async function postBodies({
  server,
  connections,
  nextBody,
}: {
  server: { url: string; apiKey: string }
  connections: number
  nextBody: () => Buffer | undefined
}): Promise<number> {
  const pool = new Pool(server.url, { connections, pipelining: 1 })
  let accepted = 0
  const worker = async () => {
    for (let body = nextBody(); body; body = nextBody()) {
      const answer = await pool.request({
        path: '/api/v1/ingest',
        method: 'POST',
        headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
        body,
      })
      const text = await answer.body.text()
      if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${text}`)
      const parsed: { accepted: number } = JSON.parse(text)
      accepted += parsed.accepted
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  await pool.close()
  return accepted
}

/** Seconds until the inboxes are empty. */
export async function waitForFolder(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const startedAt = performance.now()
  for (;;) {
    const { rows } = await client.query<{ waiting: boolean }>(
      `SELECT ${INBOX_TABLES.map((table) => `EXISTS (SELECT 1 FROM ${table})`).join(' OR ')} AS waiting`,
    )
    if (!rows[0]?.waiting) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await client.end()
  return (performance.now() - startedAt) / 1000
}
