import { isObject, objectOf } from '../platform/json-value'
import { costOf, knownUsage, tokenCountOf } from '../shapes/answer-facts'
import type { Usage } from '../shapes/hub'

/**
 * The usage in the answer of an operation that is passed on; null when it says none. Embeddings and completions count
 * `prompt_tokens`, images and speech `input_tokens`, rerankers `total_tokens` alone. Sources: OpenAI's API reference,
 * Jina's and Cohere's for `/rerank`.
 */
export function readOperationUsage(body: unknown): Usage | null {
  const { usage, meta } = objectOf(body)
  const said = isObject(usage) ? usage : objectOf(objectOf(meta).tokens)
  const promptTokens = tokenCountOf(said.prompt_tokens ?? said.input_tokens)
  const completionTokens = tokenCountOf(said.completion_tokens ?? said.output_tokens)
  const isTotalAlone = promptTokens === null && completionTokens === null
  const cached = objectOf(said.prompt_tokens_details ?? said.input_tokens_details).cached_tokens
  return knownUsage({
    promptTokens: isTotalAlone ? tokenCountOf(said.total_tokens) : promptTokens,
    cachedTokens: tokenCountOf(cached),
    cacheWriteTokens: null,
    // What gives no text counts its input alone.
    completionTokens: completionTokens ?? (promptTokens === null && !isTotalAlone ? null : 0),
    reasoningTokens: null,
    reportedCostUsd: costOf(said.cost),
  })
}
