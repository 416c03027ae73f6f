import { parseJson } from '../../platform/parse-json'
import type { FunctionTool, InputPart, MediaPart, Message, Request, ToolChoice } from '../hub'
import { callOf, requestWith, resultOf, textPart, userSays } from './hub-values.fixture'

/** Something that a request says: what is looked at must be the same behind every crossing of shapes. */
export type RequestClaim = { name: string; request: Request; see: (request: Request) => unknown }

const schema = {
  type: 'object',
  properties: {
    port: { type: 'string', enum: ['Tarn', 'Hull'] },
    days: { type: 'array', items: { type: 'integer' } },
  },
  required: ['port'],
  additionalProperties: false,
}
export const TIDE_TOOL: FunctionTool = {
  type: 'function',
  name: 'tide_at',
  description: 'When the tide comes.',
  parameters: schema,
  strict: null,
  namespace: null,
  cacheControl: null,
}
const tools = [TIDE_TOOL, { ...TIDE_TOOL, name: 'wind_at' }]

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const media = (type: MediaPart['type'], source: MediaPart['source'], filename: string | null): MediaPart => ({
  type,
  source,
  filename,
  detail: null,
  cacheControl: null,
})
const picture = media('image', { kind: 'base64', mediaType: 'image/png', data: PIXEL }, null)
const linked = media('image', { kind: 'url', url: 'https://ports.test/a.png', mediaType: null }, null)
const pdf = media('document', { kind: 'base64', mediaType: 'application/pdf', data: 'JVBERi0xLjQK' }, 'a.pdf')
const sound = media('audio', { kind: 'base64', mediaType: 'audio/wav', data: 'UklGRgAA' }, null)

const loop = (results: Message[]): Message[] => [
  userSays('Tide at Tarn and Hull?'),
  {
    role: 'assistant',
    parts: [
      textPart('I look.'),
      callOf('call_1', 'tide_at', '{"port":"Tarn","days":[1,2]}'),
      callOf('call_2', 'tide_at', '{"port":"Hull"}'),
    ],
  },
  ...results,
  userSays('And now?'),
]
const results = [resultOf('call_1', 'tide_at', '04:10'), resultOf('call_2', 'tide_at', '05:20 — “high” 🌊')]

/** What stands in the message, as text; media by their bytes. */
const wordsOf = (message: Message) =>
  message.parts.map((part) => {
    if (part.type === 'text' || part.type === 'refusal' || part.type === 'reasoning') return part.text
    if (part.type === 'tool_call') return [part.id, part.name, parseJson(part.arguments)]
    return part.type === 'foreign' ? part.kind : sourceOf(part)
  })
const sourceOf = ({ type, source }: MediaPart) => {
  if (source.kind === 'url') return [type, source.url]
  return source.kind === 'base64' ? [type, source.mediaType, source.data] : [type, source.kind]
}
const mediaOf = ({ messages }: Request) =>
  messages.flatMap((message) =>
    message.parts.flatMap((part: Message['parts'][number]) =>
      ['image', 'document', 'audio', 'video'].includes(part.type) ? [sourceOf(part as MediaPart)] : [],
    ),
  )
const withParts = (parts: InputPart[]) => requestWith({ messages: [userSays([textPart('See.'), ...parts])] })

function setting<K extends keyof Request>(
  name: string,
  field: K,
  value: Request[K],
  more: Partial<Request> = {},
) {
  const request = requestWith(more)
  request[field] = value
  return { name, request, see: (seen: Request) => seen[field] }
}

const choice = (name: string, toolChoice: ToolChoice): RequestClaim =>
  setting(`tool choice ${name}`, 'toolChoice', toolChoice, { tools })

/** Everything that a request may say and that more than one shape has a word for. */
export const REQUEST_CLAIMS: readonly RequestClaim[] = [
  {
    name: 'who said what',
    request: requestWith({
      messages: [
        { role: 'system', parts: [textPart('Be brief.')] },
        userSays('Tide?'),
        { role: 'assistant', parts: [textPart('Where?')] },
        userSays('Tarn.'),
      ],
    }),
    see: ({ messages }) =>
      messages.map((message) => [message.role === 'developer' ? 'system' : message.role, wordsOf(message)]),
  },
  {
    name: 'tools',
    request: requestWith({ tools }),
    see: (request) =>
      request.tools.map((tool) =>
        tool.type === 'function' ? [tool.name, tool.description, tool.parameters] : tool,
      ),
  },
  choice('auto', { mode: 'auto' }),
  choice('none', { mode: 'none' }),
  choice('required', { mode: 'required' }),
  choice('of one tool', { mode: 'tool', name: 'wind_at', isCustom: false }),
  setting('no parallel calls', 'parallelToolCalls', false, { tools }),
  {
    name: 'parallel calls',
    request: requestWith({ tools, messages: loop(results) }),
    see: ({ messages }) =>
      messages.flatMap((message) => (message.role === 'assistant' ? wordsOf(message) : [])),
  },
  {
    name: 'tool results',
    request: requestWith({ tools, messages: loop(results) }),
    see: ({ messages }) =>
      messages.flatMap((message) => (message.role === 'tool' ? [[message.callId, ...wordsOf(message)]] : [])),
  },
  {
    name: 'an error of a tool',
    request: requestWith({
      tools,
      messages: loop([
        resultOf('call_1', 'tide_at', 'no such port', true),
        resultOf('call_2', 'tide_at', '1'),
      ]),
    }),
    see: ({ messages }) =>
      messages.flatMap((message) =>
        message.role === 'tool' ? [[message.isError, ...wordsOf(message)]] : [],
      ),
  },
  {
    name: 'a picture in a tool result',
    request: requestWith({ tools, messages: loop([resultOf('call_1', 'tide_at', [picture])]) }),
    see: mediaOf,
  },
  { name: 'a picture', request: withParts([picture]), see: mediaOf },
  { name: 'a picture by its address', request: withParts([linked]), see: mediaOf },
  { name: 'a document', request: withParts([pdf]), see: mediaOf },
  { name: 'a recording', request: withParts([sound]), see: mediaOf },
  setting('a limit of tokens', 'maxTokens', 700),
  setting('temperature', 'temperature', 0.5),
  setting('top_p', 'topP', 0.9),
  setting('top_k', 'topK', 40),
  setting('seed', 'seed', 7),
  setting('stop', 'stop', ['END', 'STOP']),
  setting('frequency penalty', 'frequencyPenalty', 0.25),
  setting('presence penalty', 'presencePenalty', 0.5),
  setting('user', 'user', 'user-7'),
  setting('prompt cache key', 'promptCacheKey', 'thread-7'),
  {
    name: 'a schema of the answer',
    request: requestWith({
      responseFormat: { type: 'json_schema', name: 'tides', schema, strict: true, description: null },
    }),
    see: ({ responseFormat: format }) => (format?.type === 'json_schema' ? format.schema : format),
  },
  {
    name: "a schema's name",
    request: requestWith({
      responseFormat: { type: 'json_schema', name: 'tides', schema, strict: true, description: null },
    }),
    see: ({ responseFormat: format }) => (format?.type === 'json_schema' ? format.name : format),
  },
  setting('an answer in JSON', 'responseFormat', { type: 'json_object' }),
  {
    name: 'thinking',
    request: requestWith({
      maxTokens: 32_000,
      reasoning: { effort: 'high', maxTokens: null, isEnabled: null, isExcluded: false, summary: null },
    }),
    // An effort where the shape has efforts, a number of tokens where it has these.
    see: ({ reasoning }) =>
      reasoning !== null && (reasoning.effort === 'high' || (reasoning.maxTokens ?? 0) > 12_288),
  },
]
