import { type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import { isSealed, openReasoning, sealReasoning } from '../foreign-reasoning'
import type { ReasoningPart } from '../hub'
import { withoutForeignId } from './item-id'
import { RESPONSES_REASONING } from './item-name'

/**
 * A reasoning item as parts: its summaries, its words, and its encrypted content, all under its id. An item that holds
 * sealed reasoning of another format (see `sealedContent`) is that reasoning again.
 */
export function reasoningFromItem(item: JsonObject): ReasoningPart[] {
  const id = textOf(item.id)
  const encrypted = textOf(item.encrypted_content) ?? ''
  const summaries = textsOf(item.summary)
  if (isSealed(encrypted)) return openedPart(encrypted, summaries)
  const part = (kind: ReasoningPart['kind'], text: string): ReasoningPart => ({
    type: 'reasoning',
    kind,
    text,
    signature: null,
    id,
    format: RESPONSES_REASONING,
  })
  return [
    ...summaries.map((text) => part('summary', text)),
    ...textsOf(item.content).map((text) => part('text', text)),
    ...(encrypted === '' ? [] : [part('encrypted', encrypted)]),
  ]
}

function openedPart(encrypted: string, summaries: readonly string[]): ReasoningPart[] {
  const part = openReasoning(encrypted)
  if (part === null) return []
  return [part.text === '' ? { ...part, text: summaries.join('') } : part]
}

/**
 * Reasoning of another format as `encrypted_content`, which clients of this shape send back as it is. Its words are
 * not in it: they stand in the item's summary.
 */
export function sealedContent(part: ReasoningPart): string {
  return sealReasoning(part.kind === 'encrypted' ? part : { ...part, text: '' })
}

/**
 * Reasoning that goes on one after the other as items for a provider of this shape. It takes back its own alone, and
 * that only with its encrypted content or its very words: a mere summary refers to an item that nobody has stored.
 */
export function reasoningItems(parts: readonly ReasoningPart[]): JsonObject[] {
  const items: { id: string | null; parts: ReasoningPart[] }[] = []
  for (const part of parts.filter(({ format }) => format === RESPONSES_REASONING)) {
    const last = items.at(-1)
    if (last !== undefined && last.id === part.id) last.parts.push(part)
    else items.push({ id: part.id, parts: [part] })
  }
  return items.flatMap((item) => {
    const ofKind = (kind: ReasoningPart['kind']) => item.parts.filter((part) => part.kind === kind)
    const content = ofKind('text').map(({ text }) => ({ type: 'reasoning_text', text }))
    const encrypted = ofKind('encrypted').at(-1)?.text
    if (content.length === 0 && encrypted === undefined) return []
    return [
      withoutForeignId({
        type: 'reasoning',
        ...(item.id === null ? {} : { id: item.id }),
        summary: ofKind('summary').map(({ text }) => ({ type: 'summary_text', text })),
        ...(content.length === 0 ? {} : { content }),
        ...(encrypted === undefined ? {} : { encrypted_content: encrypted }),
      }),
    ]
  })
}

/**
 * Whether a provider of this shape could make anything of an item of reasoning: none takes what we sealed for a client,
 * and one that only has an id and a summary refers to an item that nobody has stored.
 */
export function isUsableReasoning(item: JsonObject): boolean {
  const encrypted = textOf(item.encrypted_content) ?? ''
  return encrypted === '' ? textsOf(item.content).length > 0 : !isSealed(encrypted)
}

function textsOf(list: unknown): string[] {
  return objectsOf(list).flatMap(({ text }) => textOf(text) ?? [])
}
