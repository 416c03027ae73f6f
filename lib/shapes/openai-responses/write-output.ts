import type { JsonObject } from '../../platform/json-value'
import { callIdFor } from '../call-id'
import type { MediaPart, ReasoningPart, TextPart, ToolCallPart } from '../hub'
import type { BlockPart, BlockStep } from '../sequence-blocks'
import { annotationForItem } from './text-annotations'
import { createReasoningItem, type ReasoningItem } from './write-reasoning'

export type OutputWriter = {
  /** The events to send for these steps; `isCut` = the answer ran into a limit, so what ends now is incomplete. */
  take: (steps: readonly BlockStep[], isCut: boolean) => JsonObject[]
  /** An item that comes as it is. */
  whole: (item: JsonObject) => JsonObject[]
  end: (isCut: boolean) => JsonObject[]
  /** The items that are finished, in order. */
  items: () => readonly JsonObject[]
}

/**
 * Writes the output items of one response with all events of their making, in OpenAI's order. Texts and refusals that
 * follow each other are one message, reasoning of one id is one item, each call is one. Ids come from `seed`, so that
 * the same answer has the same ids.
 */
export function createOutputWriter(seed: string): OutputWriter {
  const output: Output = { seed, items: [], open: null, events: [] }
  return {
    take(steps, isCut) {
      for (const step of steps) takeStep(output, step, isCut)
      return eventsOf(output)
    },
    whole(item) {
      closeItem(output, false)
      addWhole(output, item)
      return eventsOf(output)
    },
    end(isCut) {
      closeItem(output, isCut)
      return eventsOf(output)
    },
    items() {
      return output.items
    },
  }
}

type OpenMessage = { type: 'message'; id: string; content: JsonObject[]; part: OpenText | null }
type OpenText = { kind: 'text' | 'refusal'; text: string; annotations: JsonObject[] }
type OpenCall = { type: 'call'; id: string }
type Output = {
  seed: string
  items: JsonObject[]
  open: OpenMessage | ReasoningItem | OpenCall | null
  events: JsonObject[]
}

function eventsOf(output: Output): JsonObject[] {
  const { events } = output
  output.events = []
  return events
}

function takeStep(output: Output, step: BlockStep, isCut: boolean): void {
  switch (step.type) {
    case 'start':
      start(output, step.part)
      break
    case 'piece':
      piece(output, step.text)
      break
    case 'annotations':
      annotate(output, step.annotations)
      break
    case 'stop':
      stop(output, step.part, isCut)
  }
}

function start(output: Output, part: BlockPart): void {
  switch (part.type) {
    case 'text':
    case 'refusal':
      startText(output, part.type)
      break
    case 'reasoning':
      startReasoning(output, part)
      break
    case 'tool_call':
      startCall(output, part)
      break
    default:
      closeItem(output, false)
      addMedia(output, part)
  }
}

function startText(output: Output, kind: OpenText['kind']): void {
  let message = output.open
  if (message?.type !== 'message') {
    closeItem(output, false)
    message = { type: 'message', id: itemId(output, 'msg'), content: [], part: null }
    add(output, messageItem(message, 'in_progress'))
    output.open = message
  }
  message.part = { kind, text: '', annotations: [] }
  emit(output, 'response.content_part.added', { ...contentPlace(message), part: contentPart(message.part) })
}

function startReasoning(output: Output, part: ReasoningPart): void {
  if (output.open?.type !== 'reasoning' || !output.open.takes(part)) {
    closeItem(output, false)
    const item = createReasoningItem(part.id ?? itemId(output, 'rs'), part)
    add(output, item.value())
    output.open = item
  }
  output.open.start(part)
}

function startCall(output: Output, part: ToolCallPart): void {
  closeItem(output, false)
  const open: OpenCall = { type: 'call', id: itemId(output, part.isCustom ? 'ctc' : 'fc') }
  add(output, callItem(output, open.id, { ...part, arguments: '' }, 'in_progress'))
  output.open = open
}

function piece(output: Output, text: string): void {
  const { open } = output
  if (open?.type === 'message' && open.part !== null) {
    open.part.text += text
    const place = contentPlace(open)
    if (open.part.kind === 'refusal') emit(output, 'response.refusal.delta', { ...place, delta: text })
    else emit(output, 'response.output_text.delta', { ...place, delta: text, logprobs: [] })
  }
  if (open?.type === 'reasoning') {
    for (const event of open.piece(text)) emitEvent(output, open.id, event)
  }
  if (open?.type === 'call') {
    const name = open.id.startsWith('ctc_') ? 'custom_tool_call_input' : 'function_call_arguments'
    emit(output, `response.${name}.delta`, { item_id: open.id, delta: text })
  }
}

function annotate(output: Output, annotations: TextPart['annotations']): void {
  const { open } = output
  if (open?.type !== 'message' || open.part === null) return
  for (const annotation of annotations.map(annotationForItem)) {
    emit(output, 'response.output_text.annotation.added', {
      ...contentPlace(open),
      annotation_index: open.part.annotations.push(annotation) - 1,
      annotation,
    })
  }
}

function stop(output: Output, part: BlockPart, isCut: boolean): void {
  const { open } = output
  if (open?.type === 'message') stopText(output, open)
  if (open?.type === 'reasoning' && part.type === 'reasoning') {
    for (const event of open.stop(part)) emitEvent(output, open.id, event)
  }
  if (open?.type === 'call' && part.type === 'tool_call') stopCall(output, open, part, isCut)
}

function stopText(output: Output, message: OpenMessage): void {
  if (message.part === null) return
  const { kind, text } = message.part
  const place = contentPlace(message)
  if (kind === 'refusal') emit(output, 'response.refusal.done', { ...place, refusal: text })
  else emit(output, 'response.output_text.done', { ...place, text, logprobs: [] })
  const part = contentPart(message.part)
  emit(output, 'response.content_part.done', { ...place, part })
  message.content.push(part)
  message.part = null
}

function stopCall(output: Output, { id }: OpenCall, part: ToolCallPart, isCut: boolean): void {
  const { name, isCustom } = part
  if (isCustom) emit(output, 'response.custom_tool_call_input.done', { item_id: id, input: part.arguments })
  else emit(output, 'response.function_call_arguments.done', { item_id: id, name, arguments: part.arguments })
  output.open = null
  finish(output, callItem(output, id, part, isCut ? 'incomplete' : 'completed'))
}

function closeItem(output: Output, isCut: boolean): void {
  const { open } = output
  output.open = null
  if (open?.type === 'message') {
    if (open.part !== null) stopText(output, open)
    finish(output, messageItem(open, isCut ? 'incomplete' : 'completed'))
  }
  if (open?.type === 'reasoning') finish(output, open.value())
}

/** OpenAI's item for a picture holds its bytes alone; one that has only an address is named in a text. */
function addMedia(output: Output, part: MediaPart): void {
  const { type, source } = part
  if (type === 'image' && source.kind === 'base64') {
    const format = source.mediaType.replace('image/', '')
    addWhole(output, {
      id: itemId(output, 'ig'),
      type: 'image_generation_call',
      status: 'completed',
      result: source.data,
      output_format: format,
    })
  } else if (source.kind === 'url') {
    startText(output, 'text')
    piece(output, type === 'image' ? `![image](${source.url})` : source.url)
  }
}

function addWhole(output: Output, item: JsonObject): void {
  add(output, item)
  finish(output, item)
}

function add(output: Output, item: JsonObject): void {
  emit(output, 'response.output_item.added', { item })
}

function finish(output: Output, item: JsonObject): void {
  emit(output, 'response.output_item.done', { item })
  output.items.push(item)
}

function emitEvent(output: Output, itemId: string, { type, ...fields }: JsonObject): void {
  emit(output, String(type), { item_id: itemId, ...fields })
}

function emit({ events, items }: Output, type: string, fields: JsonObject): void {
  // Items follow each other, so the one that is written is the one after those that are finished.
  events.push({ type, output_index: items.length, ...fields })
}

function contentPlace({ id, content }: OpenMessage): JsonObject {
  return { item_id: id, content_index: content.length }
}

function contentPart({ kind, text, annotations }: OpenText): JsonObject {
  if (kind === 'refusal') return { type: 'refusal', refusal: text }
  return { type: 'output_text', text, annotations: [...annotations], logprobs: [] }
}

function messageItem({ id, content }: OpenMessage, status: string): JsonObject {
  return { id, type: 'message', status, role: 'assistant', content: [...content] }
}

function callItem(output: Output, id: string, part: ToolCallPart, status: string): JsonObject {
  const called = {
    call_id: callIdFor(part.id === '' ? { ...part, id: itemId(output, 'call') } : part),
    name: part.name,
    ...(part.namespace === null ? {} : { namespace: part.namespace }),
  }
  return part.isCustom
    ? { id, type: 'custom_tool_call', status, ...called, input: part.arguments }
    : { id, type: 'function_call', status, ...called, arguments: part.arguments }
}

function itemId({ seed, items }: Output, prefix: string): string {
  return `${prefix}_${seed}_${items.length}`
}

/** What an answer's items take their ids from: the letters and digits of its own. */
export function seedOf(answerId: string): string {
  return answerId.replace(/^gen-/, '').replaceAll(/[^A-Za-z0-9]/g, '')
}
