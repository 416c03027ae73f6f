import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { createApiKey } from '../access/manage-keys.server'
import { putEndpoint } from '../catalog/put-endpoint.server'
import { putProvider } from '../catalog/put-provider.server'
import { putProviderBody } from '../catalog/schema'
import { createDataPlane } from '../data-plane/data-plane.server'
import { createRequestLog } from '../gateway/request-log.server'
import { readEnvironment } from '../platform/env.server'
import type { JsonObject } from '../platform/json-value'
import { createRecorder } from '../recorder/recorder.server'
import type { Attempt } from '../records/request-record'
import type { ApiShape } from '../records/vocabulary'

/** How a provider answers one request. */
export type Script = (request: { body: JsonObject; response: ServerResponse }) => void | Promise<void>

/** An attempt as it is stored. */
export type StoredAttempt = Pick<Attempt, 'provider' | 'errorClass' | 'finishReason' | 'toolCalls'> & {
  structuredOutput: Attempt['structuredOutput'] | null
}

export type ScriptedGateway = Awaited<ReturnType<typeof startScriptedGateway>>

/**
 * The gateway with its real parts (Postgres, recorder, sockets) before providers that answer as a test says. `name`
 * keeps its models and providers apart from those of other tests.
 */
export async function startScriptedGateway(name: string) {
  const scripts = new Map<string, Script>()
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const provider = request.url?.split('/')[1] ?? ''
    await scripts.get(provider)?.({ body: JSON.parse(text) as JsonObject, response })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { DATABASE_URL: databaseUrl = '' } = readEnvironment()
  const recorder = createRecorder({ databaseUrl })
  const requestLog = createRequestLog(recorder)
  const budget = { silenceMs: 15_000, answerMs: 15_000 }
  const dataPlane = createDataPlane({ recorder, requestLog, budget })
  const { key } = await createApiKey({
    name,
    scopes: ['gateway', 'read'],
    requestsPerMinute: null,
    actor: 'test',
  })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  let models = 0

  return {
    /** A model of its own at these providers, to be asked in this order. */
    async connect(
      providers: readonly { shape: ApiShape; script: Script }[],
      { apiKey }: { apiKey?: string } = {},
    ) {
      models += 1
      const model = `${name}/model-${models}`
      const order = providers.map((_, index) => `${name}-${models}-${index}`)
      for (const [index, { shape, script }] of providers.entries()) {
        const slug = order[index] ?? ''
        scripts.set(slug, script)
        const connection = { name: slug, apiShape: shape, baseUrl: `${root}/${slug}/v1` }
        const body = putProviderBody.parse({ ...connection, ...(apiKey === undefined ? {} : { apiKey }) })
        await putProvider({ slug, body, actor: 'test' })
        const endpoint = { model, provider: slug, upstreamModel: 'upstream' }
        await putEndpoint({ body: endpoint, actor: 'test', nowMs: Date.now() })
      }
      return { model, provider: { order } }
    },
    async post(path: string, body: JsonObject): Promise<Response> {
      return dataPlane.fetch(
        new Request(`http://gateway.test${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      )
    },
    /** The attempts of an answer as they are stored, in order; waits until they are. */
    async attemptsOf(response: Response): Promise<StoredAttempt[]> {
      const id = response.headers.get('x-generation-id')
      for (let tries = 0; tries < 800; tries++) {
        const { rows } = await client.query<StoredAttempt>(
          `SELECT provider.slug AS provider, attempt.error_class AS "errorClass",
             attempt.finish_reason AS "finishReason", attempt.tool_calls AS "toolCalls",
             attempt.structured_output AS "structuredOutput"
           FROM request_log JOIN attempt ON request_id = request_log.id AND request_started_at = request_log.started_at
             JOIN endpoint ON endpoint.id = attempt.endpoint_id JOIN provider ON provider.id = endpoint.provider_id
           WHERE external_id = $1 ORDER BY attempt_index`,
          [id],
        )
        if (rows.length > 0) return rows
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error(`${id} was never recorded`)
    },
    /** Columns of the database that hold a text anywhere, as `table.column`. */
    async columnsHolding(text: string): Promise<string[]> {
      const { rows: columns } = await client.query<{ name: string; table: string }>(
        `SELECT column_name AS name, table_name AS table FROM information_schema.columns
         WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb', 'json', 'ARRAY', 'character varying')`,
      )
      const held: string[] = []
      for (const { name, table } of columns) {
        const { rows } = await client.query(
          `SELECT 1 FROM "${table}" WHERE strpos("${name}"::text, $1) > 0 LIMIT 1`,
          [text],
        )
        if (rows.length > 0) held.push(`${table}.${name}`)
      }
      return held
    },
    async close(): Promise<void> {
      await requestLog.close()
      await recorder.close()
      await client.end()
      server.close()
    },
  }
}
