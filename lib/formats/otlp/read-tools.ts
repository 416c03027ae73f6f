import type { CheckBudget } from '../../records/check-budget'
import {
  checkToolCalls,
  type OfferedTool,
  type RawToolCall,
  readOfferedTools,
} from '../../records/check-tool-calls'
import { normalizeFinishReason } from '../../records/finish-reason'
import type { ToolCall } from '../../records/request-record'
import { systemPromptOf } from '../../records/system-prompt'
import { FIELD_NAMES } from './dialects/registry'
import { isRecord, parsed } from './dialects/structures'
import { readFinishReason } from './read-finish-reason'
import type { Attributes, AttributeValue, OtlpEvent } from './schema'
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

const DEFINITIONS = FIELD_NAMES.toolDefinitions
const INSTRUCTIONS = FIELD_NAMES.systemInstructions
const INPUT = FIELD_NAMES.inputMessages
const OUTPUT = FIELD_NAMES.outputMessages
/** Events of older conventions and of some SDKs that carry the same attributes as the span. */
const DETAIL_EVENTS = new Set([
  'gen_ai.client.inference.operation.details',
  'gen_ai.content.prompt',
  'gen_ai.content.completion',
])
/** Events of the conventions 1.28 to 1.36 that hold one message each, by the role they name. */
const MESSAGE_EVENTS: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
])
const CHOICE_EVENT = 'gen_ai.choice'
/** Azure's SDKs put an event's body into one attribute. */
export const EVENT_BODY = ['gen_ai.event.content', 'event.body'] as const
/** Names of all events that hold content of a call. */
export const CONTENT_EVENTS: ReadonlySet<string> = new Set([
  ...DETAIL_EVENTS,
  ...MESSAGE_EVENTS.keys(),
  CHOICE_EVENT,
])
const RESULT_PARTS = new Set([
  'tool_call_response',
  'tool_result',
  'tool-result',
  'function_call_output',
  'function_response',
])
const CALL_PARTS = new Set(['tool_call', 'tool-call', 'tool_use', 'function_call'])
const TOOL_ROLES = new Set(['tool', 'function'])
const MAX_CALLS = 1000

const REMEMBERED_DEFINITIONS = 100
const MAX_REMEMBERED_LENGTH = 65_536
const rememberedDefinitions = new Map<string, OfferedTool[] | null>()

/**
 * Tools offered, tools called (held against the offered ones) and tool results in the input, from the content attributes
 * as JSON text or structure, or from content events. An answer that ended by tool call and shows none does not tell its
 * calls. `budget` is that of the whole export. Never throws. Sources: message and tool schemas of the OpenTelemetry GenAI
 * semantic conventions; `dialects` for everybody else's. Text that SDKs have cut is unknown, not empty.
 */
export function readSpanTools(
  { attributes, events }: { attributes: Attributes; events: readonly OtlpEvent[] },
  budget: CheckBudget,
): SpanTools {
  const carriers = [attributes, ...events.filter(isContentEvent).map((event) => event.attributes)]
  const offered = readDefinitions(carriers)
  const input = readMessages(carriers, INPUT) ?? messagesOfEvents(events)
  const output = readMessages(carriers, OUTPUT) ?? choicesOfEvents(events)
  const messageFinishReason = output === null ? null : finishReasonOf(output)
  const calls = output?.flatMap(callsOf) ?? null
  const isToolCall = [messageFinishReason, readFinishReason(attributes)].some(
    (reason) => normalizeFinishReason(reason) === 'tool_calls',
  )
  const isTold = calls !== null && (calls.length > 0 || !isToolCall)
  return {
    toolsOffered: offered?.length ?? null,
    toolCalls: isTold ? checkToolCalls(calls.slice(0, MAX_CALLS), offered, budget) : null,
    hasToolResultsInInput: input === null ? null : input.some(holdsToolResult),
    messageFinishReason,
    toolNames: offered?.map(({ name }) => name) ?? null,
    systemPrompt: systemPromptOf({ system: readInstructions(carriers), messages: input ?? [] }),
  }
}

/** The messages that an export tells by one event each; null when it has none. */
function messagesOfEvents(events: readonly OtlpEvent[]): Message[] | null {
  const messages = events.flatMap(({ name, attributes }) => {
    const role = MESSAGE_EVENTS.get(name)
    return role === undefined ? [] : [{ ...bodyOf(attributes), role }]
  })
  return messages.length > 0 ? messages : null
}

function choicesOfEvents(events: readonly OtlpEvent[]): Message[] | null {
  const choices = events.filter(({ name }) => name === CHOICE_EVENT)
  return choices.length > 0 ? choices.map(({ attributes }) => messageOfChoice(bodyOf(attributes))) : null
}

/** What an event says: the body in one attribute, else its attributes. */
function bodyOf(attributes: Attributes): Message {
  const body = structureOf(attributes, EVENT_BODY)
  if (isObject(body)) return body
  return Object.fromEntries([...attributes].map(([key, value]) => [key, parsed(value)]))
}

function messageOfChoice(choice: Message): Message {
  const message = isObject(choice.message) ? choice.message : choice
  return { ...message, finish_reason: message.finish_reason ?? choice.finish_reason ?? null }
}

function isContentEvent(event: OtlpEvent): boolean {
  return DETAIL_EVENTS.has(event.name)
}

/** Applications send the same definitions with every request, so the text is parsed once. */
function readDefinitions(carriers: readonly Attributes[]): OfferedTool[] | null {
  for (const attributes of carriers) {
    const value = firstOf(attributes, DEFINITIONS) ?? toolsOfBody(attributes)
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

/** The tools of a request's whole body, which some gateways log as its prompt. */
function toolsOfBody(attributes: Attributes): AttributeValue {
  const body = parsed(firstOf(attributes, INPUT))
  return isRecord(body) && Array.isArray(body.tools) ? body.tools : null
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

/** The messages under one of these names, in whatever they are wrapped; null when there are none. */
function readMessages(carriers: readonly Attributes[], names: readonly string[]): Message[] | null {
  for (const attributes of carriers) {
    for (const name of names) {
      const messages = messagesIn(structureOf(attributes, [name]))
      if (messages !== null) return messages
    }
  }
  return null
}

/** A list of messages, one message, or the body of a request or an answer that holds some. */
function messagesIn(value: unknown): Message[] | null {
  if (Array.isArray(value)) return value.every(isObject) ? value : null
  if (!isObject(value)) return null
  if (Array.isArray(value.messages)) return messagesIn(value.messages)
  if (Array.isArray(value.choices)) return value.choices.filter(isObject).map(messageOfChoice)
  if (Array.isArray(value.output)) return messagesIn(value.output)
  return 'role' in value || 'content' in value || 'parts' in value || 'tool_calls' in value ? [value] : null
}

/** Parts of the conventions, content blocks of Anthropic's API, or the content of a plain text message (none). */
function partsOf(message: Message): Message[] {
  const parts = Array.isArray(message.parts) ? message.parts : message.content
  return Array.isArray(parts) ? parts.filter(isObject) : []
}

function holdsToolResult(message: Message): boolean {
  if (RESULT_PARTS.has(String(message.type))) return true
  if (typeof message.role === 'string' && TOOL_ROLES.has(message.role.toLowerCase())) return true
  return partsOf(message).some((part) => RESULT_PARTS.has(String(part.type)))
}

function callsOf(message: Message): RawToolCall[] {
  // Items of OpenAI's Responses stand where others have messages.
  if (CALL_PARTS.has(String(message.type))) return [toRawCall(message)]
  const fromParts = partsOf(message).filter((part) => CALL_PARTS.has(String(part.type)))
  const openAi = Array.isArray(message.tool_calls) ? message.tool_calls.filter(isObject) : []
  return [...fromParts, ...openAi].map(toRawCall)
}

function toRawCall(call: Message): RawToolCall {
  const called = isObject(call.function) ? call.function : call
  const told = called.name ?? called.toolName
  const name = typeof told === 'string' ? told : ''
  const given = called.arguments ?? called.input ?? called.args
  return typeof given === 'string'
    ? { name, arguments: given }
    : { name, arguments: null, argumentsValue: given ?? undefined }
}

function finishReasonOf(messages: readonly Message[]): string | null {
  const reasons = messages
    .map((message) => message.finish_reason ?? message.stop_reason)
    .filter((reason): reason is string => typeof reason === 'string' && reason !== '')
  return reasons[0] ?? null
}

function isObject(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
