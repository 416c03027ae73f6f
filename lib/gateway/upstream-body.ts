import { AppError } from '../platform/errors'
import type { ApiShape } from '../records/vocabulary'
import { chatRequestFromMessages } from '../shapes/anthropic-messages/chat-request-from-messages'
import { planThinking } from '../shapes/anthropic-messages/map-thinking'
import { messagesRequestFromChat } from '../shapes/anthropic-messages/messages-request-from-chat'
import { withoutUnsignedThinking } from '../shapes/anthropic-messages/thinking-blocks'
import type { GatewayRequest } from './read-request'

/**
 * The body for one upstream: in its shape, with its name for the model. Between like shapes everything the client sent
 * passes through; streams ask for their usage, which a log needs.
 */
export function upstreamBody(
  request: Pick<GatewayRequest, 'shape' | 'body' | 'isStream'>,
  upstream: { apiShape: ApiShape; upstreamModel: string },
): Record<string, unknown> {
  const translated = translate(request, upstream.apiShape)
  const body = { ...translated, model: upstream.upstreamModel }
  if (upstream.apiShape === 'anthropic-messages') return body
  return withUsage(withReasoningEffort(body), request.isStream)
}

/**
 * That body as JSON text. Throws `bad_request` for a body that nests deeper than can be written, which JSON can say in
 * few bytes.
 */
export function upstreamText(...input: Parameters<typeof upstreamBody>): string {
  try {
    return JSON.stringify(upstreamBody(...input))
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new AppError('bad_request', 'The body nests too deeply to be sent on.', { cause })
  }
}

function translate(
  { shape, body }: Pick<GatewayRequest, 'shape' | 'body'>,
  upstreamShape: ApiShape,
): Record<string, unknown> {
  const own = shape === 'anthropic-messages' ? withThinking(body) : body
  if (shape === upstreamShape) return shape === 'anthropic-messages' ? withoutUnsignedThinking(own) : own
  return shape === 'openai-chat' ? messagesRequestFromChat(own) : chatRequestFromMessages(own)
}

/** A preset may bring OpenRouter's `reasoning` to a request in Anthropic's shape, whose word for it is `thinking`. */
function withThinking(body: Record<string, unknown>): Record<string, unknown> {
  if (!('reasoning' in body)) return body
  const { reasoning: _reasoning, ...rest } = body
  const { thinking, maxTokens } = planThinking(body)
  return { ...rest, ...(thinking ? { thinking } : {}), max_tokens: maxTokens }
}

/** OpenAI knows OpenRouter's `reasoning.effort` as `reasoning_effort` and refuses the object. */
function withReasoningEffort(body: Record<string, unknown>): Record<string, unknown> {
  if (typeof body.reasoning !== 'object' || body.reasoning === null) return body
  const { reasoning, ...rest } = body
  const names = Object.keys(reasoning)
  if (names.length !== 1 || !('effort' in reasoning)) return body
  return { reasoning_effort: reasoning.effort, ...rest }
}

function withUsage(body: Record<string, unknown>, isStream: boolean): Record<string, unknown> {
  if (!isStream) return body
  const options = body.stream_options
  const given = typeof options === 'object' && options !== null ? options : {}
  return { ...body, stream_options: { ...given, include_usage: true } }
}
