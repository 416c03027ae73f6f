import { QUANTIZATIONS, type Quantization } from '../records/vocabulary'
import { PROVIDER_TEMPLATES } from './templates'

/** A provider as this installation knows it. */
export type KnownProvider = { slug: string; name: string }

/** One provider that somebody named, by its slug, and the variant of it that they meant. */
export type NamedProvider = { slug: string; quantization: Quantization | null }

/**
 * The provider that somebody means by a name in any spelling: our slug or display name in any case, with blanks, dashes
 * or underscores, or a name it has elsewhere (`Amazon Bedrock`, `aws.bedrock`, `Together AI`). After a slash stands a
 * variant, as OpenRouter writes them (`deepinfra/fp8`, `deepinfra/turbo`): a quantization narrows, others mean the
 * provider. Several are meant where several go by one name. A name of nobody stays as it was asked, and matches nothing.
 */
export function resolveProviderName({
  known,
  asked,
}: {
  known: readonly KnownProvider[]
  asked: string
}): NamedProvider[] {
  const exact = known.find(({ slug }) => slug === asked)
  if (exact) return [{ slug: exact.slug, quantization: null }]
  const slash = asked.indexOf('/')
  const name = slash < 0 ? asked : asked.slice(0, slash)
  const variant = slash < 0 ? '' : asked.slice(slash + 1).toLowerCase()
  const quantization = QUANTIZATIONS.find((level) => level === variant) ?? null
  const meant = slugsOf(known, keyOf(name))
  return meant.length === 0
    ? [{ slug: asked, quantization: null }]
    : meant.map((slug) => ({ slug, quantization }))
}

/** The same for a list, in its order, each once, written as `slug` or `slug/quantization`. */
export function resolveProviderNames({
  known,
  asked,
}: {
  known: readonly KnownProvider[]
  asked: readonly string[]
}): string[] {
  const names = asked.flatMap((one) =>
    resolveProviderName({ known, asked: one }).map(({ slug, quantization }) =>
      quantization === null ? slug : `${slug}/${quantization}`,
    ),
  )
  return [...new Set(names)]
}

/** Whether a resolved name means this endpoint. */
export function namesEndpoint(
  name: string,
  { provider, quantization }: { provider: string; quantization: Quantization | null },
): boolean {
  if (name === provider) return true
  return quantization !== null && name === `${provider}/${quantization}`
}

function slugsOf(known: readonly KnownProvider[], key: string): string[] {
  const bySlug = known.filter(({ slug }) => keyOf(slug) === key)
  if (bySlug.length > 0) return bySlug.map(({ slug }) => slug)
  const byName = known.filter(({ name }) => keyOf(name) === key)
  if (byName.length > 0) return byName.map(({ slug }) => slug)
  const spellings = SPELLINGS.get(key)
  if (spellings === undefined) return []
  return known
    .filter(({ slug, name }) => spellings.has(keyOf(slug)) || spellings.has(keyOf(name)))
    .map(({ slug }) => slug)
}

/** What is left of a name when its spelling does not matter. */
function keyOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

/** Every spelling of a well-known provider, to all of them. */
const SPELLINGS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  PROVIDER_TEMPLATES.flatMap(({ slug, name, aliases }) => {
    const keys = new Set([slug, name, name.replace(/\s*\(.*\)$/, ''), ...aliases].map(keyOf))
    return [...keys].map((key) => [key, keys] as const)
  }),
)
