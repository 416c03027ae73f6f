import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { readCallId } from '../call-id'
import type { InputPart, Message, OutputPart, ToolCallPart } from '../hub'
import { argumentsText } from '../tool-arguments'
import { readContent } from './content-parts'
import { readReasoning } from './reasoning-details'

/**
 * The messages of a chat request. Legacy calls have no id: their results name the function, so its name pairs them.
 * OpenAI has no mark for a failed tool; `is_error` is read because some clients send it along. Source:
 * ChatCompletionMessageParam of OpenAI's API reference.
 */
export function readMessages(messages: unknown): Message[] {
  const customIds = new Set<string>()
  return objectsOf(messages).map((message, position) => {
    switch (message.role) {
      case 'system':
      case 'developer':
        return { role: message.role, parts: readContent(message.content) }
      case 'assistant': {
        const calls = readCalls(message, position)
        for (const { id, isCustom } of calls) if (isCustom) customIds.add(id)
        return { role: 'assistant', parts: [...readSaid(message), ...calls] }
      }
      case 'tool':
      case 'function':
        return toolMessage(message, customIds)
      default:
        return { role: 'user', parts: readContent(message.content), name: textOf(message.name) }
    }
  })
}

function readSaid(message: JsonObject): OutputPart[] {
  const parts: InputPart[] = readContent(message.content)
  const isSilent = parts.every((part) => part.type === 'text' && part.text === '')
  const refusal = textOf(message.refusal) ?? ''
  return [
    ...readReasoning(message),
    ...parts,
    ...(isSilent && refusal !== '' ? [{ type: 'refusal' as const, text: refusal }] : []),
  ]
}

function toolMessage(message: JsonObject, customIds: ReadonlySet<string>): Message {
  const { id } = readCallId(textOf(message.tool_call_id) ?? textOf(message.name) ?? '')
  return {
    role: 'tool',
    callId: id,
    name: textOf(message.name),
    parts: readContent(message.content),
    isError: message.is_error === true,
    isCustom: customIds.has(id),
    cacheControl: isObject(message.cache_control) ? message.cache_control : null,
  }
}

function readCalls(message: JsonObject, position: number): ToolCallPart[] {
  const calls = objectsOf(message.tool_calls).map((call, index) => {
    const given = textOf(call.id) || `call_${position}_${index}`
    return readCall(call, given)
  })
  if (!isObject(message.function_call)) return calls
  const name = textOf(message.function_call.name) ?? ''
  return [...calls, readCall({ function: message.function_call }, name)]
}

/**
 * One call of a whole message under the given id. A thought signature stands beside it, or within the id for clients
 * that keep nothing else.
 */
export function readCall(call: JsonObject, givenId: string): ToolCallPart {
  const { id, thoughtSignature } = readCallId(givenId)
  const custom = isObject(call.custom) ? call.custom : null
  const called = custom ?? objectOf(call.function)
  return {
    type: 'tool_call',
    id,
    name: textOf(called.name) ?? '',
    arguments: argumentsText(custom === null ? called.arguments : called.input),
    isCustom: custom !== null,
    namespace: null,
    thoughtSignature: thoughtSignatureOf(call) ?? thoughtSignature,
  }
}

/** Where Gemini's OpenAI-compatible shape writes it. Source: thought signatures of ai.google.dev. */
export function thoughtSignatureOf(call: JsonObject): string | null {
  return textOf(objectOf(objectOf(call.extra_content).google).thought_signature)
}
