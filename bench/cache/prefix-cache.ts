/** What a provider keeps of the prompts it has read, in blocks; as much as comes. */
export type PrefixCache = {
  /** How many of a prompt's first blocks it had kept; keeps all of them. */
  read: (blocks: readonly number[]) => number
  /** Blocks of all prompts, and those of them that it had kept. */
  totals: () => { blocks: number; reused: number }
}

/** An empty cache. Its blocks are named by all that stands before them, so knowing one means knowing its prefix. */
export function createPrefixCache(): PrefixCache {
  const kept = new Set<number>()
  let blocks = 0
  let reused = 0
  return {
    read: (prompt) => {
      const missing = prompt.findIndex((id) => !kept.has(id))
      const hits = missing < 0 ? prompt.length : missing
      for (const id of prompt) kept.add(id)
      blocks += prompt.length
      reused += hits
      return hits
    },
    totals: () => ({ blocks, reused }),
  }
}
