import { type JsonObject, withoutUndefined } from '../../platform/json-value'
import type { Answer } from '../hub'
import type { AnswerEnd, AnswerIdentity, WriterOptions } from '../shape'
import { streamFromAnswer } from '../stream-from-answer'
import { finishReasonForGemini } from './finish-reasons'
import { groundingFromAnnotations } from './grounding'
import { showsThoughts } from './thinking'
import { geminiUsageFrom } from './usage'
import { createPartWriter, joinedParts } from './write-parts'

/**
 * A whole answer as a GenerateContentResponse, without what `stampGeminiAnswer` adds. Source: GenerateContentResponse
 * of the Gemini API reference.
 */
export function writeGeminiAnswer(answer: Answer, { identity, request }: WriterOptions): JsonObject {
  const writer = createPartWriter({ answerId: identity.id, showsThoughts: showsThoughts(request) })
  const parts = joinedParts([...writer.push(streamFromAnswer(answer)), ...writer.end()])
  const { text, annotations } = writer.said()
  return withoutUndefined({
    candidates: [
      withoutUndefined({
        content: { role: 'model', parts },
        finishReason: finishReasonForGemini(answer.finishReason),
        index: 0,
        groundingMetadata: groundingFromAnnotations(annotations, text),
      }),
    ],
    usageMetadata: geminiUsageFrom(answer.usage, null),
    ...identityFields(identity),
  })
}

/** An answer of a provider under our id and model, with the provider's name, the cost and OpenRouter's metadata. */
export function stampGeminiAnswer(body: JsonObject, identity: AnswerIdentity, end: AnswerEnd): JsonObject {
  const { usageMetadata } = body
  const usage = typeof usageMetadata === 'object' && usageMetadata !== null ? usageMetadata : {}
  const costs = end.costUsd === null ? {} : { usageMetadata: { ...usage, cost: end.costUsd } }
  return {
    ...body,
    ...costs,
    ...identityFields(identity),
    provider: identity.providerName,
    ...(end.metadata ? { openrouter_metadata: end.metadata } : {}),
  }
}

/** What every response of one answer says of itself. */
export function identityFields({ id, model }: AnswerIdentity): { modelVersion: string; responseId: string } {
  return { modelVersion: model, responseId: id }
}
