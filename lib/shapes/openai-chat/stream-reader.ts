import { isObject, type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import { withFrames } from '../framed-reader'
import type { ReasoningPart, StreamEvent, ToolCallEvent } from '../hub'
import { problemOfError } from '../read-error'
import type { StreamReader } from '../shape'
import { type CallPiece, type CallPositions, createCallPositions, type OpenCall } from './call-positions'
import { DONE } from './frame'
import { NOT_A_COMPLETION, ofProvider, problemOfChoice, readFinish, saidEvents } from './read-answer'
import { plainPart, plainReasoning, readDetails } from './reasoning-details'
import { readUsage, usageIn } from './token-usage'

/**
 * Reads `chat.completion.chunk` objects; whole completions, too, whose `message` counts as a `delta`. Of several
 * choices the first one counts. Usage may stand on any chunk. A chunk that only names the role, or is empty, says
 * nothing. Source: ChatCompletionChunk of OpenAI's API reference.
 */
export function createReader(): StreamReader {
  return withFrames(createPieceReader(), TEXT_KEYS)
}

const TEXT_KEYS = {
  text: ['content', 'text'],
  refusal: ['refusal'],
  reasoning: ['reasoning_content', 'reasoning'],
  tool_call: ['arguments', 'input'],
} as const

function createPieceReader(): StreamReader {
  const reading: Reading = {
    calls: createCallPositions(),
    sent: new Map(),
    blocks: { known: new Map(), plain: null, isOpen: false },
    hasPieces: false,
    hasChoices: false,
    hasOutput: false,
    hasFinished: false,
  }
  return {
    push(piece) {
      if (piece.data === DONE) return readDone(reading)
      reading.hasPieces = true
      const { value } = piece
      return isObject(value) ? readChunk(reading, value) : []
    },
    end() {
      const isForeign = reading.hasPieces && !reading.hasChoices
      return isForeign ? [{ type: 'problem', problem: NOT_A_COMPLETION }] : flushCalls(reading)
    },
  }
}

type Reading = {
  calls: CallPositions
  /** What came of calls that wait for their name; null = told already. */
  sent: Map<OpenCall, string | null>
  blocks: Blocks
  hasPieces: boolean
  hasChoices: boolean
  hasOutput: boolean
  hasFinished: boolean
}

/** Some servers never say why an answer ended, but say that it did. */
function readDone(reading: Reading): StreamEvent[] {
  const events: StreamEvent[] = flushCalls(reading)
  if (reading.hasOutput && !reading.hasFinished) {
    reading.hasFinished = true
    const finishReason = reading.calls.count() > 0 ? 'tool_calls' : null
    events.push({ type: 'finish', finishReason, nativeFinishReason: null })
  }
  events.push({ type: 'done' })
  return events
}

function readChunk(reading: Reading, chunk: JsonObject): StreamEvent[] {
  const events: StreamEvent[] = []
  const error = problemOfError(chunk.error)
  if (Array.isArray(chunk.choices)) reading.hasChoices = true
  const choice = objectsOf(chunk.choices).find(({ index }) => index === undefined || index === 0)
  if (choice !== undefined) {
    const delta = isObject(choice.delta) ? choice.delta : choice.message
    if (isObject(delta)) readDelta(reading, { delta, isWhole: delta === choice.message }, events)
  }
  if (events.length > 0) reading.hasOutput = true
  const problem = error ?? (choice === undefined ? null : problemOfChoice(choice))
  if (problem !== null) events.push({ type: 'problem', problem })
  if (choice !== undefined && textOf(choice.finish_reason)) {
    events.push(...flushCalls(reading), { type: 'finish', ...readFinish(choice, reading.calls.count() > 0) })
    reading.hasFinished = true
  }
  const usage = readUsage(usageIn(chunk))
  if (usage !== null) events.push({ type: 'usage', usage })
  return events
}

function readDelta(
  reading: Reading,
  { delta, isWhole }: { delta: JsonObject; isWhole: boolean },
  events: StreamEvent[],
): void {
  readReasoning(reading.blocks, delta, events)
  const said = saidEvents(delta)
  events.push(...said)
  if (said.length > 0) reading.blocks.isOpen = false
  if (Array.isArray(delta.tool_calls)) {
    for (const entry of objectsOf(delta.tool_calls)) {
      // In a whole message every entry is a call of its own, whatever its id.
      const own = isWhole ? { ...entry, index: reading.calls.count() } : entry
      events.push(...readCall(reading, reading.calls.take(own)))
    }
  }
  if (isObject(delta.function_call)) {
    const entry = { index: -1, function: delta.function_call }
    events.push(...readCall(reading, reading.calls.take(entry)))
  }
}

/** A call's first event has its name, so what comes before it is held back. */
function readCall({ sent }: Reading, { call, argumentsPiece }: CallPiece): StreamEvent[] {
  const held = sent.get(call)
  const piece = (held ?? '') + argumentsPiece
  if (call.name === '') {
    sent.set(call, piece)
    return []
  }
  sent.set(call, null)
  return held === null && piece === '' ? [] : [callEvent(call, piece)]
}

/** Calls that never got a name. */
function flushCalls({ sent }: Reading): StreamEvent[] {
  const nameless = [...sent].filter(([, held]) => held !== null)
  return nameless.map(([call, held]) => {
    sent.set(call, null)
    return callEvent(call, held ?? '')
  })
}

function callEvent(call: OpenCall, argumentsPiece: string): ToolCallEvent {
  const { position, id, name, isCustom, thoughtSignature } = call
  const said = { id, name, argumentsPiece, isCustom, thoughtSignature }
  return { type: 'tool_call', index: position, namespace: null, ...said }
}

/** Numbers the reasoning parts of a stream. */
type Blocks = {
  known: Map<string, number>
  /** The part that words without an index go on. */
  plain: { block: number; kind: ReasoningPart['kind'] } | null
  isOpen: boolean
}

function readReasoning(blocks: Blocks, delta: JsonObject, events: StreamEvent[]): void {
  const details = readDetails(delta.reasoning_details)
  const plain = plainReasoning(delta)
  const hasWords = details.some(({ piece }) => piece.kind !== 'encrypted' && piece.text !== '')
  if (plain !== '' && !hasWords) {
    const piece = plainPart(plain)
    events.push({ type: 'reasoning', block: plainBlock(blocks, piece), piece })
  }
  for (const { key, piece } of details) {
    const block = key === null ? plainBlock(blocks, piece) : keyedBlock(blocks, key)
    events.push({ type: 'reasoning', block, piece: ofProvider(piece) })
  }
}

function keyedBlock({ known }: Blocks, key: string): number {
  const block = known.get(key) ?? known.size
  known.set(key, block)
  return block
}

/** Words go on until their signature, or until something else is said. */
function plainBlock(blocks: Blocks, piece: ReasoningPart): number {
  const { plain } = blocks
  const goesOn = blocks.isOpen && plain !== null && plain.kind === 'text' && piece.kind === 'text'
  const block = goesOn ? plain.block : keyedBlock(blocks, `plain ${blocks.known.size}`)
  blocks.plain = { block, kind: piece.kind }
  blocks.isOpen = piece.signature === null
  return block
}
