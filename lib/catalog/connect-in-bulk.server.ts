import { db } from '../platform/db.server'
import { authorOf } from '../records/model-name'
import type { ApiShape, Quantization } from '../records/vocabulary'
import { noteCatalogChange } from './catalog-changes.server'

export type BulkProvider = { slug: string; name: string; baseUrl: string; apiShape: ApiShape }
/** Prices are micro-USD per million tokens, `contextLength` tokens. */
export type BulkEndpoint = {
  model: string
  provider: string
  promptMicroUsdPerMTok: number
  cachedMicroUsdPerMTok: number
  completionMicroUsdPerMTok: number
  contextLength: number
  quantization: Quantization
}

/**
 * Connects many providers of this machine's loopback and configures their endpoints, in one transaction of a few
 * statements. What somebody has set by hand stays: a provider is only moved when it has no address yet or one that an
 * earlier call gave it (the same path on loopback, another port), an endpoint only configured when it never was.
 */
export async function connectInBulk({
  providers,
  endpoints,
}: {
  providers: readonly BulkProvider[]
  endpoints: readonly BulkEndpoint[]
}): Promise<void> {
  await db().$transaction([
    insertProviders(providers),
    insertAuthors(endpoints),
    insertModels(endpoints),
    insertEndpoints(endpoints),
  ])
  noteCatalogChange()
}

function insertProviders(providers: readonly BulkProvider[]) {
  return db().$executeRaw`
    INSERT INTO provider (slug, name, base_url, api_shape, allow_private_network)
    SELECT slug, name, base_url, api_shape::text, true
    FROM unnest(
      ${providers.map(({ slug }) => slug)}::text[], ${providers.map(({ name }) => name)}::text[],
      ${providers.map(({ baseUrl }) => baseUrl)}::text[], ${providers.map(({ apiShape }) => apiShape)}::text[]
    ) AS given (slug, name, base_url, api_shape)
    ORDER BY slug
    ON CONFLICT (slug) DO UPDATE SET
      name = coalesce(provider.name, excluded.name), base_url = excluded.base_url, api_shape = excluded.api_shape,
      allow_private_network = true, updated_at = now()
    WHERE provider.base_url IS NULL OR (
      provider.base_url LIKE 'http://127.0.0.1:%'
      AND regexp_replace(provider.base_url, '^http://[^/]*', '') = regexp_replace(excluded.base_url, '^http://[^/]*', '')
    )`
}

function insertAuthors(endpoints: readonly BulkEndpoint[]) {
  const authors = [...new Set(endpoints.map(({ model }) => authorOf(model)))]
  return db().$executeRaw`
    INSERT INTO author (slug) SELECT unnest(${authors}::text[]) ORDER BY 1 ON CONFLICT (slug) DO NOTHING`
}

function insertModels(endpoints: readonly BulkEndpoint[]) {
  const models = [...new Set(endpoints.map(({ model }) => model))]
  return db().$executeRaw`
    INSERT INTO model (slug, author_id)
    SELECT given.slug, author.id
    FROM unnest(${models}::text[], ${models.map(authorOf)}::text[]) AS given (slug, author)
    JOIN author ON author.slug = given.author
    ORDER BY 1
    ON CONFLICT (slug) DO NOTHING`
}

function insertEndpoints(endpoints: readonly BulkEndpoint[]) {
  const column = <K extends keyof BulkEndpoint>(key: K) => endpoints.map((endpoint) => endpoint[key])
  return db().$executeRaw`
    INSERT INTO endpoint (
      model_id, provider_id, upstream_model, prompt_micro_usd_per_mtok, cached_micro_usd_per_mtok,
      completion_micro_usd_per_mtok, context_length, quantization, supports_tools, enabled
    )
    SELECT model.id, provider.id, given.model, prompt, cached, completion, context_length, quantization, true, true
    FROM unnest(
      ${column('model')}::text[], ${column('provider')}::text[], ${column('promptMicroUsdPerMTok')}::bigint[],
      ${column('cachedMicroUsdPerMTok')}::bigint[], ${column('completionMicroUsdPerMTok')}::bigint[],
      ${column('contextLength')}::int[], ${column('quantization')}::text[]
    ) AS given (model, provider, prompt, cached, completion, context_length, quantization)
    JOIN model ON model.slug = given.model
    JOIN provider ON provider.slug = given.provider
    ORDER BY 1, 2
    ON CONFLICT (model_id, provider_id) DO UPDATE SET
      upstream_model = excluded.upstream_model,
      prompt_micro_usd_per_mtok = excluded.prompt_micro_usd_per_mtok,
      cached_micro_usd_per_mtok = excluded.cached_micro_usd_per_mtok,
      completion_micro_usd_per_mtok = excluded.completion_micro_usd_per_mtok,
      context_length = excluded.context_length, quantization = excluded.quantization,
      supports_tools = true, enabled = true, updated_at = now()
    WHERE endpoint.upstream_model IS NULL`
}
