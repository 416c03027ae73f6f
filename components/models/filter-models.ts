import type { ModelRow } from '@/lib/analytics/models/schema'

/** What narrows the catalogue; null = not narrowed by it. */
export type ModelFilter = {
  /** Every word must be in the name, the `author/slug` or another name. */
  q: string
  author: string | null
  /** Only models that are known to call tools. */
  tools: boolean
  /** Context of at least that many tokens. */
  context: number | null
  /** A prompt price of at most that many dollars per million tokens. */
  price: number | null
}

/** The rows that fit; a model whose context or price is not known fits no limit on it. */
export function filterModels(rows: readonly ModelRow[], filter: ModelFilter): ModelRow[] {
  const isSearched = matcher(filter.q)
  return rows.filter(
    (row) =>
      isSearched(row) &&
      (filter.author === null || row.author === filter.author) &&
      (!filter.tools || row.supportsTools === true) &&
      (filter.context === null || (row.contextLength ?? 0) >= filter.context) &&
      (filter.price === null || (row.promptUsdPerMTok !== null && row.promptUsdPerMTok <= filter.price)),
  )
}

/** Whether a model is searched for: every word of `q`, in whatever case, stands in one of its names. */
export function matcher(q: string): (row: { model: string; name: string; aliases?: string[] }) => boolean {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  return ({ model, name, aliases = [] }) => {
    const text = [model, name, ...aliases].join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  }
}
