import type OpenAI from 'openai'
import {
  ENCRYPTED,
  offeredBy,
  outputsOf,
  promptOf,
  type ResponsesRequest,
  readResponsesRequest,
} from './responses-request'
import { pieces, Refusal, type ScriptedProvider, tokensOf } from './scripted-provider'
import { nextTurn, type Turn } from './turn'

// OpenAI's Responses: https://platform.openai.com/docs/api-reference/responses and …/responses-streaming

/** The SDK's type has a convenience too many and lacks what Open Responses (openresponses.org) requires. */
type Response = Omit<OpenAI.Responses.Response, 'output_text'> & {
  frequency_penalty: number
  presence_penalty: number
  max_tool_calls: number | null
  store: boolean
}
type Event = OpenAI.Responses.ResponseStreamEvent

const SUMMARY = 'There is a note to read first.'

/** A provider of OpenAI's Responses shape. */
export const responsesProvider: ScriptedProvider = {
  answer: ({ url, headers, body }) => {
    if (!headers.authorization?.startsWith('Bearer sk-')) {
      throw new Refusal("You didn't provide an API key.", { status: 401, code: 'invalid_api_key' })
    }
    if (!url.pathname.endsWith('/responses'))
      throw new Refusal(`Invalid URL (POST ${url.pathname})`, { status: 404 })
    const asked = readResponsesRequest(body)
    const turn = nextTurn({
      tools: (asked.tools ?? []).flatMap(offeredBy),
      prompt: promptOf(asked),
      results: outputsOf(asked),
    })
    const answer = whole(asked, turn)
    return asked.stream ? { status: 200, events: stream(answer) } : { status: 200, body: answer }
  },
  refusalBody: ({ message, param, code }) => ({
    error: { message, type: 'invalid_request_error', param, code },
  }),
}

function whole(asked: ResponsesRequest, turn: Turn): Response {
  const { input, cached, output: written } = tokensOf(turn)
  const isReasoning = asked.reasoning != null && asked.reasoning.effort !== 'none'
  const items: Response['output'] = []
  if (isReasoning) {
    items.push({
      id: 'rs_68af4030baa48193b0b43b4c2a176a1a0e6967589f080e78',
      type: 'reasoning',
      summary: asked.reasoning?.summary ? [{ type: 'summary_text', text: SUMMARY }] : [],
      ...(asked.include?.includes('reasoning.encrypted_content') ? { encrypted_content: ENCRYPTED } : {}),
    })
  }
  if (turn.kind === 'call') {
    items.push({
      id: 'fc_68af40337e5481939f2f2b1a0e6967589f080e781a176a1a',
      type: 'function_call',
      status: 'completed',
      arguments: JSON.stringify(turn.input),
      call_id: 'call_fPsHSHxnGNx8p0lYZ9SkXQbc',
      name: turn.name,
    })
  } else {
    items.push({
      id: 'msg_68af40337e5481939f2f2b1a0e6967589f080e781a176a1a',
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', annotations: [], logprobs: [], text: turn.text }],
    })
  }
  return {
    id: 'resp_68af4030592c81938ec0a5fbab4a3e9f05438e46b5f69a3b',
    object: 'response',
    created_at: 1_796_000_000,
    status: 'completed',
    background: false,
    completed_at: 1_796_000_001,
    error: null,
    incomplete_details: null,
    instructions: asked.instructions ?? null,
    frequency_penalty: 0,
    presence_penalty: 0,
    max_output_tokens: asked.max_output_tokens ?? null,
    max_tool_calls: null,
    metadata: {},
    model: asked.model,
    output: items,
    parallel_tool_calls: asked.parallel_tool_calls ?? true,
    previous_response_id: null,
    prompt_cache_key: null,
    safety_identifier: null,
    store: asked.store ?? true,
    top_logprobs: 0,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
      output_tokens: written,
      output_tokens_details: { reasoning_tokens: isReasoning ? 4 : 0 },
      total_tokens: input + written,
    },
  }
}

// Each event gets its sequence_number at the end, so that none is forgotten or repeated.
type Unnumbered<T> = T extends { sequence_number: number } ? Omit<T, 'sequence_number'> : never

function stream(answer: Response): string[] {
  const begun = {
    ...answer,
    status: 'in_progress' as const,
    completed_at: null,
    output: [],
    usage: undefined,
    output_text: '',
  }
  const events: Unnumbered<Event>[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    ...answer.output.flatMap(itemEvents),
    { type: 'response.completed', response: { ...answer, output_text: '' } },
  ]
  return events.map((event, sequence_number) => {
    const numbered = JSON.stringify({ ...event, sequence_number }, (key, value) =>
      // A convenience of the SDK, which the type has and the wire has not.
      key === 'output_text' ? undefined : value,
    )
    return `event: ${event.type}\ndata: ${numbered}\n\n`
  })
}

function itemEvents(done: Response['output'][number], output_index: number): Unnumbered<Event>[] {
  const item_id = done.id ?? ''
  const at = { item_id, output_index }
  const end: Unnumbered<Event> = { type: 'response.output_item.done', output_index, item: done }
  switch (done.type) {
    case 'reasoning':
      return [
        { type: 'response.output_item.added', output_index, item: { ...done, summary: [] } },
        ...done.summary.flatMap((part, summary_index): Unnumbered<Event>[] => [
          {
            type: 'response.reasoning_summary_part.added',
            ...at,
            summary_index,
            part: { ...part, text: '' },
          },
          ...pieces(part.text).map((delta) => ({
            type: 'response.reasoning_summary_text.delta' as const,
            ...at,
            summary_index,
            delta,
          })),
          { type: 'response.reasoning_summary_text.done', ...at, summary_index, text: part.text },
          { type: 'response.reasoning_summary_part.done', ...at, summary_index, part },
        ]),
        end,
      ]
    case 'function_call':
      return [
        {
          type: 'response.output_item.added',
          output_index,
          item: { ...done, status: 'in_progress', arguments: '' },
        },
        ...pieces(done.arguments).map((delta) => ({
          type: 'response.function_call_arguments.delta' as const,
          ...at,
          delta,
        })),
        { type: 'response.function_call_arguments.done', ...at, name: done.name, arguments: done.arguments },
        end,
      ]
    case 'message':
      return [
        {
          type: 'response.output_item.added',
          output_index,
          item: { ...done, status: 'in_progress', content: [] },
        },
        ...done.content.flatMap((part, content_index): Unnumbered<Event>[] =>
          part.type === 'refusal'
            ? []
            : [
                { type: 'response.content_part.added', ...at, content_index, part: { ...part, text: '' } },
                ...pieces(part.text).map((delta) => ({
                  type: 'response.output_text.delta' as const,
                  ...at,
                  content_index,
                  delta,
                  logprobs: [],
                })),
                { type: 'response.output_text.done', ...at, content_index, text: part.text, logprobs: [] },
                { type: 'response.content_part.done', ...at, content_index, part },
              ],
        ),
        end,
      ]
    default:
      return []
  }
}
