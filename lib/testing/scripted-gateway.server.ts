import pg from 'pg'
import { readEnvironment } from '../platform/env.server'
import type { Attempt } from '../records/request-record'
import type { ApiShape } from '../records/vocabulary'
import { openGatewayOfShapes } from './gateway-of-shapes.server'
import { type Script, startScriptedProviders } from './scripted-providers.server'

/** An attempt as it is stored. */
export type StoredAttempt = Pick<Attempt, 'provider' | 'errorClass' | 'finishReason' | 'toolCalls'> & {
  structuredOutput: Attempt['structuredOutput'] | null
}

export type ScriptedGateway = Awaited<ReturnType<typeof startScriptedGateway>>

/**
 * The gateway of every shape before providers that each answer as a test says, and what it stored of them. `name` keeps
 * its models and providers apart from those of other tests.
 */
export async function startScriptedGateway(name: string) {
  const scripts = new Map<string, Script>()
  const providers = await startScriptedProviders((asked, response) =>
    scripts.get(asked.provider)?.(asked, response),
  )
  const gateway = await openGatewayOfShapes(providers, { silenceMs: 15_000, answerMs: 15_000 })
  const client = new pg.Client({ connectionString: readEnvironment().DATABASE_URL })
  await client.connect()
  let models = 0

  return {
    send: gateway.send,
    post: gateway.post,
    /** A model of its own at these providers, to be asked in this order. */
    async connect(
      list: readonly { shape: ApiShape; script: Script }[],
      { apiKey }: { apiKey?: string } = {},
    ) {
      models += 1
      const model = `${name}/model-${models}`
      const connected = list.map(({ shape, script }, index) => {
        const slug = `${name}-${models}-${index}`
        scripts.set(slug, script)
        return { slug, shape, apiKey }
      })
      await gateway.connect(model, connected)
      return { model, provider: { order: connected.map(({ slug }) => slug) } }
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
      await gateway.close()
      await client.end()
      providers.close()
    },
  }
}
