import { resolveProviderNames } from '../catalog/provider-names'
import { db } from '../platform/db.server'
import type { PresetConfig } from './schema'

/**
 * A config as it is stored: providers named in any spelling stand in it by their slugs; a name of nobody stays, and
 * matches once somebody connects such a provider.
 */
export async function withKnownProviders(config: PresetConfig): Promise<PresetConfig> {
  const { provider } = config
  if (!provider?.order && !provider?.only && !provider?.ignore) return config
  const rows = await db().provider.findMany({ select: { slug: true, name: true, baseUrl: true } })
  // Those only known from logs come last: they have no name that a person gave.
  const known = rows
    .sort((a, b) => Number(a.baseUrl === null) - Number(b.baseUrl === null))
    .map(({ slug, name }) => ({ slug, name: name ?? slug }))
  const resolved = { ...provider }
  for (const list of ['order', 'only', 'ignore'] as const) {
    const asked = provider[list]
    if (asked) resolved[list] = resolveProviderNames({ known, asked })
  }
  return { ...config, provider: resolved }
}
