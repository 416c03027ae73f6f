import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { withFrames } from '../framed-reader'
import type { AnswerProblem, OutputPart } from '../hub'
import { problemOfError } from '../read-error'
import type { StreamPiece, StreamReader } from '../shape'
import { argumentsText } from '../tool-arguments'
import { finishOfResponse } from './answer-status'
import { isMessage } from './check-input'
import { problemOfResponse } from './read-answer'
import { outputPartsFromItem } from './read-items'
import { createStreamNotes, type Place, type StreamNotes } from './stream-notes'
import { readUsage } from './token-usage'

/**
 * Reads a provider's stream of this shape. What an item holds when it is done, or the response when it ends, fills in
 * what no event brought: some providers stream no deltas. Unknown events mean nothing; `error` is a problem, and
 * `response.completed`, `response.incomplete` and `response.failed` end the stream. Sources: streaming events of
 * OpenAI's API reference; recordings of OpenAI's, Azure's and Copilot's streams in the tests of vercel/ai.
 */
export function createResponsesReader(): StreamReader {
  return withFrames(createEventReader(), { text: DELTA, refusal: DELTA, reasoning: DELTA, tool_call: DELTA })
}

const DELTA = ['delta'] as const

function createEventReader(): StreamReader {
  const reading: Reading = { notes: createStreamNotes(), isKnown: false, isOver: false, hasProblem: false }
  return {
    push(piece) {
      if (!reading.isOver) takePiece(reading, piece)
      return reading.notes.events()
    },
    end() {
      if (!reading.isKnown) report(reading, { message: NOT_A_STREAM, code: null, status: null })
      return reading.notes.events()
    },
  }
}

const NOT_A_STREAM = 'The stream is none of the Responses API.'

type Reading = {
  notes: StreamNotes
  /** Whether any event of the shape was seen. */
  isKnown: boolean
  isOver: boolean
  hasProblem: boolean
}

function takePiece(reading: Reading, { event: name, value }: StreamPiece): void {
  if (!isObject(value)) return
  const type = textOf(value.type) ?? name ?? ''
  if (type.startsWith('response.')) {
    reading.isKnown = true
    takeEvent(reading, type.slice('response.'.length), value)
  } else if (type === 'error' || isObject(value.error)) {
    reading.isKnown = true
    report(
      reading,
      problemOfError(value.error ?? value) ?? { message: 'no message', code: null, status: null },
    )
  }
}

function takeEvent(reading: Reading, type: string, event: JsonObject): void {
  const take = EVENTS[type]
  if (take === undefined) return
  const output = numberOf(event.output_index) ?? 0
  take({
    reading,
    notes: reading.notes,
    event,
    at: { output, part: numberOf(event.content_index) ?? 0 },
    summaryAt: { output, part: numberOf(event.summary_index) ?? 0 },
    text: textOf(event.delta) ?? '',
    whole: textOf(event.text) ?? '',
  })
}

type Taken = {
  reading: Reading
  notes: StreamNotes
  event: JsonObject
  at: Place
  summaryAt: Place
  /** What the event adds. */
  text: string
  /** What the event says is all. */
  whole: string
}

const EVENTS: Readonly<Record<string, (taken: Taken) => void>> = {
  'output_item.added': ({ notes, at, event }) => beginItem(notes, at.output, objectOf(event.item)),
  'output_item.done': ({ notes, at, event }) => endItem(notes, at.output, objectOf(event.item)),
  'output_text.delta': ({ notes, at, text }) => notes.text({ kind: 'text', at, text }),
  'output_text.done': ({ notes, at, whole }) => notes.text({ kind: 'text', at, whole }),
  'output_text.annotation.added': ({ notes, at, event }) => notes.annotation(at, objectOf(event.annotation)),
  'refusal.delta': ({ notes, at, text }) => notes.text({ kind: 'refusal', at, text }),
  'refusal.done': ({ notes, at, event }) =>
    notes.text({ kind: 'refusal', at, whole: textOf(event.refusal) ?? '' }),
  'reasoning_summary_text.delta': ({ notes, summaryAt, text }) =>
    notes.reasoning({ kind: 'summary', at: summaryAt, text }),
  'reasoning_summary_text.done': ({ notes, summaryAt, whole }) =>
    notes.reasoning({ kind: 'summary', at: summaryAt, whole }),
  'reasoning_text.delta': ({ notes, at, text }) => notes.reasoning({ kind: 'text', at, text }),
  'reasoning_text.done': ({ notes, at, whole }) => notes.reasoning({ kind: 'text', at, whole }),
  'function_call_arguments.delta': ({ notes, at, text }) => notes.arguments(at.output, { text }),
  'function_call_arguments.done': ({ notes, at, event }) =>
    notes.arguments(at.output, { whole: argumentsText(event.arguments) }),
  'custom_tool_call_input.delta': ({ notes, at, text }) => notes.arguments(at.output, { text }),
  'custom_tool_call_input.done': ({ notes, at, event }) =>
    notes.arguments(at.output, { whole: textOf(event.input) ?? '' }),
  completed: ({ reading, event }) => endResponse(reading, objectOf(event.response)),
  incomplete: ({ reading, event }) => endResponse(reading, objectOf(event.response)),
  failed: ({ reading, event }) => endResponse(reading, objectOf(event.response)),
  cancelled: ({ reading, event }) => endResponse(reading, objectOf(event.response)),
}

function beginItem(notes: StreamNotes, output: number, item: JsonObject): void {
  notes.item(output, textOf(item.id))
  const [part] = outputPartsFromItem(item)
  if (part?.type === 'tool_call') notes.call(output, part)
}

function endItem(notes: StreamNotes, output: number, item: JsonObject): void {
  if (isMessage(item)) endMessage(notes, output, item)
  else if (item.type === 'reasoning') endReasoning(notes, output, item)
  else for (const part of outputPartsFromItem(item)) endPart(notes, output, part)
}

function endPart(notes: StreamNotes, output: number, part: OutputPart): void {
  if (part.type === 'tool_call') notes.wholeCall(output, part)
  else if (part.type === 'image') notes.say({ type: 'media', part })
  else if (part.type === 'foreign') notes.say({ type: 'foreign', part })
}

function endMessage(notes: StreamNotes, output: number, item: JsonObject): void {
  for (const [part, content] of objectsOf(item.content).entries()) {
    const at = { output, part }
    const isRefusal = content.type === 'refusal'
    const whole = textOf(isRefusal ? content.refusal : content.text) ?? ''
    notes.text({ kind: isRefusal ? 'refusal' : 'text', at, whole })
    notes.wholeAnnotations(at, objectsOf(content.annotations))
  }
}

function endReasoning(notes: StreamNotes, output: number, item: JsonObject): void {
  for (const [part, summary] of objectsOf(item.summary).entries()) {
    notes.reasoning({ kind: 'summary', at: { output, part }, whole: textOf(summary.text) ?? '' })
  }
  for (const [part, content] of objectsOf(item.content).entries()) {
    notes.reasoning({ kind: 'text', at: { output, part }, whole: textOf(content.text) ?? '' })
  }
  const whole = textOf(item.encrypted_content) ?? ''
  notes.reasoning({ kind: 'encrypted', at: { output, part: 0 }, whole })
}

function endResponse(reading: Reading, response: JsonObject): void {
  const { notes } = reading
  reading.isOver = true
  // Only where nothing was streamed, since not everybody numbers the items as they stand here.
  if (!notes.hasContent()) {
    for (const [output, item] of objectsOf(response.output).entries()) endItem(notes, output, item)
  }
  const usage = readUsage(response.usage)
  if (usage !== null) notes.say({ type: 'usage', usage })
  const problem = problemOfResponse({ output: [], ...response })
  if (problem !== null) report(reading, problem)
  else notes.say({ type: 'finish', ...finishOfResponse(response, notes.hasCalls()) })
  notes.say({ type: 'done' })
}

/** OpenAI says an error twice, as an event and in the failed response; once is enough. */
function report(reading: Reading, problem: AnswerProblem): void {
  if (!reading.hasProblem) reading.notes.say({ type: 'problem', problem })
  reading.hasProblem = true
}
