import { isObject, type JsonObject, objectsOf, textOf } from '../../platform/json-value'
import type { AnswerProblem, OutputPart, StreamEvent, ToolCallEvent, ToolCallPart } from '../hub'
import type { StreamReader } from '../shape'
import { problemInGemini, problemOfPrompt } from './errors'
import { finishReasonFromGemini } from './finish-reasons'
import { annotationsFromGrounding } from './grounding'
import { createPartialArguments, type PartialArguments } from './partial-arguments'
import { outputFromGemini } from './read-parts'
import { readGeminiUsage } from './usage'

const NOT_GEMINI = 'The answer is no Gemini answer: it has no candidates.'

/**
 * Reads a stream of GenerateContentResponse objects, as server-sent events or as the elements of one list. Only the
 * first candidate counts. Calls come whole, or value by value from Vertex; one without an id gets the response's id and
 * its place. The stream has no end of its own: the finish reason says that nothing follows but usage. Source: streaming
 * of the Gemini API reference.
 */
export function createGeminiReader(): StreamReader {
  const reading: Reading = {
    responseId: null,
    block: 0,
    isInThought: false,
    callIds: [],
    wholeCalls: new Set(),
    open: null,
    text: '',
    isOver: false,
    hasPieces: false,
    hasAnswer: false,
  }
  return {
    push({ data, value }) {
      // Proxies of other makes end with OpenAI's word.
      if (data === '[DONE]') return [{ type: 'done' }]
      reading.hasPieces = true
      const chunks = Array.isArray(value) ? value : [value]
      return chunks.flatMap((chunk) => (isObject(chunk) ? takeChunk(reading, chunk) : []))
    },
    end() {
      const rest = closeCall(reading)
      if (reading.hasAnswer || !reading.hasPieces) return rest
      return [...rest, problemEvent({ message: NOT_GEMINI, code: null, status: null })]
    },
  }
}

type Reading = {
  responseId: string | null
  /** Of the reasoning that is being read. */
  block: number
  isInThought: boolean
  callIds: string[]
  /** Calls that came whole and with an id, as JSON. */
  wholeCalls: Set<string>
  /** A call whose arguments come value by value. */
  open: { index: number; name: string; values: PartialArguments } | null
  /** All text so far, in which grounding counts. */
  text: string
  isOver: boolean
  hasPieces: boolean
  hasAnswer: boolean
}

function takeChunk(reading: Reading, chunk: JsonObject): StreamEvent[] {
  const problem = problemInGemini(chunk) ?? problemOfPrompt(chunk.promptFeedback)
  reading.responseId ??= textOf(chunk.responseId)
  const usage = readGeminiUsage(chunk.usageMetadata)
  const candidates = objectsOf(chunk.candidates)
  if (Array.isArray(chunk.candidates) || problem !== null) reading.hasAnswer = true
  const first = candidates.find(({ index }) => index === undefined || index === 0)
  return [
    ...(problem === null ? [] : [problemEvent(problem)]),
    ...(first === undefined ? [] : takeCandidate(reading, first)),
    ...(usage === null ? [] : [{ type: 'usage' as const, usage }]),
  ]
}

function takeCandidate(reading: Reading, candidate: JsonObject): StreamEvent[] {
  const content = isObject(candidate.content) ? candidate.content : {}
  const events = objectsOf(content.parts).flatMap((part) => takePart(reading, part))
  const annotations = annotationsFromGrounding(candidate.groundingMetadata, reading.text)
  if (annotations.length > 0) events.push({ type: 'annotations', annotations })
  const native = textOf(candidate.finishReason)
  if (native === null || native === '' || reading.isOver) return events
  reading.isOver = true
  return [...events, ...closeCall(reading), ...finish(reading, native, textOf(candidate.finishMessage))]
}

function finish(reading: Reading, native: string, said: string | null): StreamEvent[] {
  const finishReason = finishReasonFromGemini(native, reading.callIds.length > 0)
  const events: StreamEvent[] = [{ type: 'finish', finishReason, nativeFinishReason: native }]
  if (finishReason === 'content_filter' && said !== null && said !== '') {
    events.unshift({ type: 'refusal', text: said })
  }
  if (finishReason === 'error') {
    const message = `The answer finished with ${native}${said === null ? '.' : `: ${said}`}`
    events.push(problemEvent({ message, code: native, status: null }))
  }
  return events
}

function takePart(reading: Reading, part: JsonObject): StreamEvent[] {
  const call = isObject(part.functionCall) ? part.functionCall : null
  if (call !== null && isInValues(reading, call)) return takeValues(reading, part, call)
  return outputFromGemini(part, () => idOfCall(reading)).flatMap((output) => eventOf(reading, output))
}

function eventOf(reading: Reading, part: OutputPart): StreamEvent[] {
  const isThought = part.type === 'reasoning' && part.kind !== 'encrypted'
  if (part.type === 'reasoning' && !(isThought && reading.isInThought)) reading.block += 1
  reading.isInThought = isThought && part.signature === null
  switch (part.type) {
    case 'text':
      reading.text += part.text
      return [{ type: 'text', text: part.text }]
    case 'reasoning':
      return [{ type: 'reasoning', block: reading.block, piece: part }]
    case 'tool_call':
      if (isRepeated(reading, part)) return []
      return [{ ...beginCall(reading, { ...part, argumentsPiece: part.arguments }), isLast: true }]
    case 'refusal':
      return [{ type: 'refusal', text: part.text }]
    case 'foreign':
      return [{ type: 'foreign', part }]
    default:
      return [{ type: 'media', part }]
  }
}

/** Some proxies send a call again in the next chunk; others give different calls one id, and none of these may be lost. */
function isRepeated({ wholeCalls }: Reading, { id, name, arguments: args }: ToolCallPart): boolean {
  if (id === '') return false
  const call = JSON.stringify([id, name, args])
  if (wholeCalls.has(call)) return true
  wholeCalls.add(call)
  return false
}

function beginCall(
  reading: Reading,
  {
    id,
    name,
    argumentsPiece,
    thoughtSignature,
  }: Pick<ToolCallEvent, 'id' | 'name' | 'argumentsPiece' | 'thoughtSignature'>,
): ToolCallEvent {
  const index = reading.callIds.push(id) - 1
  return {
    type: 'tool_call',
    index,
    id,
    name,
    argumentsPiece,
    isCustom: false,
    namespace: null,
    thoughtSignature,
  }
}

/** Without an id of the response there is none to be had here: whoever writes the answer gives one. */
function idOfCall({ responseId, callIds }: Reading): string {
  return responseId === null ? '' : `call_${responseId}_${callIds.length}`
}

function isInValues({ open }: Reading, call: JsonObject): boolean {
  if (call.partialArgs !== undefined || call.willContinue === true) return true
  return open !== null && call.name === undefined && call.args === undefined
}

function takeValues(reading: Reading, part: JsonObject, call: JsonObject): StreamEvent[] {
  const events: StreamEvent[] = []
  if (typeof call.name === 'string') {
    events.push(...closeCall(reading))
    const [begun] = outputFromGemini({ ...part, functionCall: { ...call, args: {} } }, () =>
      idOfCall(reading),
    )
    if (begun?.type === 'tool_call') {
      events.push(beginCall(reading, { ...begun, argumentsPiece: '' }))
      reading.open = { index: reading.callIds.length - 1, name: begun.name, values: createPartialArguments() }
    }
  }
  reading.open?.values.push(call.partialArgs)
  return call.willContinue === true ? events : [...events, ...closeCall(reading)]
}

function closeCall(reading: Reading): StreamEvent[] {
  const { open, callIds } = reading
  if (open === null) return []
  reading.open = null
  return [
    {
      type: 'tool_call',
      index: open.index,
      id: callIds[open.index] ?? '',
      name: open.name,
      argumentsPiece: open.values.text(),
      isCustom: false,
      namespace: null,
      thoughtSignature: null,
      isLast: true,
    },
  ]
}

function problemEvent(problem: AnswerProblem): StreamEvent {
  return { type: 'problem', problem }
}
