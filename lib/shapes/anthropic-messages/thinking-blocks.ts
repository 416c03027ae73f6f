import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'

/**
 * The signature of thinking that a provider of the chat shape gave. Anthropic takes back only what it signed itself,
 * so these blocks are known by it and left out when the conversation goes on there.
 */
export const UNSIGNED = 'unsigned'

/**
 * The thinking of a chat answer or message as Anthropic's blocks: signed and encrypted ones from OpenRouter's
 * `reasoning_details`, otherwise `reasoning` or `reasoning_content` in one block marked as unsigned.
 */
export function thinkingBlocksFrom(message: JsonObject): JsonObject[] {
  const details = signedBlocksFrom(message)
  if (details.length > 0) return details
  const text = reasoningTextOf(message)
  return text === '' ? [] : [{ type: 'thinking', thinking: text, signature: UNSIGNED }]
}

/** Only the blocks that Anthropic takes back in a request: those with its signature, and encrypted ones. */
export function signedBlocksFrom(message: JsonObject): JsonObject[] {
  return objectsOf(message.reasoning_details).flatMap((detail): JsonObject[] => {
    if (detail.type === 'reasoning.encrypted' && textOf(detail.data) !== null) {
      return [{ type: 'redacted_thinking', data: detail.data }]
    }
    return detail.type === 'reasoning.text' && signatureOf(detail) !== null
      ? [{ type: 'thinking', thinking: textOf(detail.text) ?? '', signature: detail.signature }]
      : []
  })
}

/** `reasoning` and `reasoning_details` of a chat message from Anthropic's blocks; empty when there is no thinking. */
export function reasoningFromBlocks(blocks: readonly JsonObject[]): JsonObject {
  const details = blocks.flatMap((block, index): JsonObject[] => {
    if (block.type === 'thinking') return [thinkingDetail({ block, index })]
    return block.type === 'redacted_thinking' ? [encryptedDetail({ block, index })] : []
  })
  if (details.length === 0) return {}
  const text = blocks
    .map((block) => (block.type === 'thinking' ? (textOf(block.thinking) ?? '') : ''))
    .join('')
  return { reasoning: text === '' ? null : text, reasoning_details: details }
}

/** One entry of `reasoning_details` in OpenRouter's form; `index` is the block's. */
export function thinkingDetail({ block, index }: { block: JsonObject; index: number }): JsonObject {
  return {
    type: 'reasoning.text',
    text: textOf(block.thinking) ?? '',
    signature: signatureOf(block),
    format: 'anthropic-claude-v1',
    index,
  }
}

/** The same for thinking that the provider has encrypted. */
export function encryptedDetail({ block, index }: { block: JsonObject; index: number }): JsonObject {
  return { type: 'reasoning.encrypted', data: textOf(block.data) ?? '', format: 'anthropic-claude-v1', index }
}

/**
 * A messages request without the thinking that Anthropic would refuse to take back: a session may have begun at a
 * provider of the chat shape. The same object when there is none.
 */
export function withoutUnsignedThinking(request: JsonObject): JsonObject {
  const messages = Array.isArray(request.messages) ? request.messages : []
  if (!messages.some((message) => objectsOf(objectOf(message).content).some(isUnsigned))) return request
  const kept = messages.flatMap((message) => {
    const content = objectOf(message).content
    if (!Array.isArray(content) || !content.some(isUnsigned)) return [message]
    const rest = content.filter((block) => !isUnsigned(block))
    return rest.length === 0 ? [] : [{ ...message, content: rest }]
  })
  return { ...request, messages: kept }
}

function isUnsigned(block: unknown): boolean {
  return isObject(block) && block.type === 'thinking' && block.signature === UNSIGNED
}

function signatureOf(block: JsonObject): string | null {
  const signature = textOf(block.signature)
  return signature === '' || signature === UNSIGNED ? null : signature
}

/** Reasoning of a chat message or delta as text, wherever the provider puts it; empty when there is none. */
export function reasoningTextOf(message: JsonObject): string {
  const text = textOf(message.reasoning) ?? textOf(message.reasoning_content)
  if (text !== null) return text
  return objectsOf(message.reasoning_details)
    .map((detail) => textOf(detail.text) ?? textOf(detail.summary) ?? '')
    .join('')
}
