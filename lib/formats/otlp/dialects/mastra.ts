import type { Attributes, AttributeValue } from '../schema'
import type { Dialect } from './dialect'
import { isRecord, type JsonRecord, parsed } from './structures'

/**
 * Mastra's tracing. A generation sums up its steps, each of which is one call with the provider's bodies; what lies deeper
 * in them than the exporter looks is `[MaxDepth]`. Sources: mastra-ai/mastra, observability/otel-exporter; bodies of
 * @mastra/core 0.24 with @mastra/otel-exporter 0.3.
 */
export const mastra: Dialect = {
  label: 'Mastra',
  isSpoken: (attributes) => attributes.has('mastra.span.type'),
  kind: {
    name: 'mastra.span.type',
    operations: new Map([
      ['model_generation', 'chat'],
      ['llm_generation', 'chat'],
      ['model_step', 'chat'],
      ['model_inference', 'chat'],
    ]),
    otherwise: null,
    agents: ['agent_run'],
    tools: ['tool_call', 'mcp_tool_call'],
  },
  fields: {
    sessionId: ['mastra.metadata.threadId', 'mastra.metadata.sessionId', 'threadId', 'sessionId'],
    endUser: ['mastra.metadata.userId', 'mastra.metadata.resourceId', 'userId', 'resourceId'],
  },
  translate,
}

function* translate(attributes: Attributes): Iterable<readonly [string, AttributeValue]> {
  if (attributes.get('mastra.span.type') !== 'model_step') return
  const model = parsed(attributes.get('modelMetadata'))
  if (isRecord(model)) {
    yield ['gen_ai.request.model', model.modelId ?? null]
    yield ['gen_ai.provider.name', model.modelProvider ?? null]
  }
  yield ['gen_ai.response.model', attributes.get('modelId') ?? null]
  yield ['gen_ai.response.id', attributes.get('id') ?? null]
  const input = parsed(attributes.get('input'))
  const asked = isRecord(input) ? input.body : null
  if (isRecord(asked)) yield* requestOf(asked)
  const answer = parsed(attributes.get('body'))
  if (isRecord(answer)) yield* usageOf(answer.usage)
  const finishReason = finishReasonOf(answer)
  const output = parsed(attributes.get('output'))
  if (isRecord(output)) {
    const calls = Array.isArray(output.toolCalls) ? output.toolCalls : []
    yield ['gen_ai.output.messages', [{ role: 'assistant', content: '', tool_calls: calls }]]
  }
  yield ['gen_ai.response.finish_reason', finishReason]
}

function* requestOf(asked: JsonRecord): Iterable<readonly [string, AttributeValue]> {
  if (typeof asked.stream === 'boolean') yield ['gen_ai.request.stream', asked.stream]
  if (Array.isArray(asked.messages)) yield ['gen_ai.input.messages', asked.messages]
  if (Array.isArray(asked.tools)) yield ['gen_ai.tool.definitions', asked.tools.map(withoutCutSchema)]
}

/** A schema with a hole in it would make good calls bad. */
function withoutCutSchema(tool: AttributeValue): AttributeValue {
  const called = isRecord(tool) && isRecord(tool.function) ? tool.function : tool
  if (!isRecord(called) || !JSON.stringify(called).includes('[MaxDepth]')) return tool
  return { type: 'function', function: { name: called.name ?? null } }
}

function* usageOf(usage: AttributeValue | undefined): Iterable<readonly [string, AttributeValue]> {
  if (!isRecord(usage)) return
  yield ['gen_ai.usage.input_tokens', usage.prompt_tokens ?? usage.input_tokens ?? null]
  yield ['gen_ai.usage.output_tokens', usage.completion_tokens ?? usage.output_tokens ?? null]
  const input = usage.prompt_tokens_details ?? usage.input_tokens_details
  if (isRecord(input)) yield ['gen_ai.usage.cache_read.input_tokens', input.cached_tokens ?? null]
  const output = usage.completion_tokens_details ?? usage.output_tokens_details
  if (isRecord(output)) yield ['gen_ai.usage.reasoning.output_tokens', output.reasoning_tokens ?? null]
  yield ['gen_ai.usage.cache_read_input_tokens', usage.cache_read_input_tokens ?? null]
  yield ['gen_ai.usage.cache_creation_input_tokens', usage.cache_creation_input_tokens ?? null]
}

function finishReasonOf(answer: AttributeValue): AttributeValue {
  if (!isRecord(answer)) return null
  const choice = Array.isArray(answer.choices) ? answer.choices[0] : null
  return (isRecord(choice) ? choice.finish_reason : answer.stop_reason) ?? null
}
