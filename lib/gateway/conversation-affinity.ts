/** Where a conversation was served last, and how much of its prompt the provider had kept. */
export type LastServed = {
  endpointId: number
  /** Cached ÷ prompt tokens, 0–1; null when the provider does not say. */
  cachedShare: number | null
}

/** How long after its last request a conversation stays where it is. Source: OpenRouter's sticky routing. */
export const AFFINITY_MS = 600_000

export type ConversationAffinity = {
  /** Where a conversation was last served with a model; null when never, or too long ago. */
  lastServed: (conversation: string, model: string, nowMs: number) => LastServed | null
  /** Notes an answer. A failure is not noted: the conversation stays where it was. */
  note: (conversation: string, model: string, served: LastServed & { nowMs: number }) => void
  /** Conversations that are remembered. */
  size: () => number
}

/**
 * What is remembered of conversations, the `limit` last served ones at most. It belongs to one process: others only
 * agree on where a conversation begins, since they draw by the conversation too.
 */
export function createConversationAffinity({ limit }: { limit: number }): ConversationAffinity {
  // A Map keeps the order of insertion, so its first entry is the one served longest ago.
  const entries = new Map<string, LastServed & { nowMs: number }>()
  const keyOf = (conversation: string, model: string) => `${conversation} ${model}`
  return {
    lastServed: (conversation, model, nowMs) => {
      const entry = entries.get(keyOf(conversation, model))
      if (entry === undefined || nowMs - entry.nowMs > AFFINITY_MS) return null
      return { endpointId: entry.endpointId, cachedShare: entry.cachedShare }
    },
    note: (conversation, model, { endpointId, cachedShare, nowMs }) => {
      const key = keyOf(conversation, model)
      entries.delete(key)
      entries.set(key, { endpointId, cachedShare, nowMs })
      for (const [oldest, entry] of entries) {
        // Those beyond their time leave on the way, so that memory follows traffic.
        if (entries.size <= limit && nowMs - entry.nowMs <= AFFINITY_MS) return
        entries.delete(oldest)
      }
    },
    size: () => entries.size,
  }
}
