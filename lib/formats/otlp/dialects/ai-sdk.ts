import type { Attributes, AttributeValue } from '../schema'
import type { Dialect } from './dialect'
import { isRecord, type JsonRecord, parsed } from './structures'

/**
 * The `ai.…` spans of the Vercel AI SDK (3.3 to 6, `LegacyOpenTelemetry` in 7). Only the inner `do…` spans are calls:
 * those around them sum up their usage. Sources: vercel/ai, packages/ai/src/telemetry; bodies of ai 5 and 6.
 */
export const aiSdk: Dialect = {
  label: 'AI SDK',
  isSpoken: (attributes) => attributes.has('ai.operationId'),
  kind: {
    name: 'ai.operationId',
    operations: new Map([
      ['ai.generatetext.dogenerate', 'chat'],
      ['ai.streamtext.dostream', 'chat'],
      ['ai.generateobject.dogenerate', 'chat'],
      ['ai.streamobject.dostream', 'chat'],
      ['ai.embed.doembed', 'embedding'],
      ['ai.embedmany.doembed', 'embedding'],
      ['ai.rerank.dorerank', 'rerank'],
      ['ai.generateimage.dogenerate', 'image'],
      ['ai.generatespeech.dogenerate', 'audio'],
      ['ai.transcribe.dotranscribe', 'audio'],
    ]),
    otherwise: null,
    agents: [],
    tools: ['ai.toolcall'],
  },
  fields: {
    responseModel: ['ai.response.model'],
    requestModel: ['ai.model.id'],
    provider: ['ai.model.provider'],
    responseId: ['ai.response.id'],
    promptTokens: ['ai.usage.inputTokens', 'ai.usage.promptTokens', 'ai.usage.tokens'],
    cachedTokens: ['ai.usage.cachedInputTokens', 'ai.usage.inputTokenDetails.cacheReadTokens'],
    cacheWriteTokens: ['ai.usage.inputTokenDetails.cacheWriteTokens'],
    completionTokens: ['ai.usage.outputTokens', 'ai.usage.completionTokens'],
    reasoningTokens: ['ai.usage.reasoningTokens', 'ai.usage.outputTokenDetails.reasoningTokens'],
    finishReason: ['ai.response.finishReason', 'ai.finishReason'],
    firstTokenMs: ['ai.response.msToFirstChunk', 'ai.stream.msToFirstChunk'],
    inputMessages: ['ai.prompt.messages', 'ai.prompt'],
    sessionId: ['ai.telemetry.metadata.sessionId', 'ai.telemetry.metadata.session_id'],
    endUser: ['ai.telemetry.metadata.userId', 'ai.telemetry.metadata.user_id'],
    userAgent: ['ai.request.headers.user-agent'],
  },
  translate,
}

function* translate(attributes: Attributes): Iterable<readonly [string, AttributeValue]> {
  const tools = attributes.get('ai.prompt.tools')
  if (Array.isArray(tools)) yield ['gen_ai.tool.definitions', tools.map(parsed)]
  const operation = attributes.get('ai.operationId')
  if (typeof operation === 'string') yield ['gen_ai.request.stream', operation.endsWith('Stream')]
  const calls = parsed(attributes.get('ai.response.toolCalls') ?? attributes.get('ai.result.toolCalls'))
  const text = attributes.get('ai.response.text')
  const hasAnswer = Array.isArray(calls) || typeof text === 'string'
  if (hasAnswer) yield ['gen_ai.output.messages', [answerOf(calls, text ?? null)]]
}

function answerOf(calls: AttributeValue, text: AttributeValue): JsonRecord {
  const made = Array.isArray(calls) ? calls.filter(isRecord) : []
  return {
    role: 'assistant',
    content: text,
    tool_calls: made.map(({ toolName, input, args }) => ({
      name: toolName ?? null,
      arguments: input ?? args ?? null,
    })),
  }
}
