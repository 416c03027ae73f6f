import type { JsonObject } from '../../platform/json-value'
import { flatArguments, flatToolName } from '../flat-tools'
import type { InputPart, Message, OutputPart, ReasoningPart, TextPart, ToolCallPart } from '../hub'
import { leftOutNote } from '../media-source'
import { textPart, writeContent } from './content-parts'
import { writeDetail } from './reasoning-details'

/**
 * Messages for a chat-shaped provider. A tool result is text: pictures in results follow in a user message, since the
 * shape allows none there, and a failed result says "Error" at its beginning. Turns that have nothing to say are left
 * out, as are traces of tools that another provider ran.
 */
export function writeMessages(messages: readonly Message[]): JsonObject[] {
  const written: JsonObject[] = []
  let media: InputPart[] = []
  const user = (parts: InputPart[]) => {
    const all = [...media, ...parts]
    media = []
    if (all.length > 0) written.push({ role: 'user', content: writeContent(all, '\n') })
  }
  for (const message of messages) {
    switch (message.role) {
      case 'tool':
        written.push(toolMessage(message))
        media.push(...mediaOf(message))
        break
      case 'user':
        user(message.parts)
        break
      case 'assistant':
        user([])
        written.push(...assistantMessage(message.parts))
        break
      default:
        user([])
        // Few providers know the role `developer`, and those that do read `system` in the same way.
        written.push({ role: 'system', content: writeContent(message.parts, '\n\n') })
    }
  }
  user([])
  return written
}

type ToolMessage = Extract<Message, { role: 'tool' }>

function toolMessage({ callId, parts, isError, cacheControl }: ToolMessage): JsonObject {
  const texts = parts.flatMap((part): TextPart[] => {
    if (part.type === 'text') return [part]
    if (part.type === 'foreign') return [textPart(leftOutNote(part.kind))]
    return part.source.kind === 'text' ? [textPart(part.source.text)] : []
  })
  const text = texts.map((part) => part.text).join('\n')
  const isMarked = !isError || /error/i.test(text.slice(0, 200))
  const failure = text === '' ? 'Error' : `Error: ${text}`
  const mark = cacheControl ?? texts.findLast((part) => part.cacheControl !== null)?.cacheControl ?? null
  const content = writeContent([textPart(isMarked ? text : failure, mark)], '\n')
  return { role: 'tool', tool_call_id: callId, content }
}

function mediaOf({ callId, parts }: ToolMessage): InputPart[] {
  const media = parts.filter(
    (part) => part.type !== 'text' && part.type !== 'foreign' && part.source.kind !== 'text',
  )
  return media.length === 0 ? [] : [textPart(`From the result of ${callId || 'a tool'}:`), ...media]
}

function assistantMessage(parts: readonly OutputPart[]): JsonObject[] {
  const said = parts.flatMap((part): InputPart[] => {
    if (part.type === 'text') return part.text === '' ? [] : [part]
    if (part.type === 'refusal') return [textPart(part.text)]
    const isMedia = part.type !== 'reasoning' && part.type !== 'tool_call' && part.type !== 'foreign'
    return isMedia ? [textPart(leftOutNote(part.type))] : []
  })
  const calls = parts.filter((part) => part.type === 'tool_call').map(writeCall)
  const content = writeContent(said, '')
  if (calls.length === 0) return content === '' ? [] : [{ role: 'assistant', content }]
  const message = { role: 'assistant', content: content === '' ? null : content, tool_calls: calls }
  return [{ ...message, ...writtenReasoning(parts) }]
}

/**
 * Reasoning that goes back with the calls it led to: plain words, which DeepSeek and Kimi insist on, and what a
 * provider of this shape had said in `reasoning_details`. What others have signed is not for this shape.
 */
function writtenReasoning(parts: readonly OutputPart[]): JsonObject {
  const reasoning = parts.filter((part): part is ReasoningPart => part.type === 'reasoning')
  const plain = reasoning.filter(({ format }) => format === 'unsigned').map(({ text }) => text)
  const details = reasoning.filter(({ via }) => via === 'reasoning_details')
  return {
    ...(plain.join('') === '' ? {} : { reasoning_content: plain.join('') }),
    ...(details.length === 0 ? {} : { reasoning_details: details.map(writeDetail) }),
  }
}

function writeCall(call: ToolCallPart): JsonObject {
  const { id, thoughtSignature } = call
  return {
    id,
    type: 'function',
    function: { name: flatToolName(call), arguments: flatArguments(call) },
    ...(thoughtSignature === null ? {} : { extra_content: extraContent(thoughtSignature) }),
  }
}

/** Where Gemini's OpenAI-compatible shape wants a thought signature. */
export function extraContent(thoughtSignature: string): JsonObject {
  return { google: { thought_signature: thoughtSignature } }
}
