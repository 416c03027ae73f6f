import { z } from 'zod'
import type { ReadRequest, RequestProblem } from './upstream-request'

/** The fields of Anthropic's messages that decide on an answer. */
const textBlock = z.looseObject({
  type: z.literal('text'),
  text: z.string().min(1, 'text content blocks must be non-empty'),
})
const blockContent = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))])
const block = z.union([
  textBlock,
  z.looseObject({ type: z.enum(['image', 'document', 'thinking', 'redacted_thinking', 'search_result']) }),
  z.looseObject({
    type: z.literal('tool_use'),
    id: z.string().regex(/^[a-zA-Z0-9_-]+$/, 'expected letters, digits, underscores or dashes'),
    name: z.string().min(1),
    input: z.looseObject({}, 'Input should be a valid dictionary'),
  }),
  z.looseObject({ type: z.literal('tool_result'), tool_use_id: z.string(), content: blockContent.nullish() }),
])
const message = z.looseObject({
  role: z.enum(['user', 'assistant'], 'Input should be user or assistant'),
  content: z.union([z.string().min(1, 'content must be non-empty'), z.array(block).min(1)]),
})
const tool = z.looseObject({
  name: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,128}$/, 'expected 1 to 128 letters, digits, underscores or dashes'),
  input_schema: z.looseObject({ type: z.literal('object') }).optional(),
  type: z.string().nullish(),
})
const body = z.looseObject({
  model: z.string('Field required').min(1),
  max_tokens: z.int('Field required').min(1),
  messages: z.array(message, 'Field required').min(1, 'at least one message is required'),
  system: z.union([z.string(), z.array(textBlock)]).optional(),
  stream: z.boolean().optional(),
  tools: z.array(tool).optional(),
  tool_choice: z
    .looseObject({
      type: z.enum(['auto', 'any', 'tool', 'none']),
      name: z.string().optional(),
      disable_parallel_tool_use: z.boolean().optional(),
    })
    .optional(),
  thinking: z.looseObject({ type: z.enum(['enabled', 'disabled', 'adaptive']) }).optional(),
  temperature: z.number().min(0).max(1).optional(),
})
type Body = z.infer<typeof body>

/** Reads the parsed body of `POST /messages` and refuses what Anthropic would. Reference: its API reference. */
export function readAnthropicRequest(value: unknown): ReadRequest {
  const parsed = body.safeParse(value)
  if (!parsed.success) return { ok: false, problem: explainIssue(parsed.error) }
  const { data } = parsed
  const problem = findConversationProblem(data.messages) ?? findToolChoiceProblem(data)
  if (problem) return { ok: false, problem }
  return {
    ok: true,
    request: {
      model: data.model,
      isStream: data.stream === true,
      wantsUsage: true,
      tools: (data.tools ?? []).map(({ name, input_schema: schema }) => ({ name, schema })),
      toolChoice: readToolChoice(data.tool_choice),
      allowsParallelCalls: data.tool_choice?.disable_parallel_tool_use !== true,
      endsWithToolResults: blocksOf(data.messages.at(-1)).some(({ type }) => type === 'tool_result'),
      earlierTurns: data.messages.filter(({ role }) => role === 'assistant').length,
      maxTokens: data.max_tokens,
      wantsReasoning: data.thinking !== undefined && data.thinking.type !== 'disabled',
      output: 'text',
    },
  }
}

function readToolChoice(choice: Body['tool_choice']): 'auto' | 'none' | 'required' | { name: string } {
  if (choice?.type === 'tool') return { name: choice.name ?? '' }
  if (choice?.type === 'any') return 'required'
  return choice?.type === 'none' ? 'none' : 'auto'
}

function findToolChoiceProblem({ tools, tool_choice: choice }: Body): RequestProblem | null {
  if (!choice || choice.type === 'none' || choice.type === 'auto') return null
  if (!tools?.length)
    return { message: 'tool_choice may only be specified while providing tools', field: 'tool_choice' }
  if (choice.type === 'any' || tools.some(({ name }) => name === choice.name)) return null
  return { message: `Tool '${choice.name ?? ''}' not found in provided tools`, field: 'tool_choice' }
}

type Block = { type: string; id?: unknown; tool_use_id?: unknown }

function blocksOf(message: Body['messages'][number] | undefined): Block[] {
  return message && Array.isArray(message.content) ? message.content : []
}

/** The first message is the user's; tool results answer the calls of the message right before, all of them. */
function findConversationProblem(messages: Body['messages']): RequestProblem | null {
  if (messages[0]?.role !== 'user')
    return { message: 'first message must use the "user" role', field: 'messages.0' }
  let open = new Set<unknown>()
  for (const [index, message] of messages.entries()) {
    const field = `messages.${index}.content`
    for (const { type, tool_use_id: id } of blocksOf(message)) {
      if (type === 'tool_result' && !open.delete(id))
        return { message: `unexpected tool_use_id found in tool_result blocks: ${String(id)}`, field }
    }
    if (open.size > 0)
      return {
        message: `tool_use ids were found without tool_result blocks immediately after: ${[...open].join(', ')}`,
        field,
      }
    open = new Set(blocksOf(message).flatMap(({ type, id }) => (type === 'tool_use' ? [id] : [])))
  }
  return open.size > 0
    ? {
        message: 'the conversation must not end with tool_use blocks',
        field: `messages.${messages.length - 1}`,
      }
    : null
}

function explainIssue(error: z.ZodError): RequestProblem {
  const [issue] = error.issues
  const field = issue?.path.join('.') ?? ''
  return { message: issue?.message ?? 'unknown problem', field: field || null }
}
