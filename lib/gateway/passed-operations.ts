import type { Operation } from '../records/vocabulary'

/** A request that is routed by its model and passed on as it is. `path` follows `/api/v1` here and a provider's base URL. */
export type PassedOperation = { path: string; operation: Operation }

/** Sources: OpenAI's API reference; `/rerank` of Cohere's and Jina's, as OpenRouter and vLLM serve it. */
export const PASSED_OPERATIONS: readonly PassedOperation[] = [
  { path: '/completions', operation: 'completion' },
  { path: '/embeddings', operation: 'embedding' },
  { path: '/rerank', operation: 'rerank' },
  { path: '/images/generations', operation: 'image' },
  { path: '/audio/speech', operation: 'audio' },
  { path: '/audio/transcriptions', operation: 'audio' },
  { path: '/moderations', operation: 'moderation' },
]
