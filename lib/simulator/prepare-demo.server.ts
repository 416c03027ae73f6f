import { connectInBulk } from '../catalog/connect-in-bulk.server'
import { db } from '../platform/db.server'
import { createPreset } from '../presets/create-preset.server'
import { createRule } from '../use-cases/create-rule.server'
import { DEMO_PRESETS } from './demo-presets'
import { DEMO_USE_CASE_RULES } from './demo-use-case-rules'
import { API_SHAPE_OF } from './simulated-shape'
import type { World } from './world'

const MICRO_USD_PER_MTOK = 1e12

/**
 * Connects the world's providers to the simulated upstream at `upstreamUrl`, configures their endpoints, and creates
 * the demo's presets that are not there yet, and its use-case rules. Quick, since it runs at every start: the upstream's port changes.
 */
export async function prepareDemo({
  world,
  upstreamUrl,
  actor,
}: {
  world: World
  upstreamUrl: string
  actor: string
}): Promise<void> {
  await connectInBulk({
    providers: world.providers.map(({ slug, shape }) => ({
      slug,
      name: titleOf(slug),
      baseUrl: `${upstreamUrl}/${slug}/v1`,
      apiShape: API_SHAPE_OF[shape],
    })),
    endpoints: world.models.flatMap(({ slug, endpoints }) =>
      endpoints.map((endpoint) => ({
        model: slug,
        provider: endpoint.provider.slug,
        promptMicroUsdPerMTok: Math.round(endpoint.promptPrice * MICRO_USD_PER_MTOK),
        cachedMicroUsdPerMTok: Math.round(endpoint.cachedPrice * MICRO_USD_PER_MTOK),
        completionMicroUsdPerMTok: Math.round(endpoint.completionPrice * MICRO_USD_PER_MTOK),
        contextLength: endpoint.contextLength,
        quantization: endpoint.quantization,
      })),
    ),
  })
  const known = await db().preset.findMany({ select: { slug: true } })
  const slugs = new Set(known.map(({ slug }) => slug))
  for (const input of DEMO_PRESETS) if (!slugs.has(input.slug)) await createPreset({ input, actor })
  await createRulesOnce(actor)
}

/** Only at the first start: rules have no names by which a deleted one could be told from a missing one. */
async function createRulesOnce(actor: string): Promise<void> {
  const made = await db().auditLog.count({ where: { action: 'use-case-rule.create' } })
  if (made > 0) return
  for (const input of DEMO_USE_CASE_RULES) await createRule({ input, actor })
}

/** `turbine-hall` is called Turbine Hall. */
function titleOf(slug: string): string {
  return slug.replaceAll(/(^|-)[a-z]/g, (start) => start.replace('-', ' ').toUpperCase())
}
