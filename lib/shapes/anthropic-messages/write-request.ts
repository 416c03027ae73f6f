import { type JsonObject, objectsOf, withoutUndefined } from '../../platform/json-value'
import { flatToolName, flatTools, objectSchema } from '../flat-tools'
import type { BuiltInTool, FunctionTool, Request } from '../hub'
import { planThinking } from './plan-thinking'
import { writeMessages } from './write-messages'

/**
 * A request for an Anthropic provider. What Anthropic has no word for is left out: seed, candidates, logprobs, logit
 * bias, penalties, verbosity, an answer that is JSON without a schema, and a schema's name and strictness. Source:
 * MessageCreateParams of Anthropic's API reference.
 */
export function writeRequest(request: Request, upstreamModel: string): JsonObject {
  const { system, messages } = writeMessages(request.messages)
  const { tools, toolChoice } = writeTools(request)
  const { thinking: wanted, maxTokens } = planThinking(request.reasoning, request.maxTokens)
  const thinking = canThink({ toolChoice, messages }) ? wanted : undefined
  const isThinking = thinking?.type === 'enabled'
  const { responseFormat, user, temperature, topP, topK } = request
  const stop = request.stop.filter((text) => /\S/.test(text))
  return withoutUndefined({
    model: upstreamModel,
    max_tokens: maxTokens,
    system,
    messages,
    tools,
    tool_choice: toolChoice,
    thinking,
    temperature: isThinking || temperature === null ? undefined : Math.min(1, Math.max(0, temperature)),
    top_p: isThinking ? undefined : (topP ?? undefined),
    top_k: isThinking ? undefined : (topK ?? undefined),
    // Anthropic refuses sequences of nothing but white space.
    stop_sequences: stop.length === 0 ? undefined : stop,
    metadata: user === null ? undefined : { user_id: user },
    output_config:
      responseFormat?.type === 'json_schema'
        ? { format: { type: 'json_schema', schema: responseFormat.schema } }
        : undefined,
    service_tier: SERVICE_TIERS[request.serviceTier ?? ''],
    cache_control: request.cacheControl ?? undefined,
    stream: request.isStream ? true : undefined,
  })
}

const SERVICE_TIERS: Readonly<Record<string, string>> = { auto: 'auto', default: 'standard_only' }

/**
 * Tools and their choice; undefined when there is none. Anthropic refuses calls in the history of a request without
 * tools, so these are declared then, and not to be called again.
 */
function writeTools(request: Request): { tools?: JsonObject[]; toolChoice?: JsonObject | undefined } {
  const { tools, choice } = flatTools(request, 'anthropic-messages')
  if (tools.length === 0) {
    const called = calledTools(request)
    return called.length === 0 ? {} : { tools: called, toolChoice: { type: 'none' } }
  }
  return { tools: tools.map(writeTool), toolChoice: writeChoice(choice, request.parallelToolCalls) }
}

function calledTools({ messages }: Request): JsonObject[] {
  const names = messages.flatMap((message) =>
    message.role === 'assistant'
      ? message.parts.flatMap((part) => (part.type === 'tool_call' ? [flatToolName(part)] : []))
      : [],
  )
  return [...new Set(names)].map((name) => ({ name, input_schema: objectSchema(null) }))
}

/** `strict` is left out: each provider's subset of JSON Schema is its own, and a schema outside it is refused. */
function writeTool(tool: FunctionTool | BuiltInTool): JsonObject {
  if (tool.type === 'built_in') return tool.value
  const { name, description, parameters, cacheControl } = tool
  return withoutUndefined({
    name,
    description: description ?? undefined,
    input_schema: objectSchema(parameters),
    cache_control: cacheControl ?? undefined,
  })
}

function writeChoice(
  choice: ReturnType<typeof flatTools>['choice'],
  isParallel: boolean | null,
): JsonObject | undefined {
  const written = choice === null ? undefined : choiceObject(choice)
  if (isParallel !== false || written?.type === 'none') return written
  return { ...(written ?? { type: 'auto' }), disable_parallel_tool_use: true }
}

function choiceObject(choice: NonNullable<ReturnType<typeof flatTools>['choice']>): JsonObject {
  switch (choice.mode) {
    case 'required':
      return { type: 'any' }
    case 'tool':
      return { type: 'tool', name: choice.name }
    case 'built_in':
      return choice.value
    default:
      return { type: choice.mode }
  }
}

/**
 * Anthropic refuses thinking together with a forced tool, and in the middle of a tool loop whose last call came
 * without its signed thinking; such a request is better answered without thinking than not at all.
 */
function canThink({
  toolChoice,
  messages,
}: {
  toolChoice: JsonObject | undefined
  messages: readonly JsonObject[]
}): boolean {
  if (toolChoice?.type === 'any' || toolChoice?.type === 'tool') return false
  const last = messages.findLast((message) => message.role === 'assistant')
  const blocks = objectsOf(last?.content)
  const isThought = (block: JsonObject | undefined) =>
    block?.type === 'thinking' || block?.type === 'redacted_thinking'
  return !blocks.some((block) => block.type === 'tool_use') || isThought(blocks[0])
}
