import type { Attributes, AttributeValue } from '../schema'
import type { Dialect } from './dialect'
import { isRecord, parsed } from './structures'

/** LangSmith's own spans. Source: langchain-ai/langsmith-sdk, js/src/experimental/otel (constants and exporter). */
export const langSmith: Dialect = {
  label: 'LangSmith',
  isSpoken: (attributes) => attributes.has('langsmith.span.kind'),
  kind: {
    name: 'langsmith.span.kind',
    operations: new Map([
      ['llm', 'chat'],
      ['embedding', 'embedding'],
    ]),
    otherwise: null,
    agents: ['agent'],
    tools: ['tool'],
  },
  fields: {
    requestModel: ['langsmith.metadata.ls_model_name'],
    provider: ['langsmith.metadata.ls_provider'],
    sessionId: [
      'langsmith.trace.session_id',
      'langsmith.metadata.session_id',
      'langsmith.metadata.thread_id',
    ],
    endUser: ['langsmith.metadata.user_id'],
    stream: ['langsmith.request.streaming'],
  },
  translate,
}

function* translate(attributes: Attributes): Iterable<readonly [string, AttributeValue]> {
  const usage = parsed(attributes.get('langsmith.usage_metadata'))
  if (isRecord(usage)) {
    yield ['gen_ai.usage.input_tokens', usage.input_tokens ?? null]
    yield ['gen_ai.usage.output_tokens', usage.output_tokens ?? null]
    const input = usage.input_token_details
    if (isRecord(input)) yield ['gen_ai.usage.cache_read.input_tokens', input.cache_read ?? null]
    const output = usage.output_token_details
    if (isRecord(output)) yield ['gen_ai.usage.reasoning.output_tokens', output.reasoning ?? null]
  }
  const prompt = parsed(attributes.get('gen_ai.prompt'))
  if (isRecord(prompt) && Array.isArray(prompt.messages)) {
    yield ['gen_ai.input.messages', flat(prompt.messages)]
  }
  if (isRecord(prompt) && Array.isArray(prompt.tools)) yield ['gen_ai.tool.definitions', prompt.tools]
  const completion = parsed(attributes.get('gen_ai.completion'))
  if (!isRecord(completion)) return
  const choice = Array.isArray(completion.choices) ? completion.choices[0] : null
  const message = isRecord(choice) ? choice.message : completion
  if (isRecord(message)) yield ['gen_ai.output.messages', [message]]
  if (isRecord(choice)) yield ['gen_ai.response.finish_reason', choice.finish_reason ?? null]
}

/** LangChain gives a list of lists: one for each prompt of a batch. */
function flat(messages: AttributeValue[]): AttributeValue[] {
  return messages.flatMap((one) => (Array.isArray(one) ? one : [one]))
}
