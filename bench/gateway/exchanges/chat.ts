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

const IDENTITY = { id: 'chatcmpl-bench', created: CREATED_SECONDS, model: UPSTREAM_MODEL } as const
const CALL = { id: 'call_1', type: 'function' } as const
const USAGE = {
  prompt_tokens: TOKENS.prompt,
  completion_tokens: TOKENS.completion,
  total_tokens: TOKENS.prompt + TOKENS.completion,
} as const

/** Chat completions: a request of 1 kB with two tools, a stream of 21 events. */
export const chat: Exchange = {
  apiShape: 'openai-chat',
  version: 'v1',
  pathOf: () => '/chat/completions',
  requestOf: ({ model, isStream }) =>
    JSON.stringify({
      model,
      messages: [
        { role: 'system', content: INSTRUCTIONS },
        { role: 'user', content: QUESTION },
      ],
      tools: TOOLS.map((tool) => ({ type: 'function', function: tool })),
      temperature: 0,
      ...streamFields(isStream),
    }),
  answer: () => {
    const call = { ...CALL, function: { name: TOOLS[0].name, arguments: ARGUMENTS } }
    const message = { role: 'assistant', content: TEXT, tool_calls: [call] }
    return JSON.stringify({
      ...IDENTITY,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
      usage: USAGE,
    })
  },
  events: () => [
    ...TEXT_PIECES.map((content, index) =>
      eventOf(chunkOf(index === 0 ? { role: 'assistant', content } : { content })),
    ),
    callEvent({ ...CALL, function: { name: TOOLS[0].name, arguments: '' } }),
    ...ARGUMENT_PIECES.map((piece) => callEvent({ function: { arguments: piece } })),
    eventOf(chunkOf({}, 'tool_calls')),
    eventOf({ ...chunkOf({}), choices: [], usage: USAGE }),
    'data: [DONE]\n\n',
  ],
  marks: [TOOLS[0].name, '"finish_reason":"tool_calls"'],
}

/** What makes a chat request one for a stream. */
export function streamFields(isStream: boolean): object {
  return isStream ? { stream: true, stream_options: { include_usage: true } } : {}
}

/** An event of the stream with a piece of text. */
export function textEvent(content: string): string {
  return eventOf(chunkOf({ content }))
}

function callEvent(piece: object): string {
  return eventOf(chunkOf({ tool_calls: [{ index: 0, ...piece }] }))
}

function chunkOf(delta: object, finishReason: string | null = null): object {
  return {
    ...IDENTITY,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  }
}

function eventOf(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\n\n`
}
