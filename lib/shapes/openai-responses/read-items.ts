import { type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { readCallId } from '../call-id'
import type { ForeignPart, Message, OutputPart } from '../hub'
import { mediaPart } from '../media-source'
import { argumentsText } from '../tool-arguments'
import { isMessage, isReference } from './check-input'
import { plainText, readContent } from './content-parts'
import { RESPONSES } from './item-name'
import { reasoningFromItem } from './reasoning-item'
import { annotationFromItem } from './text-annotations'

/**
 * `input` as messages in its order. What the assistant said in one go (texts, reasoning, calls) is one message, as
 * other shapes have it; each result of a tool is one. Items that only this shape has are foreign parts: of the
 * assistant when they are calls, of the user when they are results.
 */
export function messagesFromInput(input: unknown): Message[] {
  if (typeof input === 'string') return [{ role: 'user', parts: [plainText(input)], name: null }]
  const messages: Message[] = []
  const names = new Map<string, string>()
  for (const item of objectsOf(input)) {
    if (isReference(item) || item.type === 'additional_tools') continue
    const message = isMessage(item) ? saidMessage(item) : resultMessage(item, names)
    if (message !== null) messages.push(message)
    else addToAssistant(messages, outputPartsFromItem(item), names)
  }
  return messages
}

/** A message of anybody but the assistant. */
function saidMessage(item: JsonObject): Message | null {
  const parts = () => readContent(item.content)
  if (item.role === 'system' || item.role === 'developer') return { role: item.role, parts: parts() }
  return item.role === 'assistant' ? null : { role: 'user', parts: parts(), name: textOf(item.name) }
}

function resultMessage(item: JsonObject, names: ReadonlyMap<string, string>): Message | null {
  const kind = textOf(item.type) ?? ''
  if (kind === 'function_call_output' || kind === 'custom_tool_call_output') {
    const callId = readCallId(textOf(item.call_id) ?? '').id
    return {
      role: 'tool',
      callId,
      name: names.get(callId) ?? null,
      parts: readContent(item.output),
      isError: false,
      isCustom: kind === 'custom_tool_call_output',
      cacheControl: null,
    }
  }
  return RESULT_KINDS.test(kind) ? { role: 'user', parts: [foreign(kind, item)], name: null } : null
}

const RESULT_KINDS = /(_output|_response|_trigger)$/

function addToAssistant(messages: Message[], parts: OutputPart[], names: Map<string, string>): void {
  for (const part of parts) if (part.type === 'tool_call') names.set(part.id, part.name)
  const last = messages.at(-1)
  if (last?.role === 'assistant') last.parts.push(...parts)
  else if (parts.length > 0) messages.push({ role: 'assistant', parts })
}

/** One item that a model made, in a request's history or in an answer, as parts of what the assistant said. */
export function outputPartsFromItem(item: JsonObject): OutputPart[] {
  if (isMessage(item)) return textParts(item.content)
  switch (item.type) {
    case 'function_call':
      return [callPart(item, argumentsText(item.arguments), false)]
    case 'custom_tool_call':
      return [callPart(item, textOf(item.input) ?? '', true)]
    case 'reasoning':
      return reasoningFromItem(item)
    case 'image_generation_call':
      return imagePart(item)
    default:
      return [foreign(textOf(item.type) ?? 'unknown', item)]
  }
}

function textParts(content: unknown): OutputPart[] {
  if (typeof content === 'string') return [plainText(content)]
  return objectsOf(content).map((part) => {
    if (part.type === 'refusal') return { type: 'refusal', text: textOf(part.refusal) ?? '' }
    const text = textOf(part.text)
    if (text === null) return foreign(textOf(part.type) ?? 'unknown', part)
    return { ...plainText(text), annotations: objectsOf(part.annotations).map(annotationFromItem) }
  })
}

function callPart(item: JsonObject, text: string, isCustom: boolean): OutputPart {
  return {
    type: 'tool_call',
    ...readCallId(textOf(item.call_id) ?? textOf(item.id) ?? ''),
    name: textOf(item.name) ?? '',
    arguments: text,
    isCustom,
    namespace: textOf(item.namespace),
  }
}

/** A picture that the provider's own tool made; OpenAI tells its format beside it. */
function imagePart(item: JsonObject): OutputPart[] {
  const data = textOf(item.result)
  if (data === null || data === '') return [foreign('image_generation_call', item)]
  const mediaType = `image/${textOf(item.output_format) ?? 'png'}`
  return [mediaPart('image', { kind: 'base64', mediaType, data })]
}

function foreign(kind: string, value: JsonObject): ForeignPart {
  return { type: 'foreign', shape: RESPONSES, kind, value: objectOf(value) }
}
