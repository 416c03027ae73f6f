import type OpenAI from 'openai'
import { z } from 'zod'
import { openaiModels } from './model-lists'
import { openaiRefusal } from './openai-refusal'
import {
  onlyKnown,
  type ProviderAnswer,
  pieces,
  Refusal,
  type ScriptedProvider,
  tokensOf,
} from './scripted-provider'
import { nextTurn, type Turn } from './turn'

// OpenAI's chat completions: https://platform.openai.com/docs/api-reference/chat

type Chunk = OpenAI.ChatCompletionChunk
type Completion = OpenAI.ChatCompletion

const KNOWN = new Set(
  'audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens messages metadata modalities model moderation n parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort response_format safety_identifier seed service_tier stop store stream stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options'.split(
    ' ',
  ),
)
const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/)
const id = z.string().min(1).max(40)
const text = z.union([z.string(), z.array(z.looseObject({ type: z.literal('text'), text: z.string() }))])
const userContent = z.union([
  z.string(),
  z.array(
    z.looseObject({
      type: z.enum(['text', 'image_url', 'input_audio', 'file']),
      text: z.string().optional(),
    }),
  ),
])
const call = z.strictObject({
  id,
  type: z.literal('function'),
  function: z.strictObject({ name, arguments: z.string() }),
})
const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['system', 'developer']), content: text, name: z.string().optional() }),
  z.strictObject({ role: z.literal('user'), content: userContent, name: z.string().optional() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: text.nullish(),
    refusal: z.string().nullish(),
    name: z.string().optional(),
    audio: z.null().optional(),
    tool_calls: z.array(call).min(1).optional(),
  }),
  z.strictObject({ role: z.literal('tool'), content: text, tool_call_id: id, name: z.string().optional() }),
])
const request = z.looseObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.strictObject({
          name,
          description: z.string().optional(),
          parameters: z.looseObject({ type: z.literal('object') }).optional(),
          strict: z.boolean().nullish(),
        }),
      }),
    )
    .min(1)
    .optional(),
})
type ChatRequest = z.infer<typeof request>
const embeddings = z.looseObject({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string()).min(1)]),
  encoding_format: z.enum(['float', 'base64']).optional(),
})

const ID = { id: 'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT', created: 1_796_000_000 }
const CALL_ID = 'call_fPsHSHxnGNx8p0lYZ9SkXQbc'

/** A provider of OpenAI's first shape, embeddings included. */
export const chatProvider: ScriptedProvider = {
  answer: ({ url, headers, body }) => {
    if (!headers.authorization?.startsWith('Bearer sk-')) {
      throw new Refusal("You didn't provide an API key.", { status: 401, code: 'invalid_api_key' })
    }
    if (/\/models(\/|$)/.test(url.pathname)) return { status: 200, body: openaiModels(url.pathname) }
    if (url.pathname.endsWith('/embeddings')) return answerEmbeddings(read(embeddings, body))
    if (!url.pathname.endsWith('/chat/completions')) {
      throw new Refusal(`Invalid URL (POST ${url.pathname})`, { status: 404 })
    }
    const asked = read(request, body)
    onlyKnown(
      asked,
      KNOWN,
      (param) => new Refusal(`Unknown parameter: '${param}'.`, { param, code: 'unknown_parameter' }),
    )
    checkCalls(asked)
    const turn = nextTurn({
      tools: (asked.tools ?? []).map((tool) => ({
        name: tool.function.name,
        schema: tool.function.parameters ?? {},
      })),
      prompt: asked.messages.map((one) => (one.role === 'user' ? textOf(one.content) : '')).join('\n'),
      results: asked.messages.flatMap((one) => (one.role === 'tool' ? [textOf(one.content)] : [])),
    })
    return asked.stream
      ? { status: 200, events: stream(asked, turn) }
      : { status: 200, body: whole(asked, turn) }
  },
  refusalBody: ({ message: words, param, code }) => ({
    error: { message: words, type: 'invalid_request_error', param, code },
  }),
}

function read<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw openaiRefusal(parsed.error)
}

/** Every call is answered right after it, and nothing else is. */
function checkCalls({ messages }: ChatRequest): void {
  let open = new Set<string>()
  messages.forEach((one, index) => {
    if (one.role === 'tool') {
      if (!open.delete(one.tool_call_id)) {
        throw new Refusal(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
          { param: `messages.[${index}].role` },
        )
      }
      return
    }
    checkAllAnswered(open)
    if (one.role !== 'assistant') return
    if (one.content == null && !one.tool_calls && one.refusal == null) {
      throw new Refusal(`Invalid value for 'content': expected a string, got null.`, {
        param: `messages.[${index}].content`,
      })
    }
    open = new Set(one.tool_calls?.map((made) => made.id))
  })
  checkAllAnswered(open)
}

function checkAllAnswered(open: ReadonlySet<string>): void {
  if (!open.size) return
  throw new Refusal(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`,
    { param: 'messages' },
  )
}

function textOf(content: string | readonly { text?: string }[]): string {
  return typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('\n')
}

function usageOf(turn: Turn): Completion['usage'] {
  const { input, cached, output } = tokensOf(turn)
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

function whole({ model }: ChatRequest, turn: Turn): Completion {
  const isCall = turn.kind === 'call'
  return {
    ...ID,
    object: 'chat.completion',
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: isCall ? null : turn.text,
          refusal: null,
          annotations: [],
          ...(isCall
            ? {
                tool_calls: [
                  {
                    id: CALL_ID,
                    type: 'function' as const,
                    function: { name: turn.name, arguments: JSON.stringify(turn.input) },
                  },
                ],
              }
            : {}),
        },
        logprobs: null,
        finish_reason: isCall ? 'tool_calls' : 'stop',
      },
    ],
    usage: usageOf(turn),
    service_tier: 'default',
  }
}

function stream({ model, stream_options }: ChatRequest, turn: Turn): string[] {
  const withUsage = stream_options?.include_usage === true
  const head = { ...ID, object: 'chat.completion.chunk' as const, model, service_tier: 'default' as const }
  type Choice = Chunk['choices'][number]
  const chunk = (delta: Choice['delta'], finish_reason: Choice['finish_reason'] = null): Chunk => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(withUsage ? { usage: null } : {}),
  })
  const chunks: Chunk[] =
    turn.kind === 'call'
      ? [
          chunk({
            role: 'assistant',
            content: null,
            tool_calls: [
              { index: 0, id: CALL_ID, type: 'function', function: { name: turn.name, arguments: '' } },
            ],
            refusal: null,
          }),
          ...pieces(JSON.stringify(turn.input)).map((piece) =>
            chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] }),
          ),
          chunk({}, 'tool_calls'),
        ]
      : [
          chunk({ role: 'assistant', content: '', refusal: null }),
          ...pieces(turn.text).map((content) => chunk({ content })),
          chunk({}, 'stop'),
        ]
  if (withUsage) chunks.push({ ...head, choices: [], usage: usageOf(turn) })
  return [...chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`), 'data: [DONE]\n\n']
}

function answerEmbeddings({ model, input, encoding_format }: z.infer<typeof embeddings>): ProviderAnswer {
  const vector = new Float32Array([0.25, -0.5, 0.125])
  const texts = [input].flat()
  return {
    status: 200,
    body: {
      object: 'list',
      data: texts.map((_, index) => ({
        object: 'embedding',
        index,
        embedding: encoding_format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : [...vector],
      })),
      model,
      usage: { prompt_tokens: 8 * texts.length, total_tokens: 8 * texts.length },
    },
  }
}
