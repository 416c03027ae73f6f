import type { Attributes, AttributeValue } from '../schema'
import type { Dialect } from './dialect'
import { indexed, parsed } from './structures'

/**
 * OpenLLMetry (Traceloop) before it took the conventions over: flat messages under `gen_ai.prompt.N.…` and
 * `gen_ai.completion.N.…`, functions under `llm.request.functions.N.…`. Source: traceloop/openllmetry,
 * `openllmetry-semantic-conventions`.
 */
export const traceloopCall: Dialect = {
  label: 'OpenLLMetry',
  isSpoken: (attributes) =>
    attributes.has('llm.request.type') ||
    attributes.has('gen_ai.prompt.0.role') ||
    attributes.has('gen_ai.completion.0.role') ||
    attributes.has('gen_ai.completion.0.finish_reason'),
  kind: {
    name: 'llm.request.type',
    operations: new Map([
      ['chat', 'chat'],
      ['completion', 'completion'],
      ['embedding', 'embedding'],
      ['embeddings', 'embedding'],
      ['rerank', 'rerank'],
    ]),
    agents: [],
    tools: [],
  },
  fields: {
    cachedTokens: ['llm.usage.cache_read_input_tokens'],
    cacheWriteTokens: ['llm.usage.cache_creation_input_tokens'],
    promptTokens: ['llm.usage.prompt_tokens'],
    completionTokens: ['llm.usage.completion_tokens'],
    requestModel: ['llm.request.model'],
    responseModel: ['llm.response.model'],
    finishReason: [
      'llm.response.finish_reason',
      'llm.response.stop_reason',
      'gen_ai.completion.0.finish_reason',
    ],
    stream: ['llm.is_streaming'],
    sessionId: [
      'traceloop.association.properties.session_id',
      'traceloop.association.properties.sessionId',
      'traceloop.association.properties.thread_id',
    ],
    endUser: [
      'traceloop.association.properties.user_id',
      'traceloop.association.properties.userId',
      'llm.user',
    ],
  },
  translate,
}

/** What OpenLLMetry says of the spans around calls. */
export const traceloopStructure: Dialect = {
  label: 'OpenLLMetry',
  isSpoken: null,
  kind: {
    name: 'traceloop.span.kind',
    operations: new Map([
      ['workflow', null],
      ['task', null],
      ['agent', null],
      ['tool', null],
      ['session', null],
    ]),
    agents: ['agent'],
    tools: ['tool'],
  },
  fields: {},
}

function* translate(attributes: Attributes): Iterable<readonly [string, AttributeValue]> {
  const functions = indexed(attributes, 'llm.request.functions.').map((one) => ({
    name: one.get('name') ?? null,
    description: one.get('description') ?? null,
    parameters: parsed(one.get('parameters') ?? one.get('arguments')),
  }))
  if (functions.length > 0) yield ['gen_ai.tool.definitions', functions]
  const prompt = messagesOf(attributes, 'gen_ai.prompt.')
  if (prompt.length > 0) yield ['gen_ai.input.messages', prompt]
  const completion = messagesOf(attributes, 'gen_ai.completion.')
  if (completion.length > 0) yield ['gen_ai.output.messages', completion]
}

function messagesOf(attributes: Attributes, prefix: string) {
  return indexed(attributes, prefix).map((message) => {
    const name = message.get('function_call.name')
    const old =
      name === undefined ? [] : [{ name, arguments: message.get('function_call.arguments') ?? null }]
    const calls = indexed(message, 'tool_calls.').map((call) => ({
      name: call.get('name') ?? null,
      arguments: call.get('arguments') ?? null,
    }))
    return {
      role: message.get('role') ?? null,
      content: message.get('content') ?? null,
      finish_reason: message.get('finish_reason') ?? null,
      tool_calls: [...old, ...calls],
    }
  })
}
