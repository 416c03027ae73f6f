import { processSingleton } from '../platform/process-singleton'
import type { AnswerFacts } from '../shapes/answer-facts'
import type { EndpointCandidate } from './candidate'
import type { Conversation } from './conversation'
import {
  type ConversationAffinity,
  createConversationAffinity,
  type LastServed,
} from './conversation-affinity'

/** About 12 MB. */
const LIMIT = 50_000

/** Where a conversation was served last with each model, as this process knows it; never anything without one. */
export function lastServedOf(
  conversation: Conversation | null,
  nowMs: number,
): (model: string) => LastServed | null {
  return (model) => conversation && affinity().lastServed(conversation.key, model, nowMs)
}

/** Notes who answered a conversation's request. A failure is not to be noted: the conversation stays where it was. */
export function noteServed(
  conversation: Conversation | null,
  { candidate, facts }: { candidate: EndpointCandidate; facts: AnswerFacts | null },
  nowMs: number,
): void {
  if (conversation === null) return
  const { endpointId, model } = candidate
  affinity().note(conversation.key, model, { endpointId, cachedShare: cachedShareOf(facts), nowMs })
}

function cachedShareOf(facts: AnswerFacts | null): number | null {
  const { promptTokens = null, cachedTokens = null } = facts?.usage ?? {}
  if (promptTokens === null || cachedTokens === null || promptTokens <= 0) return null
  return Math.min(1, cachedTokens / promptTokens)
}

function affinity(): ConversationAffinity {
  return processSingleton('gateway-conversations', () => createConversationAffinity({ limit: LIMIT }))
}
