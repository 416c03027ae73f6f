import type {
  MediaPart,
  ReasoningPart,
  RefusalPart,
  StreamEvent,
  TextPart,
  ToolCallEvent,
  ToolCallPart,
} from './hub'
import { beginJson, followJson, type JsonProgress } from './json-progress'

/** What a block of a stream may be: a part of the answer, most of which comes in pieces. */
export type BlockPart = TextPart | RefusalPart | ReasoningPart | ToolCallPart | MediaPart

/**
 * What to write next; positions count the blocks from 0. A block starts without its text or arguments, which come in
 * pieces, and stops with the part as a whole. The signature of reasoning is known only then. Media come whole.
 */
export type BlockStep =
  | { type: 'start'; position: number; part: BlockPart }
  | { type: 'piece'; position: number; kind: BlockPart['type']; text: string }
  | { type: 'annotations'; position: number; annotations: TextPart['annotations'] }
  | { type: 'stop'; position: number; part: BlockPart }

export type BlockSequencer = {
  push: (events: readonly StreamEvent[]) => BlockStep[]
  /** Everything that was held back, and the end of the last block. */
  end: () => BlockStep[]
}

/**
 * Puts a stream's events into blocks that follow each other, for shapes that are written so. Chat deltas may
 * interleave parallel calls, so one block is open at a time: what begins while a call is not whole yet is held back
 * until it is, or until the end, and follows in order of first sight. A call waits for its name. Events that are no
 * part of the answer's content make nothing.
 */
export function createBlockSequencer(): BlockSequencer {
  const sequence: Sequence = { open: null, position: -1, waiting: [], calls: new Map(), steps: [] }
  return {
    push(events) {
      for (const event of events) take(sequence, event)
      return stepsOf(sequence)
    },
    end() {
      for (const item of sequence.waiting.splice(0)) write(sequence, item)
      stop(sequence)
      return stepsOf(sequence)
    },
  }
}

type SaidEvent = Extract<StreamEvent, { type: 'text' | 'annotations' | 'refusal' | 'reasoning' | 'media' }>
const SAID: ReadonlySet<StreamEvent['type']> = new Set([
  'text',
  'annotations',
  'refusal',
  'reasoning',
  'media',
])
type Said = { type: 'said'; events: SaidEvent[] }
type Call = {
  type: 'call'
  part: ToolCallPart
  state: 'waiting' | 'open' | 'closed'
  /** Arguments that are not written yet. */
  held: string
  json: JsonProgress
  isLast: boolean
}
type Sequence = {
  open: { part: BlockPart; block: number | null } | null
  position: number
  /** In order of first sight, from the call whose arguments are still coming; empty while nothing has to wait. */
  waiting: (Call | Said)[]
  calls: Map<number, Call>
  steps: BlockStep[]
}

function stepsOf(sequence: Sequence): BlockStep[] {
  const { steps } = sequence
  sequence.steps = []
  return steps
}

function take(sequence: Sequence, event: StreamEvent): void {
  if (event.type === 'tool_call') takeCall(sequence, event)
  else if (isSaid(event)) takeSaid(sequence, event)
}

function isSaid(event: StreamEvent): event is SaidEvent {
  return SAID.has(event.type)
}

function takeSaid(sequence: Sequence, event: SaidEvent): void {
  const last = sequence.waiting.at(-1)
  if (last === undefined) say(sequence, event)
  else {
    if (last.type === 'said') last.events.push(event)
    else sequence.waiting.push({ type: 'said', events: [event] })
    advance(sequence)
  }
}

function takeCall(sequence: Sequence, event: ToolCallEvent): void {
  const { calls, waiting } = sequence
  const { index, id, name, argumentsPiece, isCustom, namespace, thoughtSignature } = event
  let call = calls.get(index)
  if (call === undefined) {
    const part: ToolCallPart = {
      type: 'tool_call',
      id,
      name,
      arguments: '',
      isCustom,
      namespace,
      thoughtSignature,
    }
    call = { type: 'call', part, state: 'waiting', held: '', json: beginJson(), isLast: false }
    calls.set(index, call)
    waiting.push(call)
  }
  if (call.state === 'waiting') Object.assign(call.part, { id, name, isCustom })
  call.part.namespace ??= namespace
  call.part.thoughtSignature ??= thoughtSignature
  call.part.arguments += argumentsPiece
  call.held += argumentsPiece
  call.isLast ||= event.isLast === true
  if (!isCustom) followJson(call.json, argumentsPiece)
  advance(sequence)
}

/** Writes what waits, as far as what stands before it is whole. */
function advance(sequence: Sequence): void {
  const { waiting } = sequence
  for (let item = waiting[0]; item !== undefined; item = waiting[0]) {
    if (item.type === 'call') {
      if (item.part.name !== '') openCall(sequence, item)
      const isWhole = item.isLast || (item.json.isWhole && waiting.length > 1)
      if (item.state === 'waiting' || !isWhole) return
    }
    write(sequence, item)
    waiting.shift()
  }
}

function write(sequence: Sequence, item: Call | Said): void {
  if (item.type === 'said') {
    for (const event of item.events) say(sequence, event)
  } else {
    openCall(sequence, item)
    item.state = 'closed'
    stop(sequence)
  }
}

/** Opens the call if it is not open yet, and writes what has come of its arguments. */
function openCall(sequence: Sequence, call: Call): void {
  if (call.state === 'closed') return
  if (call.state === 'waiting') {
    call.state = 'open'
    start(sequence, { ...call.part, arguments: '' }, null)
    sequence.open = { part: call.part, block: null }
  }
  if (call.held !== '') piece(sequence, 'tool_call', call.held)
  call.held = ''
}

function say(sequence: Sequence, event: SaidEvent): void {
  const open = sequence.open?.part.type
  switch (event.type) {
    case 'text':
    case 'refusal':
      if (event.text === '') break
      if (open !== event.type) start(sequence, event.type === 'text' ? emptyText() : emptyRefusal(), null)
      piece(sequence, event.type, event.text)
      break
    case 'annotations':
      if (open !== 'text') start(sequence, emptyText(), null)
      annotate(sequence, event.annotations)
      break
    case 'reasoning':
      reason(sequence, event)
      break
    case 'media':
      start(sequence, event.part, null)
      stop(sequence)
  }
}

function emptyRefusal(): RefusalPart {
  return { type: 'refusal', text: '' }
}

function emptyText(): TextPart {
  return { type: 'text', text: '', cacheControl: null, annotations: [] }
}

function annotate({ open, position, steps }: Sequence, annotations: TextPart['annotations']): void {
  if (open?.part.type === 'text') open.part.annotations = [...open.part.annotations, ...annotations]
  steps.push({ type: 'annotations', position, annotations })
}

function reason(
  sequence: Sequence,
  { block, piece: given }: Extract<SaidEvent, { type: 'reasoning' }>,
): void {
  if (sequence.open?.part.type !== 'reasoning' || sequence.open.block !== block) {
    start(sequence, { ...given, text: '', signature: null }, block)
  }
  const part = sequence.open?.part
  if (part?.type === 'reasoning') joinReasoning(part, { ...given, text: '' })
  if (given.text !== '') piece(sequence, 'reasoning', given.text)
}

/** Adds the next piece of one reasoning part to what is known of it: words and signature follow, the rest fills gaps. */
export function joinReasoning(part: ReasoningPart, piece: ReasoningPart): void {
  part.text += piece.text
  part.id ??= piece.id
  if (piece.signature !== null) part.signature = (part.signature ?? '') + piece.signature
  // A piece without a format comes before the signature that tells whose it is.
  if (part.format === 'unsigned') part.format = piece.format
}

function start(sequence: Sequence, part: BlockPart, block: number | null): void {
  stop(sequence)
  sequence.position += 1
  sequence.open = { part: { ...part }, block }
  sequence.steps.push({ type: 'start', position: sequence.position, part })
}

function piece({ open, position, steps }: Sequence, kind: BlockPart['type'], text: string): void {
  if (open !== null && 'text' in open.part) open.part.text += text
  steps.push({ type: 'piece', position, kind, text })
}

function stop(sequence: Sequence): void {
  const { open, position, steps } = sequence
  if (open === null) return
  sequence.open = null
  steps.push({ type: 'stop', position, part: open.part })
}
