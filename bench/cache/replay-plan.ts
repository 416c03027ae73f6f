import type { EndpointCandidate } from '@/lib/gateway/candidate'
import { conversationOf } from '@/lib/gateway/conversation'
import { createConversationAffinity } from '@/lib/gateway/conversation-affinity'
import { plan } from '@/lib/gateway/plan'
import { UNKNOWN_HEALTH } from '@/lib/health/endpoint-health'
import { createPrefixCache } from './prefix-cache'
import type { TracedRequest } from './trace'

const MODEL = 'bench/kimi'

/**
 * The share of blocks that providers had kept when the gateway's own plan chooses among them by the trace's clock, so
 * that ten minutes are ten minutes. Without conversations each request is drawn by itself.
 */
export function replayPlan(
  trace: readonly TracedRequest[],
  { providers, knowsConversations }: { providers: number; knowsConversations: boolean },
): number {
  const caches = Array.from({ length: providers }, createPrefixCache)
  const endpoints = caches.map(
    (_, index): EndpointCandidate => ({
      endpointId: index + 1,
      model: MODEL,
      provider: `cache-${index + 1}`,
      providerName: `Cache ${index + 1}`,
      isEnabled: true,
      isConnected: true,
      promptMicroUsdPerMTok: 600_000,
      cachedMicroUsdPerMTok: 150_000,
      completionMicroUsdPerMTok: 2_500_000,
      contextLength: null,
      quantization: null,
      supportsTools: null,
      supportsReasoning: null,
      supportsStructuredOutput: null,
      inputModalities: ['text'],
      outputModalities: ['text'],
      maxCompletionTokens: null,
      collectsData: null,
    }),
  )
  const affinity = createConversationAffinity({ limit: 50_000 })
  for (const [index, { atMs, messages, blocks, promptTokens }] of trace.entries()) {
    const conversation = knowsConversations
      ? conversationOf({ owner: '1', named: null, system: null, messages })
      : null
    const { steps } = plan({
      models: [{ model: MODEL, variant: null }],
      preferences: {},
      needs: { hasTools: false, parameters: [], leastPromptTokens: 0, maxTokens: null },
      endpoints,
      healthOf: () => UNKNOWN_HEALTH,
      nowMs: atMs,
      seed: conversation?.seed ?? index,
      lastServed: (model) => conversation && affinity.lastServed(conversation.key, model, atMs),
      maxAttempts: 1,
    })
    const endpointId = steps[0]?.endpointId ?? 0
    const hits = caches[endpointId - 1]?.read(blocks) ?? 0
    const cachedShare = Math.min(1, (hits * 512) / promptTokens)
    if (conversation) affinity.note(conversation.key, MODEL, { endpointId, cachedShare, nowMs: atMs })
  }
  return shareOf(caches.map((cache) => cache.totals()))
}

/** Reused ÷ all blocks of some providers. */
export function shareOf(totals: readonly { blocks: number; reused: number }[]): number {
  const sum = (of: 'blocks' | 'reused') => totals.reduce((total, one) => total + one[of], 0)
  return sum('reused') / sum('blocks')
}
