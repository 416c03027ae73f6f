import { describe, expect, test } from 'vitest'
import type { RequestRecord } from '../../../records/request-record'
import {
  chatSpan,
  type JsonSpan,
  jsonBody,
  STARTED_AT_MS,
  toAttributes,
  toRequest,
} from '../otlp-json.fixture'
import { readOtlpTraces } from '../read-traces'

type Given = Parameters<typeof toAttributes>[0]

let spans = 0
const hex = (number: number) => number.toString(16).padStart(16, '0')
/** A span with nothing but these attributes, with an id of its own. */
const span = (attributes: Given, over: Partial<JsonSpan> = {}): JsonSpan => {
  spans += 1
  return chatSpan(
    {},
    { spanId: hex(spans), parentSpanId: '', name: 'x', attributes: toAttributes(attributes), ...over },
  )
}
const read = (...list: JsonSpan[]): RequestRecord[] =>
  readOtlpTraces({ contentType: 'json', body: jsonBody(toRequest(list)), receivedAtMs: STARTED_AT_MS })
    .records

const json = JSON.stringify

describe('what each emitter writes', () => {
  test.each<[string, Given, object]>([
    [
      'LiteLLM’s call type',
      {
        'gen_ai.operation.name': 'aresponses',
        'gen_ai.system': 'azure',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.prompt_tokens': 100,
        'gen_ai.usage.completion_tokens': 5,
      },
      { operation: 'chat', promptTokens: 100, completionTokens: 5 },
    ],
    [
      'LiteLLM’s embeddings',
      {
        'gen_ai.operation.name': 'aembedding',
        'gen_ai.system': 'openai',
        'gen_ai.request.model': 'text-embedding-3',
      },
      { operation: 'embedding' },
    ],
    [
      'an operation that somebody made up',
      {
        'gen_ai.operation.name': 'think_hard',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.input_tokens': 7,
      },
      { operation: 'chat', promptTokens: 7 },
    ],
    [
      'OpenInference',
      {
        'openinference.span.kind': 'LLM',
        'llm.system': 'openai',
        'llm.model_name': 'gpt-4o-2024-08-06',
        'llm.invocation_parameters': json({ model: 'gpt-4o', stream: true }),
        'llm.token_count.prompt': 1200,
        'llm.token_count.completion': 90,
        'llm.token_count.prompt_details.cache_read': 1000,
        'llm.token_count.completion_details.reasoning': 64,
        'llm.cost.total': 0.01,
        'llm.finish_reason': 'tool_calls',
        'llm.tools.0.tool.json_schema': json({
          type: 'function',
          function: { name: 'find_train', parameters: {} },
        }),
        'llm.input_messages.0.message.role': 'tool',
        'llm.output_messages.0.message.role': 'assistant',
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'find_train',
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"to":"Bern"}',
        'session.id': 's-1',
        'user.id': 'u-1',
      },
      {
        model: expect.stringContaining('gpt-4o'),
        promptTokens: 1200,
        cachedTokens: 1000,
        completionTokens: 90,
        reasoningTokens: 64,
        costSource: 'reported',
        finishReason: 'tool_calls',
        stream: true,
        toolsOffered: 1,
        toolCalls: [{ name: 'find_train', verdict: 'valid', detail: null }],
        callerReason: 'tool_results_in_input',
        sessionId: 's-1',
        endUser: 'u-1',
      },
    ],
    [
      'AI SDK 5 and 6',
      {
        'ai.operationId': 'ai.streamText.doStream',
        'ai.model.provider': 'openai.chat',
        'ai.model.id': 'gpt-4o',
        'ai.usage.inputTokens': 1200,
        'ai.usage.outputTokens': 90,
        'ai.usage.cachedInputTokens': 1000,
        'ai.usage.reasoningTokens': 64,
        'ai.response.finishReason': 'tool-calls',
        'ai.response.msToFirstChunk': 210,
        'ai.prompt.tools': [json({ type: 'function', name: 'find_train', inputSchema: { type: 'object' } })],
        'ai.response.toolCalls': json([{ toolCallId: 'c', toolName: 'find_train', input: {} }]),
        'ai.telemetry.metadata.userId': 'u-1',
        'ai.telemetry.metadata.sessionId': 's-1',
      },
      {
        model: 'openai/gpt-4o',
        promptTokens: 1200,
        cachedTokens: 1000,
        completionTokens: 90,
        reasoningTokens: 64,
        stream: true,
        finishReason: 'tool_calls',
        toolsOffered: 1,
        toolCalls: [{ name: 'find_train', verdict: 'valid', detail: null }],
        sessionId: 's-1',
        endUser: 'u-1',
        attempts: [{ provider: 'openai', timeToFirstTokenMs: 210 }],
      },
    ],
    [
      'Langfuse, whose parts are counted beside input and output',
      {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.model.name': 'gpt-4o',
        'langfuse.observation.usage_details': json({
          input: 200,
          output: 26,
          total: 1290,
          input_cached_tokens: 1000,
          output_reasoning_tokens: 64,
        }),
        'langfuse.observation.cost_details': json({ total: 0.002 }),
        'langfuse.observation.level': 'ERROR',
        'langfuse.observation.status_message': 'Error: 429 slow',
      },
      {
        promptTokens: 1200,
        cachedTokens: 1000,
        completionTokens: 90,
        reasoningTokens: 64,
        costSource: 'reported',
        attempts: [{ errorClass: 'rate_limited', httpStatus: 429 }],
      },
    ],
    [
      'OpenLLMetry’s flat names',
      {
        'llm.request.type': 'chat',
        'gen_ai.system': 'Together',
        'gen_ai.request.model': 'acme/atlas',
        'llm.usage.total_tokens': 12,
        'llm.request.functions.0.name': 'ls',
        'llm.request.functions.0.parameters': '{"type":"object"}',
        'gen_ai.prompt.0.role': 'user',
        'gen_ai.completion.0.role': 'assistant',
        'gen_ai.completion.0.finish_reason': 'tool_calls',
        'gen_ai.completion.0.tool_calls.0.name': 'ls',
        'gen_ai.completion.0.tool_calls.0.arguments': '{}',
        'traceloop.association.properties.session_id': 's-1',
      },
      {
        operation: 'chat',
        toolsOffered: 1,
        toolCalls: [{ name: 'ls', verdict: 'valid', detail: null }],
        finishReason: 'tool_calls',
        sessionId: 's-1',
      },
    ],
    [
      'LangSmith',
      {
        'langsmith.span.kind': 'llm',
        'langsmith.metadata.ls_provider': 'anthropic',
        'langsmith.metadata.ls_model_name': 'claude-sonnet-4-5',
        'langsmith.usage_metadata': json({
          input_tokens: 30,
          output_tokens: 4,
          input_token_details: { cache_read: 10 },
        }),
        'langsmith.metadata.thread_id': 't-1',
      },
      {
        model: expect.stringContaining('claude'),
        promptTokens: 30,
        cachedTokens: 10,
        completionTokens: 4,
        sessionId: 't-1',
      },
    ],
    [
      'the Anthropic SDK itself',
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'anthropic',
        'gen_ai.request.model': 'claude-sonnet-4-5',
        'anthropic.message.stop_reason': 'tool_use',
      },
      { finishReason: 'tool_calls', callerKind: 'agentic' },
    ],
    [
      'Mastra, whose answer ended by calls that it does not show',
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.response.finish_reasons': '["tool-calls"]',
        'gen_ai.output.messages': json([{ role: 'assistant', parts: [{ type: 'text', content: '' }] }]),
      },
      { finishReason: 'tool_calls', toolCalls: null },
    ],
    [
      'Cloudflare’s whole bodies',
      {
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.model.provider': 'openai',
        'gen_ai.usage.cost': 0.5,
        'gen_ai.prompt_json': json({ messages: [{ role: 'tool', content: 'x' }], tools: [{ name: 'ls' }] }),
        'gen_ai.completion_json': json({
          choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'Hi.' } }],
        }),
      },
      { toolsOffered: 1, toolCalls: [], finishReason: 'stop', callerReason: 'tool_results_in_input' },
    ],
  ])('%s', (_emitter, attributes, expected) => {
    expect(read(span(attributes))).toMatchObject([expected])
  })

  test.each<[string, Given]>([
    ['an OpenInference chain', { 'openinference.span.kind': 'CHAIN', 'llm.token_count.prompt': 9 }],
    [
      'the AI SDK’s outer span',
      { 'ai.operationId': 'ai.generateText', 'ai.usage.inputTokens': 9, 'ai.model.id': 'm' },
    ],
    ['a Langfuse span', { 'langfuse.observation.type': 'span', 'gen_ai.request.model': 'm' }],
    [
      'a LangSmith chain',
      { 'langsmith.span.kind': 'chain', 'gen_ai.usage.input_tokens': 9, 'gen_ai.system': 'openai' },
    ],
    ['an OpenLLMetry workflow', { 'traceloop.span.kind': 'workflow', 'gen_ai.request.model': 'm' }],
    [
      'a made-up operation without a model',
      { 'gen_ai.operation.name': 'warm_up', 'gen_ai.system': 'openai' },
    ],
  ])('%s is no call', (_name, attributes) => {
    expect(read(span(attributes))).toEqual([])
  })

  test('an answer in events of the conventions 1.28 to 1.36 is read', () => {
    const event = (name: string, content: object) => ({
      name,
      timeUnixNano: '0',
      attributes: toAttributes({ 'gen_ai.event.content': json(content) }),
    })
    const call = { id: 'c', type: 'function', function: { name: 'ls', arguments: '{}' } }
    const events = [
      event('gen_ai.user.message', { content: 'List.' }),
      event('gen_ai.choice', { index: 0, finish_reason: 'tool_calls', message: { tool_calls: [call] } }),
    ]
    const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' }
    expect(read(span(attributes, { events }))).toMatchObject([
      { finishReason: 'tool_calls', toolCalls: [{ name: 'ls' }], callerReason: 'finished_by_tool_call' },
    ])
  })
})

describe('one call told by several spans', () => {
  const call = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o' }
  const known = { 'gen_ai.usage.input_tokens': 300, 'gen_ai.usage.output_tokens': 20 }
  const below = (parent: JsonSpan, attributes: Given, over: Partial<JsonSpan> = {}) =>
    span(attributes, { parentSpanId: parent.spanId, ...over })

  test('a wrapper over an SDK over a gateway is one request, with what each knows', () => {
    const outer = span({ ...call, 'session.id': 's-1' })
    const middle = below(outer, { ...call, ...known })
    const inner = below(middle, { ...call, 'gen_ai.response.finish_reasons': ['stop'] })
    expect(read(inner, middle, outer)).toMatchObject([
      { promptTokens: 300, completionTokens: 20, finishReason: 'stop', sessionId: 's-1' },
    ])
    expect(read(outer, inner, middle)).toHaveLength(1)
  })

  test('of one trace with one response id is one request, whoever lies where', () => {
    const id = { 'gen_ai.response.id': 'chatcmpl-12345678' }
    const records = read(span({ ...call, ...id }), span({ ...call, ...known, ...id }))
    expect(records).toMatchObject([{ promptTokens: 300 }])
    expect(records[0]?.id).toBe(read(span({ ...call, ...id }))[0]?.id)
  })

  test('other responses are other requests, also one below the other', () => {
    const outer = span({ ...call, 'gen_ai.response.id': 'chatcmpl-aaaaaaaa' })
    expect(read(below(outer, { ...call, 'gen_ai.response.id': 'chatcmpl-bbbbbbbb' }), outer)).toHaveLength(2)
  })

  test('a call that a tool makes below a call is another one', () => {
    const outer = span({ ...call, ...known })
    const tool = below(outer, { 'gen_ai.operation.name': 'execute_tool' })
    expect(read(below(tool, { ...call, ...known }), tool, outer)).toHaveLength(2)
  })

  test('a call above several calls is what they have in common', () => {
    const outer = span({ ...call, 'gen_ai.usage.input_tokens': 600 })
    expect(
      read(below(outer, { ...call, ...known }), below(outer, { ...call, ...known }), outer),
    ).toMatchObject([{ promptTokens: 300 }, { promptTokens: 300 }])
  })

  test('an embedding above an embedding is one', () => {
    const embed = { 'gen_ai.operation.name': 'embeddings', 'gen_ai.request.model': 'text-embedding-3-small' }
    const outer = span(embed)
    expect(read(below(outer, { ...embed, 'gen_ai.usage.input_tokens': 33 }), outer)).toMatchObject([
      { operation: 'embedding', promptTokens: 33 },
    ])
  })
})

describe('who is an agent', () => {
  const call = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.response.finish_reasons': ['stop'],
  }
  const root = (over: Given, name: string) =>
    span({ 'gen_ai.operation.name': 'invoke_agent', ...over }, { name })
  const plainRoot = () =>
    root({ 'gen_ai.request.model': 'gpt-4o', 'gen_ai.agent.name': 'desk' }, 'invoke_agent gpt-4o')
  const below = (parent: JsonSpan, attributes: Given = call) =>
    span(attributes, { parentSpanId: parent.spanId })
  const kinds = (...list: JsonSpan[]) => read(...list).map(({ callerKind }) => callerKind)

  test('a call below an agent with a name', () => {
    const agent = root({ 'gen_ai.agent.name': 'planner' }, 'invoke_agent planner')
    expect(kinds(below(agent), agent)).toEqual(['agentic'])
  })

  test('a plain call below the root that every call of an SDK gets is none', () => {
    const agent = plainRoot()
    const step = below(agent, { 'gen_ai.operation.name': 'agent_step' })
    expect(kinds(below(step), step, agent)).toEqual(['unknown'])
  })

  test('below such a root a second call is one, and so is a tool that ran', () => {
    const [twice, withTool] = [plainRoot(), plainRoot()]
    expect(kinds(below(twice), below(twice), twice)).toEqual(['agentic', 'agentic'])
    const tool = below(withTool, { 'gen_ai.operation.name': 'execute_tool' })
    expect(kinds(below(withTool), tool, withTool)).toEqual(['agentic'])
  })
})
