import { z } from 'zod'
import { onlyKnown, Refusal } from './scripted-provider'
import type { OfferedTool } from './turn'

// What Anthropic's messages take: https://platform.claude.com/docs/en/api/messages

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
/** What the provider thinks, and its signature; anything else it did not write. */
export const THINKING = 'There is a note to read first.'
export const SIGNATURE = 'EqQBCgIYAhIkY2xpZW50cy1vZi10aGUtZ2F0ZXdheS1zaWduYXR1cmUtMTIzGgw='

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
export type MessagesRequest = z.infer<typeof request>

/** A request as Anthropic would accept it; throws a Refusal in its words otherwise. */
export function readMessagesRequest(body: unknown): MessagesRequest {
  const asked = read(request, body)
  check(asked, KNOWN)
  if (asked.thread) {
    throw new Refusal('This model does not hold threads.', { code: 'thread_unsupported_request' })
  }
  if (asked.temperature !== undefined && asked.top_p !== undefined) {
    throw new Refusal(
      '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    )
  }
  return asked
}

/** Checks a request whose tokens are to be counted. */
export function checkCountRequest(body: unknown): void {
  check(read(counted, body), COUNTED)
}

/** All that the user said. */
export function promptOf({ messages }: MessagesRequest): string {
  return messages.map(({ role, content }) => (role === 'user' ? textOf(content) : '')).join('\n')
}

/** The texts of the tool results, oldest first. */
export function resultsOf(asked: MessagesRequest): string[] {
  return blocksOf(asked).flatMap((block) =>
    block.type === 'tool_result' ? [textOf(block.content ?? '')] : [],
  )
}

/** The tools the client itself runs. */
export function offeredBy(tool: NonNullable<MessagesRequest['tools']>[number]): OfferedTool[] {
  const { data } = clientTool.safeParse(tool)
  return data ? [{ name: data.name, schema: data.input_schema }] : []
}

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
