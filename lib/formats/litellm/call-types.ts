import type { Operation } from '../../records/vocabulary'

/** LiteLLM's call types without the `a` of their asynchronous twins; what is not here calls no model. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  completion: 'chat',
  responses: 'chat',
  anthropic_messages: 'chat',
  generate_content: 'chat',
  generate_content_stream: 'chat',
  realtime: 'chat',
  pass_through_endpoint: 'other',
  llm_passthrough_route: 'other',
  allm_passthrough_route: 'other',
  text_completion: 'completion',
  embedding: 'embedding',
  rerank: 'rerank',
  image_generation: 'image',
  image_edit: 'image',
  image_variation: 'image',
  video_generation: 'other',
  transcription: 'audio',
  speech: 'audio',
  moderation: 'moderation',
  ocr: 'other',
  search: 'other',
}

/**
 * The operation of a call type; null when it calls no model (files, batches, MCP tools, vector stores). Source:
 * `CallTypes` in litellm/types/utils.py.
 */
export function operationOfCallType(callType: string): Operation | null {
  const name = callType.toLowerCase().replace(/^_/, '')
  return OPERATIONS[name] ?? OPERATIONS[name.replace(/^a/, '')] ?? null
}
