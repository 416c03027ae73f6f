import {
  type AnswerFrame,
  cutIntoPieces,
  describeError,
  type StreamPiece,
  tokensOf,
  type UpstreamError,
  type WireShape,
} from './wire-shape'

/**
 * Anthropic's messages: content blocks, its own event sequence, stop reasons and error objects. A call whose arguments
 * are not JSON has them as text where the whole message comes at once. Reference: Anthropic's API reference, Messages
 * and Streaming messages.
 */
export const ANTHROPIC_WIRE = { body, stream, error, errorEvent } as const satisfies WireShape

const STOP_REASONS = { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' } as const

function body({ answer, model }: AnswerFrame): unknown {
  const thinking =
    answer.reasoning === null
      ? []
      : [{ type: 'thinking', thinking: answer.reasoning, signature: signatureOf(answer) }]
  const texts = answer.text === '' ? [] : [{ type: 'text', text: answer.text }]
  return {
    id: `msg_${answer.id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [
      ...thinking,
      ...texts,
      ...answer.toolCalls.map((call) => ({
        type: 'tool_use',
        id: `toolu_${call.id}`,
        name: call.name,
        input: parseOrKeep(call.arguments),
      })),
    ],
    stop_reason: STOP_REASONS[answer.stop],
    stop_sequence: null,
    usage: usageOf(answer.usage),
  }
}

function parseOrKeep(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function signatureOf(answer: AnswerFrame['answer']): string {
  return `sig-${answer.id}`
}

function usageOf({ promptTokens, cachedTokens, completionTokens }: AnswerFrame['answer']['usage']) {
  return {
    // Anthropic counts only what was neither read from nor written to the cache.
    input_tokens: promptTokens - cachedTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cachedTokens,
    output_tokens: completionTokens,
  }
}

function stream({ answer, model }: AnswerFrame): StreamPiece[] {
  const pieces: StreamPiece[] = []
  const put = (event: { type: string; [key: string]: unknown }, tokens = 0) => {
    pieces.push({ text: `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`, tokens })
  }
  let index = 0
  const putBlock = (contentBlock: unknown, deltas: { delta: unknown; tokens: number }[]) => {
    put({ type: 'content_block_start', index, content_block: contentBlock })
    for (const { delta, tokens } of deltas) put({ type: 'content_block_delta', index, delta }, tokens)
    put({ type: 'content_block_stop', index })
    index += 1
  }
  put({
    type: 'message_start',
    message: {
      id: `msg_${answer.id}`,
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { ...usageOf(answer.usage), output_tokens: 1 },
    },
  })
  put({ type: 'ping' })
  if (answer.reasoning !== null) {
    putBlock({ type: 'thinking', thinking: '', signature: '' }, [
      ...cutIntoPieces(answer.reasoning).map((piece) => ({
        delta: { type: 'thinking_delta', thinking: piece },
        tokens: tokensOf(piece),
      })),
      { delta: { type: 'signature_delta', signature: signatureOf(answer) }, tokens: 0 },
    ])
  }
  if (answer.text !== '') {
    const deltas = cutIntoPieces(answer.text).map((piece) => ({
      delta: { type: 'text_delta', text: piece },
      tokens: tokensOf(piece),
    }))
    putBlock({ type: 'text', text: '' }, deltas)
  }
  for (const call of answer.toolCalls) {
    const deltas = cutIntoPieces(call.arguments).map((piece) => ({
      delta: { type: 'input_json_delta', partial_json: piece },
      tokens: tokensOf(piece),
    }))
    putBlock({ type: 'tool_use', id: `toolu_${call.id}`, name: call.name, input: {} }, [
      { delta: { type: 'input_json_delta', partial_json: '' }, tokens: 3 },
      ...deltas,
    ])
  }
  put({
    type: 'message_delta',
    delta: { stop_reason: STOP_REASONS[answer.stop], stop_sequence: null },
    usage: usageOf(answer.usage),
  })
  put({ type: 'message_stop' })
  return pieces
}

const TYPES = {
  invalid_request: 'invalid_request_error',
  auth: 'authentication_error',
  not_found: 'not_found_error',
  unknown_model: 'not_found_error',
  unknown_path: 'not_found_error',
  refuse_tools: 'not_found_error',
  too_large: 'request_too_large',
  rate_limited: 'rate_limit_error',
  upstream_5xx: 'overloaded_error',
} as const satisfies Record<UpstreamError['kind'], string>

function error(problem: UpstreamError) {
  const { message } = describeError(problem)
  const field = problem.kind === 'invalid_request' ? problem.problem.field : null
  return {
    type: 'error',
    error: { type: TYPES[problem.kind], message: field === null ? message : `${field}: ${message}` },
  }
}

function errorEvent(problem: UpstreamError): string {
  return `event: error\ndata: ${JSON.stringify(error(problem))}\n\n`
}
