import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { blocksFromContent, plainContentOf } from './content-blocks'
import { signedBlocksFrom } from './thinking-blocks'
import { inputFromArguments, toolUseId } from './tool-arguments'

export type MessagesConversation = { system: string | JsonObject[] | undefined; messages: JsonObject[] }

/**
 * Chat messages as Anthropic's. System and developer messages, wherever they stand, become `system` in their order.
 * Results of tools that follow each other go into one user message, and what the user says right after them too,
 * since Anthropic wants the results first in the turn after the calls. Thinking goes along only with its signature;
 * messages that have nothing to say are left out. Anthropic wants a message, so a prompt of system messages alone is
 * the user's.
 */
export function messagesFromChat(chat: readonly JsonObject[]): MessagesConversation {
  const system: JsonObject[] = []
  const messages: JsonObject[] = []
  let results: JsonObject[] | null = null
  for (const [position, message] of chat.entries()) {
    if (message.role === 'system' || message.role === 'developer') {
      system.push(...blocksFromContent(message.content))
    } else if (message.role === 'tool' || message.role === 'function') {
      if (results === null) {
        results = []
        messages.push({ role: 'user', content: results })
      }
      results.push(toolResult(message))
    } else if (message.role === 'assistant') {
      results = null
      const content = assistantBlocks(message, position)
      if (content.length > 0) messages.push({ role: 'assistant', content: plainContentOf(content) })
    } else {
      const content = blocksFromContent(message.content)
      if (results !== null) results.push(...content)
      else if (content.length > 0) messages.push({ role: 'user', content: plainContentOf(content) })
      results = null
    }
  }
  if (messages.length === 0 && system.length > 0) {
    return { system: undefined, messages: [{ role: 'user', content: plainContentOf(system) }] }
  }
  return { system: system.length === 0 ? undefined : plainContentOf(system), messages }
}

/** OpenAI has no mark for a failed tool; `is_error` is read because some clients send it along. */
function toolResult(message: JsonObject): JsonObject {
  const id = textOf(message.tool_call_id) ?? textOf(message.name) ?? ''
  const content = plainContentOf(blocksFromContent(message.content))
  return {
    type: 'tool_result',
    tool_use_id: toolUseId(id, 'call_0'),
    ...(content === '' ? {} : { content }),
    ...(message.is_error === true ? { is_error: true } : {}),
    ...(isObject(message.cache_control) ? { cache_control: message.cache_control } : {}),
  }
}

function assistantBlocks(message: JsonObject, position: number): JsonObject[] {
  const content = blocksFromContent(message.content)
  const refusal = content.length === 0 ? blocksFromContent(message.refusal) : []
  return [...signedBlocksFrom(message), ...content, ...refusal, ...toolUses(message, position)]
}

function toolUses(message: JsonObject, position: number): JsonObject[] {
  const calls = objectsOf(message.tool_calls).map((call, index) => {
    const id = toolUseId(textOf(call.id) ?? '', `call_${position}_${index}`)
    const custom = isObject(call.custom) ? call.custom : null
    const called = custom ?? objectOf(call.function)
    const input =
      custom === null ? inputFromArguments(textOf(called.arguments) ?? '') : { input: custom.input }
    return { type: 'tool_use', id, name: textOf(called.name) ?? '', input }
  })
  const legacy = message.function_call
  if (!isObject(legacy)) return calls
  // Results of legacy calls name the function, so its name is the id that pairs them.
  const name = textOf(legacy.name) ?? ''
  const input = inputFromArguments(textOf(legacy.arguments) ?? '')
  return [...calls, { type: 'tool_use', id: toolUseId(name, 'call_0'), name, input }]
}
