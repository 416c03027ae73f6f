import type Anthropic from '@anthropic-ai/sdk'
import { z } from 'zod'
import { onlyKnown, pieces, Refusal, type ScriptedProvider, tokensOf } from './scripted-provider'
import { nextTurn, type OfferedTool, type Turn } from './turn'

// Anthropic's messages: https://platform.claude.com/docs/en/api/messages and …/build-with-claude/streaming

const KNOWN = new Set(
  'cache_control container context_management diagnostics fallbacks inference_geo max_tokens mcp_servers messages metadata model output_config output_format service_tier speed stop_sequences stream system temperature thinking thread tool_choice tools top_k top_p'.split(
    ' ',
  ),
)
const COUNTED = new Set(
  'cache_control context_management mcp_servers messages model output_config output_format speed system thinking tool_choice tools'.split(
    ' ',
  ),
)
const THINKING = 'There is a note to read first.'
/** Signs the thinking above; another one is no signature of ours. */
const SIGNATURE = 'EqQBCgIYAhIkY2xpZW50cy1vZi10aGUtZ2F0ZXdheS1zaWduYXR1cmUtMTIzGgw='

const id = z.string().regex(/^[a-zA-Z0-9_-]+$/, 'String should match pattern ^[a-zA-Z0-9_-]+$')
const words = z
  .string()
  .refine((text) => text.trim() !== '', 'text content blocks must contain non-whitespace text')
const cached = { cache_control: z.looseObject({ type: z.literal('ephemeral') }).nullish() }
const textBlock = z.strictObject({
  type: z.literal('text'),
  text: words,
  citations: z.array(z.unknown()).nullish(),
  ...cached,
})
const source = z.looseObject({ type: z.enum(['base64', 'url', 'file', 'text', 'content']) })
const mediaBlock = z.looseObject({ type: z.enum(['image', 'document']), source, ...cached })
const result = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: id,
  content: z.union([z.string(), z.array(z.union([textBlock, mediaBlock]))]).optional(),
  is_error: z.boolean().optional(),
  ...cached,
})
const use = z.strictObject({
  type: z.literal('tool_use'),
  id,
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,200}$/),
  input: z.record(z.string(), z.unknown()),
  caller: z.looseObject({ type: z.string() }).optional(),
  ...cached,
})
const thinking = z.strictObject({
  type: z.literal('thinking'),
  thinking: z.literal(THINKING, { error: 'Invalid `signature` in `thinking` block' }),
  signature: z.literal(SIGNATURE, { error: 'Invalid `signature` in `thinking` block' }),
})
type Block = z.infer<typeof textBlock | typeof result | typeof mediaBlock | typeof use | typeof thinking>
const message = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.literal('user'),
    content: z.union([words, z.array(z.union([textBlock, result, mediaBlock])).min(1)]),
  }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.union([words, z.array(z.union([textBlock, use, thinking])).min(1)]),
  }),
])
const clientTool = z.looseObject({
  type: z.literal('custom').nullish(),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal('object') }),
})
const serverTool = z.looseObject({ type: z.string().regex(/_20\d{6}$/), name: z.string() })
const counted = z.looseObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  system: z.union([z.string(), z.array(textBlock)]).optional(),
  tools: z.array(z.union([clientTool, serverTool])).optional(),
  thinking: z.looseObject({ type: z.enum(['enabled', 'adaptive', 'disabled']) }).optional(),
})
const request = counted.extend({ max_tokens: z.number().int().min(1), stream: z.boolean().optional() })
type MessagesRequest = z.infer<typeof request>

function offeredBy(tool: NonNullable<MessagesRequest['tools']>[number]): OfferedTool[] {
  const { data } = clientTool.safeParse(tool)
  return data ? [{ name: data.name, schema: data.input_schema }] : []
}

/** A provider of Anthropic's shape. */
export const messagesProvider: ScriptedProvider = {
  answer: ({ url, headers, body }) => {
    if ((headers['x-api-key'] ?? headers.authorization) === undefined) {
      throw new Refusal('x-api-key header is required', { status: 401 })
    }
    if (headers['anthropic-version'] === undefined) throw new Refusal('anthropic-version: header is required')
    if (url.pathname.endsWith('/messages/count_tokens')) {
      check(read(counted, body), COUNTED)
      return { status: 200, body: { input_tokens: 120 } }
    }
    if (!url.pathname.endsWith('/messages')) throw new Refusal('Not found', { status: 404 })
    const asked = read(request, body)
    check(asked, KNOWN)
    if (asked.thread)
      throw new Refusal('This model does not hold threads.', { code: 'thread_unsupported_request' })
    if (asked.temperature !== undefined && asked.top_p !== undefined) {
      throw new Refusal(
        '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
      )
    }
    const turn = nextTurn({
      tools: (asked.tools ?? []).flatMap(offeredBy),
      prompt: asked.messages.map((one) => (one.role === 'user' ? textOf(one.content) : '')).join('\n'),
      results: blocksOf(asked).flatMap((block) =>
        block.type === 'tool_result' ? [textOf(block.content ?? '')] : [],
      ),
    })
    const answer = whole(asked, turn)
    return asked.stream ? { status: 200, events: stream(answer) } : { status: 200, body: answer }
  },
  refusalBody: ({ message: said, status, code }) => ({
    type: 'error',
    error: {
      type: TYPES[status] ?? 'invalid_request_error',
      message: said,
      // The SDK's tool runner sends whole conversations from then on.
      ...(code ? { details: { error_code: code, unsupported: ['model'] } } : {}),
    },
    request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy',
  }),
}

const TYPES: Record<number, string> = { 401: 'authentication_error', 404: 'not_found_error' }

function read<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal(`${(issue?.path ?? []).join('.')}: ${JSON.stringify(issue?.message)}`)
}

function check(asked: z.infer<typeof counted>, known: ReadonlySet<string>): void {
  onlyKnown(asked, known, (field) => new Refusal(`${field}: Extra inputs are not permitted`))
  if (asked.messages[0]?.role !== 'user')
    throw new Refusal('messages: first message must use the "user" role')
  asked.messages.forEach(({ role, content }, index) => {
    if (role !== 'assistant' || typeof content === 'string') return
    const uses = content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []))
    const next = asked.messages[index + 1]?.content
    const answered =
      typeof next === 'string' || !next
        ? []
        : next.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []))
    const missing = uses.filter((one) => !answered.includes(one))
    if (missing.length) {
      throw new Refusal(
        `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      )
    }
  })
  const known_ids = new Set(blocksOf(asked).flatMap((block) => (block.type === 'tool_use' ? [block.id] : [])))
  const stray = blocksOf(asked).find(
    (block) => block.type === 'tool_result' && !known_ids.has(block.tool_use_id),
  )
  if (stray) throw new Refusal('messages: unexpected `tool_use_id` found in `tool_result` blocks')
}

function blocksOf({ messages }: z.infer<typeof counted>): Block[] {
  return messages.flatMap(({ content }): Block[] => (typeof content === 'string' ? [] : content))
}

function textOf(content: string | readonly { type: string; text?: unknown }[]): string {
  if (typeof content === 'string') return content
  return content.map(({ text }) => (typeof text === 'string' ? text : '')).join('\n')
}

function whole(asked: MessagesRequest, turn: Turn): Anthropic.Message {
  const { input, cached: read, output } = tokensOf(turn)
  const isThinking = asked.thinking !== undefined && asked.thinking.type !== 'disabled'
  const content: Anthropic.ContentBlock[] = isThinking
    ? [{ type: 'thinking', thinking: THINKING, signature: SIGNATURE }]
    : []
  if (turn.kind === 'call') {
    const { name } = turn
    content.push({
      type: 'tool_use',
      id: 'toolu_01D7FLrfh4GYq7yT1ULFeyMV',
      caller: { type: 'direct' },
      name,
      input: turn.input,
    })
  } else content.push({ type: 'text', text: turn.text, citations: null })
  return {
    id: 'msg_01XFDUDYJgAACzvnptvVoYEL',
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content,
    container: null,
    diagnostics: null,
    stop_details: null,
    stop_reason: turn.kind === 'call' ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: input - read,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: read,
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
      output_tokens: output,
      output_tokens_details: null,
      inference_geo: null,
      server_tool_use: null,
      service_tier: 'standard',
      speed: null,
    },
  }
}

function stream(answer: Anthropic.Message): string[] {
  const { content, stop_reason, usage } = answer
  const start = { ...answer, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } }
  const events: (Anthropic.RawMessageStreamEvent | { type: 'ping' })[] = [
    { type: 'message_start', message: start },
  ]
  content.forEach((block, index) => {
    events.push({ type: 'content_block_start', index, content_block: emptied(block) })
    if (index === 0) events.push({ type: 'ping' })
    for (const delta of deltasOf(block)) events.push({ type: 'content_block_delta', index, delta })
    events.push({ type: 'content_block_stop', index })
  })
  const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens, output_tokens } = usage
  events.push({
    type: 'message_delta',
    delta: { container: null, stop_details: null, stop_reason, stop_sequence: null },
    usage: {
      input_tokens,
      cache_creation_input_tokens,
      cache_read_input_tokens,
      output_tokens,
      output_tokens_details: null,
      server_tool_use: null,
    },
  })
  events.push({ type: 'message_stop' })
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
}

function emptied(block: Anthropic.ContentBlock): Anthropic.ContentBlock {
  switch (block.type) {
    case 'text':
      return { ...block, text: '' }
    case 'thinking':
      return { ...block, thinking: '', signature: '' }
    case 'tool_use':
      return { ...block, input: {} }
    default:
      return block
  }
}

function deltasOf(block: Anthropic.ContentBlock): Anthropic.RawContentBlockDelta[] {
  switch (block.type) {
    case 'text':
      return pieces(block.text).map((text) => ({ type: 'text_delta', text }))
    case 'thinking':
      return [
        ...pieces(block.thinking).map((piece) => ({ type: 'thinking_delta' as const, thinking: piece })),
        { type: 'signature_delta', signature: block.signature },
      ]
    case 'tool_use':
      return ['', ...pieces(JSON.stringify(block.input))].map((partial_json) => ({
        type: 'input_json_delta',
        partial_json,
      }))
    default:
      return []
  }
}
