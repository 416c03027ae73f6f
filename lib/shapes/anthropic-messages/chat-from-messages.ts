import { type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import { partsFromContent, plainPartsOf, textOfContent } from './content-blocks'
import { argumentsFromInput } from './tool-arguments'

/**
 * Anthropic's system prompt and messages as chat messages. Each tool result becomes a `tool` message of text; images
 * in results follow in a user message, since the chat shape allows none there, and a failed result says "Error" at
 * its beginning. Thinking and the traces of provider-run tools are left out.
 */
export function chatFromMessages({
  system,
  messages,
}: {
  system: unknown
  messages: readonly JsonObject[]
}): JsonObject[] {
  const prompt = textOfContent({ content: system, separator: '\n\n' })
  return [
    ...(prompt === '' ? [] : [{ role: 'system', content: prompt }]),
    ...messages.flatMap((message) => {
      if (message.role === 'assistant') return assistantMessage(message.content)
      if (message.role === 'system') {
        return [{ role: 'system', content: textOfContent({ content: message.content, separator: '\n\n' }) }]
      }
      return userMessages(message.content)
    }),
  ]
}

function userMessages(content: unknown): JsonObject[] {
  if (typeof content === 'string') return [{ role: 'user', content }]
  const blocks = objectsOf(content)
  const results = blocks.filter((block) => block.type === 'tool_result')
  const spoken = blocks.filter((block) => block.type !== 'tool_result')
  const parts = [...results.flatMap(imagesOf), ...partsFromContent(spoken)]
  return [
    ...results.map(toolMessage),
    ...(parts.length === 0 ? [] : [{ role: 'user', content: plainPartsOf(parts) }]),
  ]
}

function toolMessage(block: JsonObject): JsonObject {
  const parts = partsFromContent(block.content).filter((part) => part.type === 'text')
  const text = textOfContent({ content: parts, separator: '\n' })
  const isMarked = block.is_error !== true || /error/i.test(text.slice(0, 200))
  const failure = text === '' ? 'Error' : `Error: ${text}`
  return {
    role: 'tool',
    tool_call_id: textOf(block.tool_use_id) ?? '',
    content: isMarked ? text : failure,
  }
}

function imagesOf(result: JsonObject): JsonObject[] {
  const images = partsFromContent(result.content).filter((part) => part.type !== 'text')
  if (images.length === 0) return []
  return [{ type: 'text', text: `From the result of ${textOf(result.tool_use_id) ?? 'a tool'}:` }, ...images]
}

function assistantMessage(content: unknown): JsonObject[] {
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : objectsOf(content)
  const text = textOfContent({ content: blocks.filter((block) => block.type === 'text'), separator: '' })
  const calls = chatToolCallsFrom(blocks)
  if (calls.length === 0) return text === '' ? [] : [{ role: 'assistant', content: text }]
  return [{ role: 'assistant', content: text === '' ? null : text, tool_calls: calls }]
}

/** The `tool_use` blocks as chat tool calls. */
export function chatToolCallsFrom(blocks: readonly JsonObject[]): JsonObject[] {
  return blocks
    .filter((block) => block.type === 'tool_use')
    .map((block) => ({
      id: textOf(block.id) ?? '',
      type: 'function',
      function: { name: textOf(block.name) ?? '', arguments: argumentsFromInput(block.input) },
    }))
}
