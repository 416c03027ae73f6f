import { z } from 'zod'
import { openaiRefusal } from './openai-refusal'
import { onlyKnown, Refusal } from './scripted-provider'
import type { OfferedTool } from './turn'

// What OpenAI's Responses takes: https://platform.openai.com/docs/api-reference/responses/create

const KNOWN = new Set(
  'background client_metadata context_management conversation include input instructions max_output_tokens max_tool_calls metadata model moderation parallel_tool_calls previous_response_id prompt prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p truncation user'.split(
    ' ',
  ),
)
/** What the provider's reasoning comes back as; anything else it did not write. */
export const ENCRYPTED = 'gAAAAABpLkF2clients-of-the-gateway-encrypted-reasoning=='

const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/)
const callId = z.string().min(1).max(64)
const idOf = (prefix: string) =>
  z.string().startsWith(prefix, `Expected an ID that begins with '${prefix}'.`).max(64).nullish()
const status = z.enum(['in_progress', 'completed', 'incomplete']).nullish()
const inputPart = z.looseObject({
  type: z.enum(['input_text', 'input_image', 'input_file', 'input_audio']),
  text: z.string().optional(),
})
const outputPart = z.looseObject({ type: z.enum(['output_text', 'refusal']), text: z.string().optional() })
const output = z.union([z.string(), z.array(inputPart)])
const inputMessage = z.strictObject({
  type: z.literal('message').optional(),
  role: z.enum(['user', 'system', 'developer']),
  content: z.union([z.string(), z.array(inputPart)]),
  id: idOf('msg'),
  status,
})
const outputMessage = z.strictObject({
  type: z.literal('message').optional(),
  role: z.literal('assistant'),
  content: z.union([z.string(), z.array(outputPart)]),
  id: idOf('msg'),
  status,
  phase: z.string().nullish(),
})
const reasoning = z.strictObject({
  type: z.literal('reasoning'),
  id: idOf('rs'),
  summary: z.array(z.strictObject({ type: z.literal('summary_text'), text: z.string() })),
  content: z.array(z.unknown()).nullish(),
  encrypted_content: z
    .literal(ENCRYPTED, { error: 'The encrypted content could not be verified.' })
    .nullish(),
  status,
})
const functionCall = z.strictObject({
  type: z.literal('function_call'),
  id: idOf('fc'),
  call_id: callId,
  name,
  namespace: z.string().optional(),
  arguments: z.string(),
  caller: z.unknown().optional(),
  status,
})
const functionOutput = z.strictObject({
  type: z.literal('function_call_output'),
  id: idOf('fc'),
  call_id: callId,
  output,
  status,
})
const item = z.union([inputMessage, outputMessage, reasoning, functionCall, functionOutput])
const functionTool = z.strictObject({
  type: z.literal('function'),
  name,
  description: z.string().nullish(),
  parameters: z.looseObject({ type: z.literal('object') }).nullish(),
  strict: z.boolean().nullish(),
  defer_loading: z.boolean().optional(),
})
const customTool = z.looseObject({ type: z.literal('custom'), name, description: z.string().optional() })
const namespaceTool = z.strictObject({
  type: z.literal('namespace'),
  name,
  description: z.string(),
  tools: z.array(z.union([functionTool, customTool])),
})
const builtInTool = z.looseObject({
  type: z
    .string()
    .regex(
      /^(web_search|web_search_preview|file_search|code_interpreter|image_generation|mcp|shell|local_shell|apply_patch|tool_search|computer)/,
    ),
})
const request = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(item).min(1)]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  store: z.boolean().nullish(),
  include: z.array(z.string()).nullish(),
  max_output_tokens: z.number().int().min(16).nullish(),
  reasoning: z.looseObject({ effort: z.string().nullish(), summary: z.string().nullish() }).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  tools: z.array(z.union([functionTool, customTool, namespaceTool, builtInTool])).nullish(),
})
export type ResponsesRequest = z.infer<typeof request>

/** A request as OpenAI would accept it; throws a Refusal in its words otherwise. */
export function readResponsesRequest(body: unknown): ResponsesRequest {
  const parsed = request.safeParse(body)
  if (!parsed.success) throw openaiRefusal(parsed.error)
  onlyKnown(
    parsed.data,
    KNOWN,
    (param) => new Refusal(`Unknown parameter: '${param}'.`, { param, code: 'unknown_parameter' }),
  )
  checkItems(parsed.data)
  return parsed.data
}

/** Every call has its output and every output its call; what is not stored cannot be named by its id alone. */
function checkItems(asked: ResponsesRequest): void {
  const items = itemsOf(asked)
  const calls = new Set(items.flatMap((one) => (one.type === 'function_call' ? [one.call_id] : [])))
  const outputs = new Set(items.flatMap((one) => (one.type === 'function_call_output' ? [one.call_id] : [])))
  const unanswered = [...calls].find((id) => !outputs.has(id))
  if (unanswered)
    throw new Refusal(`No tool output found for function call ${unanswered}.`, { param: 'input' })
  const stray = [...outputs].find((id) => !calls.has(id))
  if (stray)
    throw new Refusal(`No tool call found for function call output with call_id ${stray}.`, {
      param: 'input',
    })
  const bare = items.find((one) => one.type === 'reasoning' && one.id && !one.encrypted_content)
  if (bare && asked.store === false) {
    throw new Refusal(
      `Item with id '${bare.id}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`,
      { status: 404, param: 'input' },
    )
  }
}

function itemsOf({ input }: ResponsesRequest) {
  return typeof input === 'string' ? [] : input
}

/** All that the user said. */
export function promptOf(asked: ResponsesRequest): string {
  if (typeof asked.input === 'string') return asked.input
  return asked.input
    .map((one) => ('role' in one && one.role === 'user' ? textOf(one.content) : ''))
    .join('\n')
}

/** The functions a tool of the request stands for; none for built-in ones. */
export function offeredBy(tool: NonNullable<ResponsesRequest['tools']>[number]): OfferedTool[] {
  const parsed = functionTool.safeParse(tool)
  return parsed.success ? [{ name: parsed.data.name, schema: parsed.data.parameters ?? {} }] : []
}

/** The texts of the outputs, oldest first. */
export function outputsOf(asked: ResponsesRequest): string[] {
  return itemsOf(asked).flatMap((one) => (one.type === 'function_call_output' ? [textOf(one.output)] : []))
}

function textOf(content: string | readonly { text?: string }[]): string {
  return typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('\n')
}
