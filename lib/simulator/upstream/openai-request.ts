import { z } from 'zod'
import type { ReadRequest, RequestProblem } from './upstream-request'

/** The fields of OpenAI's chat completions that decide on an answer; what else comes is let through, as they do. */
const text = z.string()
const part = z.looseObject({ type: z.string() })
const content = z.union([text, z.array(part).min(1)], 'expected a text or a list of parts')
const toolCall = z.looseObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.looseObject({ name: z.string().min(1), arguments: z.string() }),
})
const message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.literal('system'), content }),
  z.looseObject({ role: z.literal('developer'), content }),
  z.looseObject({ role: z.literal('user'), content }),
  z.looseObject({
    role: z.literal('assistant'),
    content: content.nullish(),
    tool_calls: z.array(toolCall).min(1).optional(),
  }),
  z.looseObject({ role: z.literal('tool'), content, tool_call_id: z.string() }),
])
const functionTool = z.looseObject({
  type: z.literal('function'),
  function: z.looseObject({
    name: z
      .string()
      .regex(/^[a-zA-Z0-9_-]{1,64}$/, 'expected 1 to 64 letters, digits, underscores or dashes'),
    description: z.string().nullish(),
    parameters: z.looseObject({}).nullish(),
  }),
})
const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.looseObject({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) }),
])
const tokenLimit = z.int().min(1)
const body = z.looseObject({
  model: z.string('you must provide a model parameter').min(1),
  messages: z.array(message).min(1, 'expected at least one message'),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  tools: z.array(functionTool).min(1, 'expected at least one tool').nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  max_tokens: tokenLimit.nullish(),
  max_completion_tokens: tokenLimit.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  reasoning_effort: z.string().nullish(),
  reasoning: z.looseObject({}).nullish(),
  response_format: z
    .looseObject({
      type: z.enum(['text', 'json_object', 'json_schema']),
      json_schema: z.looseObject({ schema: z.looseObject({}).nullish() }).nullish(),
    })
    .nullish(),
})
type Body = z.infer<typeof body>

/** Reads the parsed body of `POST /chat/completions` and refuses what OpenAI would. Reference: its API reference. */
export function readOpenaiRequest(value: unknown): ReadRequest {
  const parsed = body.safeParse(value)
  if (!parsed.success) return { ok: false, problem: explainIssue(parsed.error) }
  const problem = findConversationProblem(parsed.data.messages) ?? findToolChoiceProblem(parsed.data)
  if (problem) return { ok: false, problem }
  const { data } = parsed
  const choice = data.tool_choice ?? 'auto'
  return {
    ok: true,
    request: {
      model: data.model,
      isStream: data.stream === true,
      wantsUsage: data.stream_options?.include_usage === true,
      tools: (data.tools ?? []).map((tool) => ({
        name: tool.function.name,
        schema: tool.function.parameters ?? undefined,
      })),
      toolChoice: typeof choice === 'string' ? choice : { name: choice.function.name },
      allowsParallelCalls: data.parallel_tool_calls !== false,
      endsWithToolResults: data.messages.at(-1)?.role === 'tool',
      earlierTurns: data.messages.filter(({ role }) => role === 'assistant').length,
      maxTokens: data.max_completion_tokens ?? data.max_tokens ?? null,
      wantsReasoning: wantsReasoning(data),
      output: readOutput(data.response_format),
    },
  }
}

function wantsReasoning({ reasoning_effort: effort, reasoning }: Body): boolean {
  if (typeof effort === 'string') return effort !== 'none' && effort !== 'minimal'
  return reasoning != null && reasoning.enabled !== false && reasoning.effort !== 'none'
}

function readOutput(format: Body['response_format']): 'text' | 'json' | Record<string, unknown> {
  if (format?.type === 'json_schema') return format.json_schema?.schema ?? 'json'
  return format?.type === 'json_object' ? 'json' : 'text'
}

function findToolChoiceProblem({ tools, tool_choice: choice }: Body): RequestProblem | null {
  if (choice == null) return null
  if (!tools) {
    return choice === 'none' || choice === 'auto'
      ? null
      : { message: "'tool_choice' is only allowed when 'tools' are specified.", field: 'tool_choice' }
  }
  if (typeof choice === 'string') return null
  const { name } = choice.function
  if (tools.some((tool) => tool.function.name === name)) return null
  return { message: `Tool choice '${name}' not found in 'tools' parameter.`, field: 'tool_choice' }
}

/** Each tool result must answer a call of the assistant's message before it, and each call must be answered. */
function findConversationProblem(messages: Body['messages']): RequestProblem | null {
  let open = new Set<string>()
  for (const [index, message] of messages.entries()) {
    const field = `messages.[${index}].role`
    if (message.role === 'tool') {
      if (open.delete(message.tool_call_id)) continue
      return {
        message: "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
        field,
      }
    }
    if (open.size > 0) return unanswered(open, field)
    if (message.role !== 'assistant') continue
    if (message.content == null && !message.tool_calls)
      return {
        message: 'An assistant message needs content or tool_calls.',
        field: `messages.[${index}].content`,
      }
    open = new Set(message.tool_calls?.map((call) => call.id))
  }
  return open.size > 0 ? unanswered(open, `messages.[${messages.length - 1}].role`) : null
}

function unanswered(open: ReadonlySet<string>, field: string): RequestProblem {
  return {
    message: `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. Without response: ${[...open].join(', ')}.`,
    field,
  }
}

function explainIssue(error: z.ZodError): RequestProblem {
  const [issue] = error.issues
  const field = issue?.path.map((step) => (typeof step === 'number' ? `[${step}]` : String(step))).join('.')
  return { message: `Invalid '${field || 'body'}': ${issue?.message ?? 'unknown'}.`, field: field || null }
}
