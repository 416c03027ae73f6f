import {
  ARGUMENT_PIECES,
  ARGUMENTS,
  CREATED_SECONDS,
  type Exchange,
  INSTRUCTIONS,
  QUESTION,
  TEXT,
  TEXT_PIECES,
  TOKENS,
  TOOLS,
  UPSTREAM_MODEL,
} from '../exchange'

const MESSAGE = { id: 'msg_bench', type: 'message', role: 'assistant' } as const
const CALL = { id: 'fc_bench', type: 'function_call', call_id: 'call_1', name: TOOLS[0].name } as const
const TEXT_PART = { type: 'output_text', annotations: [], logprobs: [] } as const
const OUTPUT = [
  { ...MESSAGE, status: 'completed', content: [{ ...TEXT_PART, text: TEXT }] },
  { ...CALL, status: 'completed', arguments: ARGUMENTS },
] as const

/** Responses: the same request and answer; a stream of 30 events. */
export const responses: Exchange = {
  apiShape: 'openai-responses',
  version: 'v1',
  pathOf: () => '/responses',
  requestOf: ({ model, isStream }) =>
    JSON.stringify({
      model,
      instructions: INSTRUCTIONS,
      input: [{ role: 'user', content: QUESTION }],
      tools: TOOLS.map((tool) => ({ type: 'function', ...tool, strict: false })),
      temperature: 0,
      store: false,
      ...(isStream ? { stream: true } : {}),
    }),
  answer: () => JSON.stringify(responseOf('completed')),
  events: () =>
    [...lifeBegun(), ...messageEvents(), ...callEvents(), lifeEvent('completed')].map(
      ({ type, ...rest }, sequence_number) =>
        `event: ${type}\ndata: ${JSON.stringify({ type, ...rest, sequence_number })}\n\n`,
    ),
  marks: [TOOLS[0].name, '"type":"function_call"', '"status":"completed"'],
}

type ResponsesEvent = { type: string; [field: string]: unknown }

function lifeBegun(): ResponsesEvent[] {
  return [lifeEvent('created'), lifeEvent('in_progress')]
}

function lifeEvent(event: 'created' | 'in_progress' | 'completed'): ResponsesEvent {
  const response = responseOf(event === 'completed' ? event : 'in_progress')
  return { type: `response.${event}`, response }
}

function messageEvents(): ResponsesEvent[] {
  const place = { item_id: MESSAGE.id, output_index: 0, content_index: 0 }
  return [
    itemEvent('added', 0, { ...MESSAGE, status: 'in_progress', content: [] }),
    { type: 'response.content_part.added', ...place, part: { ...TEXT_PART, text: '' } },
    ...TEXT_PIECES.map((delta) => ({ type: 'response.output_text.delta', ...place, delta, logprobs: [] })),
    { type: 'response.output_text.done', ...place, text: TEXT, logprobs: [] },
    { type: 'response.content_part.done', ...place, part: { ...TEXT_PART, text: TEXT } },
    itemEvent('done', 0, OUTPUT[0]),
  ]
}

function callEvents(): ResponsesEvent[] {
  const place = { item_id: CALL.id, output_index: 1 }
  return [
    itemEvent('added', 1, { ...CALL, status: 'in_progress', arguments: '' }),
    ...ARGUMENT_PIECES.map((delta) => ({ type: 'response.function_call_arguments.delta', ...place, delta })),
    { type: 'response.function_call_arguments.done', ...place, name: CALL.name, arguments: ARGUMENTS },
    itemEvent('done', 1, OUTPUT[1]),
  ]
}

function itemEvent(what: 'added' | 'done', output_index: number, item: object): ResponsesEvent {
  return { type: `response.output_item.${what}`, output_index, item }
}

function responseOf(status: 'in_progress' | 'completed'): object {
  const isComplete = status === 'completed'
  return {
    id: 'resp_bench',
    object: 'response',
    created_at: CREATED_SECONDS,
    status,
    error: null,
    incomplete_details: null,
    instructions: INSTRUCTIONS,
    model: UPSTREAM_MODEL,
    output: isComplete ? OUTPUT : [],
    parallel_tool_calls: true,
    store: false,
    temperature: 0,
    tool_choice: 'auto',
    tools: TOOLS.map((tool) => ({ type: 'function', ...tool, strict: false })),
    usage: isComplete
      ? {
          input_tokens: TOKENS.prompt,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens: TOKENS.completion,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: TOKENS.prompt + TOKENS.completion,
        }
      : null,
  }
}
