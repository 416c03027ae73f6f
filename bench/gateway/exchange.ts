/** One small tool-calling exchange: what every target of the gateway benchmark is asked, and what the upstream says. */

export const MODEL = 'bench/atlas-120b'
export const PRESET = 'bench'

const PARAMETERS = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'Name of the city' },
    unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
    days: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 14 }, maxItems: 7 },
  },
  required: ['city', 'unit'],
  additionalProperties: false,
} as const
const ARGUMENT_PIECES = [
  '{"city',
  '":"',
  'Lis',
  'bon',
  '","',
  'unit',
  '":"',
  'celsius',
  '","',
  'days',
  '":[0,1]}',
]
const TEXT_PIECES = ['Let', ' me', ' look', ' at', ' the', ' weather.']
const USAGE = { prompt_tokens: 142, completion_tokens: 31, total_tokens: 173 } as const
const CALL = { id: 'call_1', type: 'function' } as const
const IDENTITY = { id: 'chatcmpl-bench', created: 1_760_000_000, model: 'atlas-120b' } as const

/** The request for a model under one of its names: 700 bytes with two tools. */
export function chatRequest({ model, isStream }: { model: string; isStream: boolean }): string {
  const tool = (name: string, description: string) => ({
    type: 'function',
    function: { name, description, parameters: PARAMETERS },
  })
  return JSON.stringify({
    model,
    messages: [
      { role: 'system', content: 'You help travellers. Call a tool when you need data.' },
      { role: 'user', content: 'Is it warm in Lisbon today and tomorrow?' },
    ],
    tools: [tool('get_weather', 'Weather of the next days'), tool('get_climate', 'Averages of a month')],
    temperature: 0,
    ...(isStream ? { stream: true, stream_options: { include_usage: true } } : {}),
  })
}

/** The upstream's whole answer. */
export function chatAnswer(): string {
  const call = { ...CALL, function: { name: 'get_weather', arguments: ARGUMENT_PIECES.join('') } }
  const message = { role: 'assistant', content: TEXT_PIECES.join(''), tool_calls: [call] }
  return JSON.stringify({
    ...IDENTITY,
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
    usage: USAGE,
  })
}

/** The upstream's streamed answer: 21 server-sent events. */
export function chatEvents(): string[] {
  const chunk = (delta: object, finishReason: string | null = null) => ({
    ...IDENTITY,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  })
  const callPiece = (piece: object) => chunk({ tool_calls: [{ index: 0, ...piece }] })
  const chunks = [
    ...TEXT_PIECES.map((content, index) => chunk(index === 0 ? { role: 'assistant', content } : { content })),
    callPiece({ ...CALL, function: { name: 'get_weather', arguments: '' } }),
    ...ARGUMENT_PIECES.map((piece) => callPiece({ function: { arguments: piece } })),
    chunk({}, 'tool_calls'),
    { ...chunk({}), choices: [], usage: USAGE },
  ]
  return [...chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`), 'data: [DONE]\n\n']
}
