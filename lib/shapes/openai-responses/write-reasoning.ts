import type { JsonObject } from '../../platform/json-value'
import type { ReasoningPart } from '../hub'
import { RESPONSES_REASONING } from './item-name'
import { sealedContent } from './reasoning-item'

/** One reasoning item that is being written; each method gives the events to send, without the item's place. */
export type ReasoningItem = {
  type: 'reasoning'
  id: string
  /** Whether the part belongs into this item and not into the next. */
  takes: (part: ReasoningPart) => boolean
  start: (part: ReasoningPart) => void
  piece: (text: string) => JsonObject[]
  stop: (part: ReasoningPart) => JsonObject[]
  value: () => JsonObject
}

/**
 * Begins the item with its first part. Summaries, words and sealed data of this shape's own reasoning share an item as
 * long as their id does not change. Reasoning of another format is an item each: its words as a summary, all there is
 * to it sealed in `encrypted_content`, which clients send back.
 */
export function createReasoningItem(id: string, first: ReasoningPart): ReasoningItem {
  const item: Item = { id, isOwn: isOwn(first), summary: [], content: [], encrypted: null, open: null }
  return {
    type: 'reasoning',
    id,
    takes: (part) => item.isOwn && isOwn(part) && (part.id === null || part.id === id),
    start: (part) => {
      item.open = { list: listOf(item, part), text: '', isBegun: false }
    },
    piece: (text) => writePiece(item, text),
    stop: (part) => {
      const events = stopPart(item)
      if (!item.isOwn) item.encrypted = sealedContent(part)
      else if (part.kind === 'encrypted') item.encrypted = part.text
      return events
    },
    value: () => ({
      id,
      type: 'reasoning',
      summary: item.summary.map((text) => ({ type: 'summary_text', text })),
      ...(item.content.length === 0
        ? {}
        : { content: item.content.map((text) => ({ type: 'reasoning_text', text })) }),
      encrypted_content: item.encrypted,
    }),
  }
}

type Item = {
  id: string
  isOwn: boolean
  summary: string[]
  content: string[]
  encrypted: string | null
  open: { list: 'summary' | 'content' | null; text: string; isBegun: boolean } | null
}

function isOwn(part: ReasoningPart): boolean {
  return part.format === RESPONSES_REASONING
}

/** Where the words of a part are shown; sealed data is not shown. */
function listOf({ isOwn }: Item, part: ReasoningPart): 'summary' | 'content' | null {
  if (part.kind === 'encrypted') return null
  return isOwn && part.kind === 'text' ? 'content' : 'summary'
}

function writePiece(item: Item, text: string): JsonObject[] {
  const { open } = item
  if (open === null || open.list === null) return []
  open.text += text
  const delta = { type: eventName(open.list, 'delta'), ...place(item, open.list), delta: text }
  if (open.isBegun) return [delta]
  open.isBegun = true
  return [
    { type: partName(open.list, 'added'), ...place(item, open.list), part: partOf(open.list, '') },
    delta,
  ]
}

function stopPart(item: Item): JsonObject[] {
  const { open } = item
  item.open = null
  if (open === null || open.list === null || !open.isBegun) return []
  const { list, text } = open
  const at = place(item, list)
  item[list].push(text)
  return [
    { type: eventName(list, 'done'), ...at, text },
    { type: partName(list, 'done'), ...at, part: partOf(list, text) },
  ]
}

function place(item: Item, list: 'summary' | 'content'): JsonObject {
  return list === 'summary' ? { summary_index: item.summary.length } : { content_index: item.content.length }
}

function partOf(list: 'summary' | 'content', text: string): JsonObject {
  return { type: list === 'summary' ? 'summary_text' : 'reasoning_text', text }
}

function eventName(list: 'summary' | 'content', what: 'delta' | 'done'): string {
  return list === 'summary' ? `response.reasoning_summary_text.${what}` : `response.reasoning_text.${what}`
}

function partName(list: 'summary' | 'content', what: 'added' | 'done'): string {
  return list === 'summary' ? `response.reasoning_summary_part.${what}` : `response.content_part.${what}`
}
