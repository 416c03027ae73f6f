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
 * OpenAI's chat completions as OpenAI-compatible providers answer them: `reasoning_content` for thoughts, usage with
 * cached and reasoning tokens, arguments in pieces. Reference: OpenAI's API reference, chat completion (chunk) object.
 */
export const OPENAI_WIRE = { body, stream, error, errorEvent } as const satisfies WireShape

function body({ answer, model, nowMs, provider }: AnswerFrame): unknown {
  const { text, reasoning, toolCalls } = answer
  return {
    id: `chatcmpl-${answer.id}`,
    object: 'chat.completion',
    created: Math.floor(nowMs / 1000),
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && toolCalls.length > 0 ? null : text,
          ...(reasoning === null ? {} : { reasoning_content: reasoning }),
          refusal: null,
          ...(toolCalls.length === 0
            ? {}
            : {
                tool_calls: toolCalls.map((call) => ({
                  id: `call_${call.id}`,
                  type: 'function',
                  function: { name: call.name, arguments: call.arguments },
                })),
              }),
        },
        logprobs: null,
        finish_reason: answer.stop,
      },
    ],
    usage: usageOf(answer.usage),
    system_fingerprint: fingerprintOf(provider),
  }
}

function stream({ answer, model, nowMs, provider, wantsUsage }: AnswerFrame): StreamPiece[] {
  const common = `{"id":"chatcmpl-${answer.id}","object":"chat.completion.chunk","created":${Math.floor(nowMs / 1000)},"model":${JSON.stringify(model)},"system_fingerprint":"${fingerprintOf(provider)}"`
  const pieces: StreamPiece[] = []
  const put = (delta: unknown, tokens: number, finish: string | null = null) => {
    const choices = JSON.stringify([{ index: 0, delta, logprobs: null, finish_reason: finish }])
    pieces.push({
      text: `data: ${common},"choices":${choices}${wantsUsage ? ',"usage":null' : ''}}\n\n`,
      tokens,
    })
  }
  put(
    {
      role: 'assistant',
      content: answer.text === '' && answer.toolCalls.length > 0 ? null : '',
      refusal: null,
    },
    0,
  )
  for (const piece of cutIntoPieces(answer.reasoning ?? ''))
    put({ reasoning_content: piece }, tokensOf(piece))
  for (const piece of cutIntoPieces(answer.text)) put({ content: piece }, tokensOf(piece))
  for (const [index, call] of answer.toolCalls.entries()) {
    const opening = {
      index,
      id: `call_${call.id}`,
      type: 'function',
      function: { name: call.name, arguments: '' },
    }
    put({ tool_calls: [opening] }, 3)
    for (const piece of cutIntoPieces(call.arguments))
      put({ tool_calls: [{ index, function: { arguments: piece } }] }, tokensOf(piece))
  }
  put({}, 0, answer.stop)
  if (wantsUsage)
    pieces.push({
      text: `data: ${common},"choices":[],"usage":${JSON.stringify(usageOf(answer.usage))}}\n\n`,
      tokens: 0,
    })
  pieces.push({ text: 'data: [DONE]\n\n', tokens: 0 })
  return pieces
}

function usageOf({
  promptTokens,
  cachedTokens,
  completionTokens,
  reasoningTokens,
}: AnswerFrame['answer']['usage']) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoningTokens, audio_tokens: 0 },
  }
}

const fingerprints = new Map<string, string>()

/** The same for one provider at all times, as if its software never changed. */
function fingerprintOf(provider: string): string {
  let known = fingerprints.get(provider)
  if (known === undefined) {
    let hash = 0
    for (const character of provider) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0
    known = `fp_${hash.toString(16).padStart(10, '0')}`
    fingerprints.set(provider, known)
  }
  return known
}

const TYPES = {
  invalid_request: 'invalid_request_error',
  auth: 'invalid_request_error',
  not_found: 'invalid_request_error',
  unknown_model: 'invalid_request_error',
  unknown_path: 'invalid_request_error',
  refuse_tools: 'invalid_request_error',
  too_large: 'invalid_request_error',
  rate_limited: 'rate_limit_error',
  upstream_5xx: 'server_error',
} as const satisfies Record<UpstreamError['kind'], string>

const CODES = {
  invalid_request: 'invalid_value',
  auth: 'invalid_api_key',
  not_found: 'not_found',
  unknown_model: 'model_not_found',
  unknown_path: 'unknown_url',
  refuse_tools: 404,
  too_large: 'request_too_large',
  rate_limited: 'rate_limit_exceeded',
  upstream_5xx: 'overloaded',
} as const satisfies Record<UpstreamError['kind'], string | number>

function error(problem: UpstreamError): { error: Record<string, unknown> } {
  const { message } = describeError(problem)
  const param = problem.kind === 'invalid_request' ? problem.problem.field : null
  return { error: { message, type: TYPES[problem.kind], param, code: CODES[problem.kind] } }
}

function errorEvent(problem: UpstreamError): string {
  return `data: ${JSON.stringify(error(problem))}\n\n`
}
