import { isObject, type JsonObject, objectOf, textOf } from '../../platform/json-value'
import { withFrames } from '../framed-reader'
import type { AnswerProblem, StreamEvent, ToolCallPart } from '../hub'
import { problemOfError } from '../read-error'
import type { StreamReader } from '../shape'
import { argumentsFromInput } from '../tool-arguments'
import { readStop, refusalOf } from './read-answer'
import { foreignPart, readToolUse } from './read-blocks'
import { readThinking, reasoningPart } from './signatures'
import { mergeUsage, readUsage } from './token-usage'

const NOT_A_STREAM: AnswerProblem = {
  message: 'The stream holds no message: it has no message_start.',
  code: null,
  status: null,
}

/**
 * Reads the events of a message stream. A call's arguments are the joined `input_json_delta` pieces, or the `input` of
 * its block's start when no piece followed. A stream that brought something else than pings, but no `message_start`, is
 * another shape. Source: streaming messages of Anthropic's documentation.
 */
export function createReader(): StreamReader {
  return withFrames(createPieceReader(), TEXT_KEYS)
}

const TEXT_KEYS = { text: ['text'], reasoning: ['thinking'], tool_call: ['partial_json'] } as const

function createPieceReader(): StreamReader {
  const reading: Reading = {
    calls: new Map(),
    usage: {},
    hasPieces: false,
    hasStarted: false,
    hasFinished: false,
    hasProblem: false,
  }
  return {
    push({ value }) {
      if (!isObject(value)) {
        reading.hasPieces = true
        return []
      }
      if (value.type !== 'ping') reading.hasPieces = true
      return readEvent(reading, value)
    },
    end() {
      const events = endCalls(reading)
      const isForeign = reading.hasPieces && !reading.hasStarted && !reading.hasProblem
      return isForeign ? [...events, { type: 'problem', problem: NOT_A_STREAM }] : events
    },
  }
}

type OpenCall = {
  part: ToolCallPart
  index: number
  startInput: unknown
  hasPieces: boolean
  isOpen: boolean
}
type Reading = {
  /** By the index of their block. */
  calls: Map<unknown, OpenCall>
  usage: JsonObject
  hasPieces: boolean
  hasStarted: boolean
  hasFinished: boolean
  hasProblem: boolean
}

function readEvent(reading: Reading, event: JsonObject): StreamEvent[] {
  switch (event.type) {
    case 'content_block_delta':
      return readDelta(reading, event)
    case 'content_block_start':
      return readBlockStart(reading, event)
    case 'content_block_stop':
      return endCall(reading.calls.get(event.index))
    case 'message_start': {
      const message = objectOf(event.message)
      reading.hasStarted = true
      return [...takeUsage(reading, message.usage), ...takeStop(reading, message)]
    }
    case 'message_delta':
      return [...takeUsage(reading, event.usage), ...takeStop(reading, objectOf(event.delta))]
    case 'message_stop':
      return readMessageStop(reading)
    default: {
      const isError = event.type === 'error' || isObject(event.error)
      const problem = isError ? problemOfError(event.error ?? {}) : null
      if (problem === null) return []
      reading.hasProblem = true
      return [{ type: 'problem', problem }]
    }
  }
}

function readBlockStart(reading: Reading, { index, content_block }: JsonObject): StreamEvent[] {
  const block = objectOf(content_block)
  if (block.type === 'text') return said(block.text)
  if (block.type === 'tool_use') {
    const part = { ...readToolUse(block), arguments: '' }
    const call = { part, index: reading.calls.size, startInput: block.input, hasPieces: false, isOpen: true }
    reading.calls.set(index, call)
    return [callEvent(call, '')]
  }
  const piece = readThinking(block)
  if (piece !== null) {
    const isEmpty = piece.text === '' && piece.signature === null
    return isEmpty ? [] : [{ type: 'reasoning', block: numberOfBlock(index), piece }]
  }
  if (typeof block.type !== 'string') return []
  const part = foreignPart(block)
  return part.type === 'foreign' ? [{ type: 'foreign', part }] : []
}

function readDelta(reading: Reading, { index, delta: given }: JsonObject): StreamEvent[] {
  const delta = objectOf(given)
  const block = numberOfBlock(index)
  switch (delta.type) {
    case 'input_json_delta': {
      const call = reading.calls.get(index)
      const piece = textOf(delta.partial_json) ?? ''
      if (call === undefined || piece === '') return []
      call.hasPieces = true
      return [callEvent(call, piece)]
    }
    case 'signature_delta': {
      const signature = textOf(delta.signature) || null
      return signature === null
        ? []
        : [{ type: 'reasoning', block, piece: reasoningPart('text', '', signature) }]
    }
    case 'thinking_delta': {
      const thinking = textOf(delta.thinking) ?? ''
      return thinking === ''
        ? []
        : [{ type: 'reasoning', block, piece: reasoningPart('text', thinking, null) }]
    }
    default:
      return said(delta.text)
  }
}

function said(text: unknown): StreamEvent[] {
  return typeof text === 'string' && text !== '' ? [{ type: 'text', text }] : []
}

/** A call without arguments streams none, but clients parse what they got: they need at least `{}`. */
function endCall(call: OpenCall | undefined): StreamEvent[] {
  if (call === undefined || !call.isOpen) return []
  call.isOpen = false
  const rest = call.hasPieces ? '' : argumentsFromInput(call.startInput)
  return [{ ...callEvent(call, rest), isLast: true }]
}

function endCalls({ calls }: Reading): StreamEvent[] {
  return [...calls.values()].flatMap(endCall)
}

function callEvent({ part, index }: OpenCall, argumentsPiece: string) {
  const { id, name, isCustom, namespace, thoughtSignature } = part
  return {
    type: 'tool_call' as const,
    index,
    id,
    name,
    argumentsPiece,
    isCustom,
    namespace,
    thoughtSignature,
  }
}

function takeUsage(reading: Reading, usage: unknown): StreamEvent[] {
  if (!isObject(usage)) return []
  reading.usage = mergeUsage(reading.usage, usage)
  const read = readUsage(reading.usage)
  return read === null ? [] : [{ type: 'usage', usage: read }]
}

function takeStop(reading: Reading, holder: JsonObject): StreamEvent[] {
  const reason = textOf(holder.stop_reason)
  if (reason === null) return []
  const refusal = refusalOf(holder)
  reading.hasFinished = true
  return [
    ...endCalls(reading),
    ...(refusal === null ? [] : [{ type: 'refusal' as const, text: refusal }]),
    { type: 'finish', ...readStop(reason, reading.calls.size > 0) },
  ]
}

function readMessageStop(reading: Reading): StreamEvent[] {
  const events = endCalls(reading)
  if (!reading.hasFinished) {
    reading.hasFinished = true
    events.push({ type: 'finish', ...readStop(null, reading.calls.size > 0) })
  }
  return [...events, { type: 'done' }]
}

function numberOfBlock(index: unknown): number {
  return typeof index === 'number' ? index : 0
}
