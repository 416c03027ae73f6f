import type { JsonObject } from '../../platform/json-value'
import type { GatewayProblem } from '../problem'
import type { AnswerEnd, AnswerIdentity } from '../shape'
import { ENCODED_DONE, emptyChunk, encodeChunk, withEnd } from './frame'

/**
 * The error body as OpenRouter's chat completions write it: `code` is the status unless the provider gave one of its
 * own, by which agents act.
 */
export function errorBody(problem: GatewayProblem, metadata: JsonObject | null): JsonObject {
  return {
    error: {
      code: problem.code ?? problem.status,
      message: problem.message,
      metadata: { error_type: problem.type, ...problem.metadata },
    },
    ...(metadata === null ? {} : { openrouter_metadata: metadata }),
  }
}

/** The end of a stream that broke, as OpenRouter sends it: a chunk with the error, and the finish reason `error`. */
export function brokenStream(
  identity: AnswerIdentity,
  problem: GatewayProblem,
  { metadata }: AnswerEnd,
): string {
  const chunk = {
    ...emptyChunk(identity),
    ...errorBody(problem, null),
    choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
  }
  return `${encodeChunk(withEnd(chunk, null, { costUsd: null, metadata }))}${ENCODED_DONE}`
}
