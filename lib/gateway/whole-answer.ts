import { isObject, type JsonObject } from '../platform/json-value'
import type { ApiShape } from '../records/vocabulary'
import { chatAnswerFromMessages } from '../shapes/anthropic-messages/chat-answer-from-messages'
import { messagesAnswerFromChat } from '../shapes/anthropic-messages/messages-answer-from-chat'
import { type AnswerEnd, type AnswerIdentity, withCost } from './stream-writer'

/**
 * A complete answer as its client reads it: in the client's shape, under our id, with the provider that gave it and
 * what it cost. Between like shapes everything else the provider said stays; only OpenRouter's own client insists on a
 * `system_fingerprint`, if null, which many providers leave out.
 */
export function wholeAnswer({
  answer,
  clientShape,
  upstreamShape,
  identity,
  end,
}: {
  answer: unknown
  clientShape: ApiShape
  upstreamShape: ApiShape
  identity: AnswerIdentity
  end: AnswerEnd
}): JsonObject {
  const translated = translate(answer, clientShape, upstreamShape, identity)
  const { usage } = translated
  return {
    ...translated,
    id: identity.id,
    model: identity.model,
    provider: identity.providerName,
    ...(clientShape === 'openai-chat' ? { system_fingerprint: translated.system_fingerprint ?? null } : {}),
    ...(isObject(usage) ? { usage: withCost(usage, end.costUsd) } : {}),
    ...(end.metadata ? { openrouter_metadata: end.metadata } : {}),
  }
}

function translate(
  answer: unknown,
  clientShape: ApiShape,
  upstreamShape: ApiShape,
  identity: AnswerIdentity,
): JsonObject {
  if (clientShape === upstreamShape) return isObject(answer) ? answer : {}
  return clientShape === 'openai-chat'
    ? chatAnswerFromMessages(answer, identity)
    : messagesAnswerFromChat(answer, identity)
}
