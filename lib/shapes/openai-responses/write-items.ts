import type { JsonObject } from '../../platform/json-value'
import type { InputPart, Message, OutputPart } from '../hub'
import { writeContent, writeOutput } from './content-parts'
import { RESPONSES } from './item-name'
import { reasoningItems } from './reasoning-item'

/** A conversation as this shape has it: `instructions` (undefined = none) and the items of `input` in their order. */
export type WrittenInput = { instructions: string | undefined; input: JsonObject[] }

/** The first system prompt becomes `instructions` where it is text; everything else is an item or several. */
export function inputFromMessages(messages: readonly Message[]): WrittenInput {
  const [first, ...rest] = messages
  const instructions = first?.role === 'system' ? textOnly(first.parts) : null
  return instructions === null
    ? { instructions: undefined, input: messages.flatMap(itemsFromMessage) }
    : { instructions, input: rest.flatMap(itemsFromMessage) }
}

function textOnly(parts: readonly InputPart[]): string | null {
  if (!parts.every((part) => part.type === 'text')) return null
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n\n')
}

function itemsFromMessage(message: Message): JsonObject[] {
  switch (message.role) {
    case 'assistant':
      return assistantItems(message.parts)
    case 'tool':
      return [
        {
          type: message.isCustom ? 'custom_tool_call_output' : 'function_call_output',
          call_id: message.callId,
          output: writeOutput(withErrorMark(message)),
        },
      ]
    default:
      return userItems(message)
  }
}

/** Items of this shape that were read as foreign parts stand beside messages, not in one. */
function userItems({ role, parts }: Exclude<Message, { role: 'assistant' | 'tool' }>): JsonObject[] {
  const isItem = (part: InputPart) =>
    part.type === 'foreign' && part.shape === RESPONSES && !isContent(part.kind)
  const items = parts.flatMap((part) => (part.type === 'foreign' && isItem(part) ? [part.value] : []))
  const said = parts.filter((part) => !isItem(part))
  if (said.length === 0 && items.length > 0) return items
  return [...items, { type: 'message', role, content: writeContent(said) }]
}

function isContent(kind: string): boolean {
  return kind.startsWith('input_')
}

/** The shape has no word for a tool that failed, so the result says it, unless its beginning does already. */
function withErrorMark({ parts, isError }: Extract<Message, { role: 'tool' }>): InputPart[] {
  const [first, ...rest] = parts
  if (!isError) return parts
  const text = first?.type === 'text' ? first.text : ''
  if (/error/i.test(text.slice(0, 200))) return parts
  const marked: InputPart = {
    type: 'text',
    text: text === '' ? 'Error' : `Error: ${text}`,
    cacheControl: null,
    annotations: [],
  }
  return first?.type === 'text' ? [marked, ...rest] : [marked, ...parts]
}

function assistantItems(parts: readonly OutputPart[]): JsonObject[] {
  const items: JsonObject[] = []
  for (const [position, part] of parts.entries()) {
    switch (part.type) {
      case 'text':
        if (part.text !== '') addText(items, { type: 'output_text', text: part.text })
        break
      case 'refusal':
        addText(items, { type: 'refusal', refusal: part.text })
        break
      case 'tool_call':
        items.push(callItem(part))
        break
      case 'reasoning':
        if (parts[position - 1]?.type !== 'reasoning') items.push(...reasoningItems(runFrom(parts, position)))
        break
      case 'foreign':
        if (part.shape === RESPONSES) items.push(part.value)
        break
      default:
        addText(items, { type: 'output_text', text: `[${part.type} of the assistant was left out]` })
    }
  }
  return items
}

/** Texts that follow each other are one message. */
function addText(items: JsonObject[], part: JsonObject): void {
  const last = items.at(-1)
  if (last?.role === 'assistant' && Array.isArray(last.content)) last.content.push(part)
  else items.push({ type: 'message', role: 'assistant', content: [part] })
}

function runFrom(parts: readonly OutputPart[], position: number) {
  const rest = parts.slice(position)
  const end = rest.findIndex((part) => part.type !== 'reasoning')
  return rest.slice(0, end === -1 ? rest.length : end).filter((part) => part.type === 'reasoning')
}

function callItem(part: Extract<OutputPart, { type: 'tool_call' }>): JsonObject {
  const called = {
    call_id: part.id,
    name: part.name,
    ...(part.namespace === null ? {} : { namespace: part.namespace }),
  }
  return part.isCustom
    ? { type: 'custom_tool_call', ...called, input: part.arguments }
    : { type: 'function_call', ...called, arguments: part.arguments }
}
