import { type JsonObject, textOf } from '../../platform/json-value'
import { isSealed, openReasoning, sealReasoning } from '../foreign-reasoning'
import type { ReasoningPart } from '../hub'

/** The reasoning that providers of this shape take back, by OpenRouter's name. */
export const CLAUDE = 'anthropic-claude-v1'

/**
 * The signature of thinking that came in plain words. Anthropic takes back only what it signed itself, so these blocks
 * are known by it and left out when the conversation goes on there.
 */
export const UNSIGNED = 'unsigned'

/** A `thinking` or `redacted_thinking` block as reasoning, whoever made it; null for other blocks. */
export function readThinking(block: JsonObject): ReasoningPart | null {
  if (block.type === 'redacted_thinking') {
    const data = textOf(block.data) ?? ''
    return openReasoning(data) ?? reasoningPart('encrypted', data, null)
  }
  if (block.type !== 'thinking') return null
  const text = textOf(block.thinking) ?? ''
  const signature = textOf(block.signature) || null
  if (signature === UNSIGNED) return { ...reasoningPart('text', text, null), format: 'unsigned' }
  const opened = signature === null ? null : openReasoning(signature)
  return opened === null ? reasoningPart('text', text, signature) : { ...opened, text }
}

/** Reasoning of this shape's own. */
export function reasoningPart(
  kind: ReasoningPart['kind'],
  text: string,
  signature: string | null,
): ReasoningPart {
  return { type: 'reasoning', kind, text, signature, id: null, format: CLAUDE }
}

/** The signature under which a client gets words of reasoning. */
export function signatureFor(part: ReasoningPart): string {
  if (part.format === CLAUDE) return part.signature ?? UNSIGNED
  const isPlain = part.format === 'unsigned' && part.id === null && part.signature === null
  return isPlain ? UNSIGNED : sealReasoning({ ...part, text: '' })
}

/** The block under which a client gets encrypted reasoning. */
export function redactedBlock(part: ReasoningPart): JsonObject {
  return { type: 'redacted_thinking', data: part.format === CLAUDE ? part.text : sealReasoning(part) }
}

/** Reasoning as the block that Anthropic takes back; none when it is not Anthropic's or not signed. */
export function ownBlocks({ kind, text, signature, format }: ReasoningPart): JsonObject[] {
  if (format !== CLAUDE) return []
  if (kind === 'encrypted') return [{ type: 'redacted_thinking', data: text }]
  return signature === null ? [] : [{ type: 'thinking', thinking: text, signature }]
}

/** Whether a block is thinking that Anthropic would refuse to take back. */
export function isForeignThinking(block: JsonObject): boolean {
  if (block.type === 'redacted_thinking') return isSealed(textOf(block.data) ?? '')
  const signature = block.type === 'thinking' ? textOf(block.signature) : null
  return signature !== null && (signature === UNSIGNED || isSealed(signature))
}
