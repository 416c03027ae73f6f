import type { CheckBudget } from '../../records/check-budget'
import {
  checkToolCalls,
  type OfferedTool,
  type RawToolCall,
  readOfferedTools,
} from '../../records/check-tool-calls'
import type { ToolCall } from '../../records/request-record'
import { systemPromptOf } from '../../records/system-prompt'
import type { Attributes, OtlpSpan } from './schema'
import { firstOf, structureOf } from './span-attributes'

/** What a span says about tools. Null is unknown: the content was not captured, or was cut by the SDK. */
export type SpanTools = {
  toolsOffered: number | null
  toolCalls: ToolCall[] | null
  hasToolResultsInInput: boolean | null
  /** Finish reason of the answer's messages, when they carry one. */
  messageFinishReason: string | null
  toolNames: string[] | null
  systemPrompt: string | null
}

const DEFINITIONS = ['gen_ai.tool.definitions'] as const
const INSTRUCTIONS = ['gen_ai.system_instructions'] as const
const INPUT = ['gen_ai.input.messages', 'gen_ai.prompt'] as const
const OUTPUT = ['gen_ai.output.messages', 'gen_ai.completion'] as const
/** Events of older conventions and of some SDKs that carry the same attributes as the span. */
const CONTENT_EVENTS = new Set([
  'gen_ai.client.inference.operation.details',
  'gen_ai.content.prompt',
  'gen_ai.content.completion',
])
const RESULT_PARTS = new Set([
  'tool_call_response',
  'tool_result',
  'function_call_output',
  'function_response',
])
const CALL_PARTS = new Set(['tool_call', 'tool_use', 'function_call'])
const TOOL_ROLES = new Set(['tool', 'function'])
const MAX_CALLS = 1000

const REMEMBERED_DEFINITIONS = 100
const MAX_REMEMBERED_LENGTH = 65_536
const rememberedDefinitions = new Map<string, OfferedTool[] | null>()

/**
 * Tools offered, tools called (held against the offered ones) and tool results in the input, from the span's content
 * attributes as JSON text or structure, from content events, or from Traceloop's flat `gen_ai.completion.N.…` names.
 * `budget` is that of the whole export. Never throws. Sources: message and tool schemas of the OpenTelemetry GenAI semantic conventions;
 * `openllmetry-semantic-conventions` of traceloop/openllmetry. Text that SDKs have cut is unknown, not empty.
 */
export function readSpanTools(span: OtlpSpan, budget: CheckBudget): SpanTools {
  const carriers = [span.attributes, ...span.events.filter(isContentEvent).map((event) => event.attributes)]
  const offered = readDefinitions(carriers)
  const input = readMessages(carriers, INPUT)
  const output = readMessages(carriers, OUTPUT)
  const calls = output === null ? readFlatCalls(span.attributes) : output.flatMap(callsOf)
  const hasToolMessageEvent = span.events.some((event) => event.name === 'gen_ai.tool.message')
  const inInput = input === null ? readFlatResults(span.attributes) : input.some(holdsToolResult)
  return {
    toolsOffered: offered?.length ?? null,
    toolCalls: calls === null ? null : checkToolCalls(calls.slice(0, MAX_CALLS), offered, budget),
    hasToolResultsInInput: hasToolMessageEvent || inInput,
    messageFinishReason: output === null ? null : finishReasonOf(output),
    toolNames: offered?.map(({ name }) => name) ?? null,
    systemPrompt: systemPromptOf({
      system: readInstructions(carriers),
      messages: input ?? readFlatPrompt(span.attributes),
    }),
  }
}

function isContentEvent(event: OtlpSpan['events'][number]): boolean {
  return CONTENT_EVENTS.has(event.name)
}

/** Applications send the same definitions with every request, so the text is parsed once. */
function readDefinitions(carriers: readonly Attributes[]): OfferedTool[] | null {
  for (const attributes of carriers) {
    const value = firstOf(attributes, DEFINITIONS)
    if (value === null) continue
    if (typeof value !== 'string') return readOfferedTools(value)
    const remembered = rememberedDefinitions.get(value)
    if (remembered !== undefined) return remembered
    const offered = readOfferedTools(structureOf(attributes, DEFINITIONS))
    if (value.length > MAX_REMEMBERED_LENGTH) return offered
    if (rememberedDefinitions.size >= REMEMBERED_DEFINITIONS) rememberedDefinitions.clear()
    rememberedDefinitions.set(value, offered)
    return offered
  }
  return null
}

type Message = Record<string, unknown>

/** Text, or parts as structure or JSON text. */
function readInstructions(carriers: readonly Attributes[]): unknown {
  for (const attributes of carriers) {
    const value = structureOf(attributes, INSTRUCTIONS)
    if (value !== undefined) return value
    const text = firstOf(attributes, INSTRUCTIONS)
    if (text !== null) return text
  }
  return null
}

/** The messages of a list; null when there is none or one of them is no message. */
function readMessages(carriers: readonly Attributes[], names: readonly string[]): Message[] | null {
  for (const attributes of carriers) {
    const value = structureOf(attributes, names)
    if (Array.isArray(value) && value.every(isObject)) return value
  }
  return null
}

/** Parts of the conventions, content blocks of Anthropic's API, or the content of a plain text message (none). */
function partsOf(message: Message): Message[] {
  const parts = Array.isArray(message.parts) ? message.parts : message.content
  return Array.isArray(parts) ? parts.filter(isObject) : []
}

function holdsToolResult(message: Message): boolean {
  if (typeof message.role === 'string' && TOOL_ROLES.has(message.role.toLowerCase())) return true
  return partsOf(message).some((part) => RESULT_PARTS.has(String(part.type)))
}

function callsOf(message: Message): RawToolCall[] {
  const fromParts = partsOf(message).filter((part) => CALL_PARTS.has(String(part.type)))
  const openAi = Array.isArray(message.tool_calls) ? message.tool_calls.filter(isObject) : []
  return [...fromParts, ...openAi].map(toRawCall)
}

function toRawCall(call: Message): RawToolCall {
  const called = isObject(call.function) ? call.function : call
  const name = typeof called.name === 'string' ? called.name : ''
  const given = called.arguments ?? called.input ?? called.args
  return typeof given === 'string'
    ? { name, arguments: given }
    : { name, arguments: null, argumentsValue: given ?? undefined }
}

function finishReasonOf(messages: readonly Message[]): string | null {
  const reasons = messages
    .map((message) => message.finish_reason)
    .filter((reason) => typeof reason === 'string')
  return reasons[0] ?? null
}

function readFlatCalls(attributes: Attributes): RawToolCall[] | null {
  if (!attributes.has('gen_ai.completion.0.role') && !attributes.has('gen_ai.completion.0.finish_reason'))
    return null
  const calls: RawToolCall[] = []
  for (const [key, name] of attributes) {
    if (!/^gen_ai\.completion\.\d+\.tool_calls\.\d+\.name$/.test(key)) continue
    const given = attributes.get(key.replace(/name$/, 'arguments'))
    calls.push({ name: String(name), arguments: typeof given === 'string' ? given : null })
  }
  return calls
}

/** Traceloop's flat names put together again, as far as prompts go. */
function readFlatPrompt(attributes: Attributes): Message[] {
  const messages: Message[] = []
  for (const [key, role] of attributes) {
    if (!/^gen_ai\.prompt\.\d+\.role$/.test(key)) continue
    messages.push({ role, content: attributes.get(key.replace(/role$/, 'content')) })
  }
  return messages
}

function readFlatResults(attributes: Attributes): boolean | null {
  let hasPrompt = false
  for (const [key, value] of attributes) {
    if (!/^gen_ai\.prompt\.\d+\.role$/.test(key)) continue
    hasPrompt = true
    if (TOOL_ROLES.has(String(value))) return true
  }
  return hasPrompt ? false : null
}

function isObject(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
