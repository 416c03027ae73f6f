import type { Operation } from '../../records/vocabulary'
import type { Attributes } from './schema'
import { textOf } from './span-attributes'

/** Model calls among the values of `gen_ai.operation.name`. */
const BY_OPERATION_NAME: ReadonlyMap<string, Operation> = new Map([
  ['chat', 'chat'],
  ['generate_content', 'chat'],
  ['text_completion', 'completion'],
  ['embeddings', 'embedding'],
])

const BY_REQUEST_TYPE: ReadonlyMap<string, Operation> = new Map([
  ['chat', 'chat'],
  ['completion', 'completion'],
  ['embedding', 'embedding'],
  ['embeddings', 'embedding'],
  ['rerank', 'rerank'],
])

/**
 * The operation that `gen_ai.operation.name` names, whatever its case: null for one that calls no model (agents, tools,
 * retrieval), undefined when the span has none. Source: OpenTelemetry GenAI semantic conventions.
 */
export function namedOperation(attributes: Attributes): Operation | null | undefined {
  const name = textOf(attributes, ['gen_ai.operation.name'], 100)
  return name === null ? undefined : (BY_OPERATION_NAME.get(name.toLowerCase()) ?? null)
}

/**
 * The operation of a span that is a request: the one it names, else Traceloop's `llm.request.type`, else `chat`.
 * Source of the latter: `openllmetry-semantic-conventions` of traceloop/openllmetry.
 */
export function readOperation(attributes: Attributes): Operation {
  const type = textOf(attributes, ['llm.request.type'], 100)?.toLowerCase()
  return namedOperation(attributes) ?? BY_REQUEST_TYPE.get(type ?? '') ?? 'chat'
}
