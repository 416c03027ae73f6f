import type { PresetConfig } from './schema'

const SORTS = {
  price: 'cheapest first',
  throughput: 'fastest output first',
  latency: 'quickest first token first',
  exacto: 'best tool calls first',
} as const

/** A preset's provider routing in a few words, most telling first: "helios, then borealis; no fallbacks". */
export function describeRouting(config: PresetConfig): string {
  const { order, only, ignore, sort, allow_fallbacks, max_price, ...provider } = config.provider ?? {}
  const by = typeof sort === 'object' && sort !== null ? sort.by : sort
  const { prompt, completion } = max_price ?? {}
  const parts = [
    order?.length ? order.join(', then ') : null,
    by ? SORTS[by] : null,
    only?.length && !isSameSet(only, order ?? []) ? `only ${only.join(', ')}` : null,
    ignore?.length ? `never ${ignore.join(', ')}` : null,
    allow_fallbacks === false ? 'no fallbacks' : null,
    prompt === undefined ? null : `prompt at most $${prompt}/M`,
    completion === undefined ? null : `completion at most $${completion}/M`,
    provider.quantizations?.length ? provider.quantizations.join(' or ') : null,
    provider.data_collection === 'deny' ? 'no data collection' : null,
    provider.require_parameters ? 'all parameters supported' : null,
    provider.preferred_min_throughput ? 'prefers fast output' : null,
    provider.preferred_max_latency ? 'prefers a quick first token' : null,
    config.tool_call_guard === 'retry' ? 'bad tool calls are retried' : null,
    config.structured_output_guard === 'retry' ? 'bad structured output is retried' : null,
    config.continue_broken_streams ? 'broken streams go on elsewhere' : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'by price, speed and health' : parts.join('; ')
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item))
}
