import type { Attributes, AttributeValue } from '../schema'
import type { Dialect } from './dialect'
import { indexed, isRecord, type JsonRecord, parsed } from './structures'

/**
 * OpenInference (Phoenix, Arize). Sources: Arize-ai/openinference, spec/semantic_conventions.md; bodies of
 * @arizeai/openinference-instrumentation-openai 4.2.
 */
export const openInference: Dialect = {
  label: 'OpenInference',
  isSpoken: (attributes) => attributes.has('openinference.span.kind'),
  kind: {
    name: 'openinference.span.kind',
    operations: new Map([
      ['llm', 'chat'],
      ['embedding', 'embedding'],
      ['reranker', 'rerank'],
    ]),
    otherwise: null,
    agents: ['agent'],
    tools: ['tool'],
  },
  fields: {
    responseModel: [
      'llm.response.model_name',
      'llm.model_name',
      'embedding.model_name',
      'reranker.model_name',
    ],
    requestModel: ['llm.request.model_name'],
    provider: ['llm.provider', 'llm.system'],
    promptTokens: ['llm.token_count.prompt'],
    cachedTokens: ['llm.token_count.prompt_details.cache_read', 'llm.token_count.prompt_details.cache_input'],
    cacheWriteTokens: ['llm.token_count.prompt_details.cache_write'],
    completionTokens: ['llm.token_count.completion'],
    reasoningTokens: ['llm.token_count.completion_details.reasoning'],
    costUsd: ['llm.cost.total'],
    finishReason: ['llm.finish_reason'],
    agentName: ['agent.name'],
  },
  translate,
}

function* translate(attributes: Attributes): Iterable<readonly [string, AttributeValue]> {
  const tools = indexed(attributes, 'llm.tools.').map((tool) => parsed(tool.get('tool.json_schema')))
  const parameters = parsed(attributes.get('llm.invocation_parameters') ?? null)
  const asked = isRecord(parameters) ? parameters : {}
  if (tools.length > 0) yield ['gen_ai.tool.definitions', tools]
  else if (Array.isArray(asked.tools)) yield ['gen_ai.tool.definitions', asked.tools]
  if (typeof asked.model === 'string') yield ['gen_ai.request.model', asked.model]
  if (typeof asked.stream === 'boolean') yield ['gen_ai.request.stream', asked.stream]
  const input = messagesOf(attributes, 'llm.input_messages.')
  if (input.length > 0) yield ['gen_ai.input.messages', input]
  const output = messagesOf(attributes, 'llm.output_messages.')
  if (output.length > 0) yield ['gen_ai.output.messages', output]
  else yield* answerOf(parsed(attributes.get('output.value') ?? null))
}

function messagesOf(attributes: Attributes, prefix: string): JsonRecord[] {
  return indexed(attributes, prefix).map((message) => ({
    // Anthropic's results of tools come from the user.
    role: message.has('message.tool_call_id') ? 'tool' : (message.get('message.role') ?? null),
    content: message.get('message.content') ?? contentsOf(message),
    tool_calls: indexed(message, 'message.tool_calls.').map((call) => ({
      name: call.get('tool_call.function.name') ?? null,
      arguments: call.get('tool_call.function.arguments') ?? null,
    })),
  }))
}

/** The texts of a message in parts; its calls of tools stand beside them. */
function contentsOf(message: Attributes): AttributeValue {
  const texts = indexed(message, 'message.contents.').flatMap((part) => {
    const text = part.get('message_content.text')
    return text === undefined ? [] : [{ type: 'text', text }]
  })
  return texts.length > 0 ? texts : null
}

/** The provider's whole answer, which says more than the attributes where those are missing. */
function* answerOf(answer: AttributeValue): Iterable<readonly [string, AttributeValue]> {
  if (!isRecord(answer)) return
  if (typeof answer.id === 'string') yield ['gen_ai.response.id', answer.id]
  const choice = Array.isArray(answer.choices) ? answer.choices[0] : null
  if (!isRecord(choice)) return
  if (isRecord(choice.message)) yield ['gen_ai.output.messages', [choice.message]]
  if (typeof choice.finish_reason === 'string') yield ['gen_ai.response.finish_reason', choice.finish_reason]
}
