/** A map that keeps the `limit` entries written last: the oldest one leaves when a new one does not fit. */
export type BoundedCache<V> = {
  get: (key: string) => V | undefined
  set: (key: string, value: V) => void
  delete: (key: string) => void
}

/** An empty cache for at most `limit` entries. */
export function createBoundedCache<V>({ limit }: { limit: number }): BoundedCache<V> {
  const entries = new Map<string, V>()
  return {
    get: (key) => entries.get(key),
    set: (key, value) => {
      entries.delete(key)
      entries.set(key, value)
      if (entries.size <= limit) return
      for (const oldest of entries.keys()) {
        entries.delete(oldest)
        return
      }
    },
    delete: (key) => {
      entries.delete(key)
    },
  }
}
