import type pg from 'pg'
import { ADVISORY_LOCKS } from '../platform/advisory-locks'
import { authorOf } from '../records/model-name'
import { modelOfSpelling } from '../records/model-spelling'
import type { RequestRecord } from '../records/request-record'
import { type CatalogIds, MAX_TOOLS, toolNameOf } from './catalog-ids'
import { inTransaction } from './transaction.server'

type NamedTable = 'author' | 'provider' | 'app' | 'use_case' | 'preset_name'

/** Turns the names in records into the database's ids, creating what is seen for the first time. */
export type CatalogCache = {
  /** Makes sure every name of the records has an id; asks the database only for names not seen before. */
  learn: (client: pg.ClientBase, records: readonly RequestRecord[]) => Promise<void>
  /** The ids of a record; null when one of its names was not learned yet. */
  idsOf: (record: RequestRecord, apiKeyId: number) => CatalogIds | null
}

/** Id 0 is the row "the log names none" of provider and app, and "not set" of use case and preset. */
const UNNAMED = 0
/** Id 0 of tool: the names beyond the most that are kept. */
const OTHER_TOOLS = 0
const NO_TOOLS: number[] = []

type KnownTools = {
  ids: Map<string, number>
  /** Whether as many are kept as ever will be, so that a name not among them is one of the others. */
  areAllKnown: boolean
}

/** Keeps ids in memory: they never change once given. */
export function createCatalogCache(): CatalogCache {
  const named: Record<NamedTable, Map<string, number>> = {
    author: new Map(),
    provider: new Map(),
    app: new Map(),
    use_case: new Map(),
    preset_name: new Map(),
  }
  const models = new Map<string, number>()
  /** By model id, then provider id. */
  const endpoints = new Map<number, Map<number, number>>()
  const tools: KnownTools = { ids: new Map(), areAllKnown: false }

  const idOf = (table: NamedTable, slug: string | null) => (slug === null ? UNNAMED : named[table].get(slug))

  async function learn(client: pg.ClientBase, records: readonly RequestRecord[]): Promise<void> {
    const missing = missingNames(named, models, records)
    for (const table of Object.keys(named) as NamedTable[]) {
      await learnNames(client, table, missing[table], named[table])
    }
    await learnModels(client, missing.model, named.author, models)
    await learnEndpoints(client, missingEndpoints(records, models, named.provider, endpoints), endpoints)
    await learnTools(client, missingTools(records, tools), tools)
  }

  function idsOf(record: RequestRecord, apiKeyId: number): CatalogIds | null {
    const modelId = models.get(record.model)
    const appId = idOf('app', record.app)
    const useCaseId = idOf('use_case', record.useCase)
    const presetId = idOf('preset_name', record.preset)
    if (modelId === undefined || appId === undefined || useCaseId === undefined || presetId === undefined)
      return null
    const endpointIds: number[] = []
    let toolIds = NO_TOOLS
    let providerId = UNNAMED
    for (const attempt of record.attempts) {
      const attemptProviderId = idOf('provider', attempt.provider)
      if (attemptProviderId === undefined) return null
      providerId = attemptProviderId
      const attemptModelId = attempt.model === undefined ? modelId : models.get(attempt.model)
      if (attemptModelId === undefined) return null
      const endpointId = endpoints.get(attemptModelId)?.get(providerId)
      if (endpointId === undefined) return null
      endpointIds.push(endpointId)
      if (attempt.toolCalls === null || attempt.toolCalls.length === 0) continue
      if (toolIds === NO_TOOLS) toolIds = []
      for (const { name } of attempt.toolCalls) {
        const toolId = toolIdOf(tools, name)
        if (toolId === undefined) return null
        toolIds.push(toolId)
      }
    }
    return { apiKeyId, modelId, appId, useCaseId, presetId, providerId, endpointIds, toolIds }
  }

  return { learn, idsOf }
}

function missingNames(
  named: Record<NamedTable, Map<string, number>>,
  models: Map<string, number>,
  records: readonly RequestRecord[],
) {
  const missing = {
    author: new Set<string>(),
    provider: new Set<string>(),
    app: new Set<string>(),
    use_case: new Set<string>(),
    preset_name: new Set<string>(),
    model: new Set<string>(),
  }
  const note = (table: NamedTable, slug: string | null) => {
    if (slug !== null && !named[table].has(slug)) missing[table].add(slug)
  }
  const noteModel = (model: string) => {
    if (models.has(model)) return
    missing.model.add(model)
    note('author', authorOf(model))
    note('author', authorOf(modelOfSpelling(model)))
  }
  for (const record of records) {
    noteModel(record.model)
    note('app', record.app)
    note('use_case', record.useCase)
    note('preset_name', record.preset)
    for (const attempt of record.attempts) {
      note('provider', attempt.provider)
      if (attempt.model !== undefined) noteModel(attempt.model)
    }
  }
  return missing
}

async function learnNames(
  client: pg.ClientBase,
  table: NamedTable,
  slugs: Set<string>,
  known: Map<string, number>,
): Promise<void> {
  if (slugs.size === 0) return
  const wanted = [...slugs]
  // Sorted, so that two processes that meet the same new names take their locks in one order.
  await client.query(
    `INSERT INTO ${table} (slug) SELECT unnest($1::text[]) ORDER BY 1 ON CONFLICT (slug) DO NOTHING`,
    [wanted],
  )
  const found = await client.query<{ id: number; slug: string }>(
    `SELECT id, slug FROM ${table} WHERE slug = ANY($1)`,
    [wanted],
  )
  for (const row of found.rows) known.set(row.slug, row.id)
}

/** A spelling that is seen for the first time is another name of its model; what an operator says of it later stays. */
async function learnModels(
  client: pg.ClientBase,
  slugs: Set<string>,
  authors: Map<string, number>,
  known: Map<string, number>,
): Promise<void> {
  if (slugs.size === 0) return
  const wanted = [...slugs]
  const models = wanted.map(modelOfSpelling)
  const authorIds = (names: readonly string[]) => names.map((name) => authors.get(authorOf(name)) ?? UNNAMED)
  await client.query(
    `INSERT INTO model (slug, author_id) SELECT DISTINCT * FROM unnest($1::text[], $2::int[]) ORDER BY 1
     ON CONFLICT (slug) DO NOTHING`,
    [models, authorIds(models)],
  )
  await client.query(
    `INSERT INTO model (slug, author_id, alias_of)
     SELECT spelling, wanted.author_id, coalesce(model.alias_of, model.id)
     FROM unnest($1::text[], $2::int[], $3::text[]) AS wanted (spelling, author_id, name)
       JOIN model ON model.slug = wanted.name WHERE spelling <> wanted.name ORDER BY 1
     ON CONFLICT (slug) DO NOTHING`,
    [wanted, authorIds(wanted), models],
  )
  const found = await client.query<{ id: number; slug: string }>(
    'SELECT id, slug FROM model WHERE slug = ANY($1)',
    [wanted],
  )
  for (const row of found.rows) known.set(row.slug, row.id)
}

function missingEndpoints(
  records: readonly RequestRecord[],
  models: Map<string, number>,
  providers: Map<string, number>,
  endpoints: Map<number, Map<number, number>>,
): { modelIds: number[]; providerIds: number[] } {
  const seen = new Set<string>()
  const modelIds: number[] = []
  const providerIds: number[] = []
  for (const record of records) {
    for (const attempt of record.attempts) {
      const modelId = models.get(attempt.model ?? record.model) ?? UNNAMED
      const providerId = attempt.provider === null ? UNNAMED : (providers.get(attempt.provider) ?? UNNAMED)
      if (endpoints.get(modelId)?.has(providerId)) continue
      const pair = `${modelId}:${providerId}`
      if (seen.has(pair)) continue
      seen.add(pair)
      modelIds.push(modelId)
      providerIds.push(providerId)
    }
  }
  return { modelIds, providerIds }
}

async function learnEndpoints(
  client: pg.ClientBase,
  { modelIds, providerIds }: { modelIds: number[]; providerIds: number[] },
  known: Map<number, Map<number, number>>,
): Promise<void> {
  if (modelIds.length === 0) return
  const pairs = [modelIds, providerIds]
  await client.query(
    `INSERT INTO endpoint (model_id, provider_id) SELECT * FROM unnest($1::int[], $2::int[]) ORDER BY 1, 2
     ON CONFLICT (model_id, provider_id) DO NOTHING`,
    pairs,
  )
  const found = await client.query<{ id: number; model_id: number; provider_id: number }>(
    `SELECT id, model_id, provider_id FROM endpoint
     WHERE (model_id, provider_id) IN (SELECT * FROM unnest($1::int[], $2::int[]))`,
    pairs,
  )
  for (const row of found.rows) {
    const ofModel = known.get(row.model_id) ?? new Map<number, number>()
    known.set(row.model_id, ofModel.set(row.provider_id, row.id))
  }
}

function toolIdOf({ ids, areAllKnown }: KnownTools, name: string): number | undefined {
  return ids.get(name) ?? ids.get(toolNameOf(name)) ?? (areAllKnown ? OTHER_TOOLS : undefined)
}

function missingTools(records: readonly RequestRecord[], known: KnownTools): Set<string> {
  const missing = new Set<string>()
  for (const record of records) {
    for (const { toolCalls } of record.attempts) {
      for (const { name } of toolCalls ?? []) {
        if (toolIdOf(known, name) === undefined) missing.add(toolNameOf(name))
      }
    }
  }
  return missing
}

/** Adds names as long as there is room. A name keeps for ever what it is given here, so that a rebuild counts alike. */
async function learnTools(client: pg.ClientBase, names: Set<string>, known: KnownTools): Promise<void> {
  if (names.size === 0) return
  const ids = await inTransaction(client, async () => {
    // No name is refused by one process and kept by another.
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.toolNames])
    await client.query(
      `INSERT INTO tool (name)
       SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (SELECT FROM tool WHERE tool.name = name.name)
       ORDER BY name LIMIT greatest(0, $2 - (SELECT count(*) FROM tool WHERE id <> $3))`,
      [[...names], MAX_TOOLS, OTHER_TOOLS],
    )
    return await readToolIds(client)
  })
  known.ids = ids
  known.areAllKnown = ids.size >= MAX_TOOLS
}

/** Ids of all tools by the name they are kept under. */
export async function readToolIds(client: pg.ClientBase): Promise<Map<string, number>> {
  const found = await client.query<{ id: number; name: string }>('SELECT id, name FROM tool WHERE id <> $1', [
    OTHER_TOOLS,
  ])
  return new Map(found.rows.map((row) => [row.name, row.id]))
}
