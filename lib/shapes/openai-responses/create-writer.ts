import type { JsonObject } from '../../platform/json-value'
import { encodeSse } from '../../platform/sse/encode-sse'
import { stringifyWire } from '../../platform/wire-json'
import type { StreamEvent, Usage } from '../hub'
import type { GatewayProblem } from '../problem'
import { createBlockSequencer } from '../sequence-blocks'
import type { AnswerEnd, StreamWriter, WriterOptions } from '../shape'
import { withCost } from '../stamp-answer'
import { type ResponseStatus, statusOfFinish } from './answer-status'
import { failureOf, streamError } from './error-body'
import { RESPONSES } from './item-name'
import { frameOf, type ResponseEnd, responseOf } from './response-frame'
import { writeUsage } from './token-usage'
import { createOutputWriter, type OutputWriter, seedOf } from './write-output'

/**
 * Writes a stream of this shape: `response.created` and `response.in_progress`, the items one after the other with all
 * events of their making, and one last event with the whole response: `response.completed`, `response.incomplete` or
 * `response.failed`. Every event tells its type twice, in its name and in its data, and its `sequence_number`. A stream
 * that breaks says `error` before `response.failed`, as OpenAI's does; calls that were not whole are in neither.
 * Sources: streaming events of OpenAI's API reference; openresponses.org.
 */
export function createResponsesWriter(options: WriterOptions): StreamWriter {
  const stream: Stream = {
    frame: frameOf(options),
    output: createOutputWriter(seedOf(options.identity.id)),
    sequenceNumber: 0,
    finishReason: null,
    usage: null,
    foreign: [],
  }
  const sequencer = createBlockSequencer()
  return {
    write(events) {
      for (const event of events) notice(stream, event)
      const items = stream.output.take(sequencer.push(events), false)
      return begin(stream) + encodeAll(stream, items)
    },
    finish(end) {
      const status = statusOfFinish(stream.finishReason)
      const isCut = status.status === 'incomplete'
      const items = [
        ...stream.output.take(sequencer.end(), isCut),
        ...stream.output.end(isCut),
        ...stream.foreign.flatMap((item) => stream.output.whole(item)),
      ]
      return begin(stream) + encodeAll(stream, items) + last(stream, status, null, end)
    },
    fail(problem, end) {
      const status: ResponseStatus = { status: 'failed', incompleteReason: null }
      return begin(stream) + encode(stream, streamError(problem)) + last(stream, status, problem, end)
    },
  }
}

type Stream = {
  frame: JsonObject
  output: OutputWriter
  sequenceNumber: number
  finishReason: string | null
  usage: Usage | null
  /** Items that a provider of this shape made and no other has a word for; they come last. */
  foreign: JsonObject[]
}

function notice(stream: Stream, event: StreamEvent): void {
  if (event.type === 'finish') stream.finishReason = event.finishReason
  if (event.type === 'usage') stream.usage = event.usage
  if (event.type === 'foreign' && event.part.shape === RESPONSES) stream.foreign.push(event.part.value)
}

function begin(stream: Stream): string {
  if (stream.sequenceNumber > 0) return ''
  const end: ResponseEnd = { usage: null, serviceTier: null, error: null }
  const response = responseOf(stream.frame, { status: null, output: [], end })
  return encodeAll(stream, [
    { type: 'response.created', response },
    { type: 'response.in_progress', response },
  ])
}

function last(
  stream: Stream,
  status: ResponseStatus,
  problem: GatewayProblem | null,
  { costUsd, metadata }: AnswerEnd,
): string {
  const usage = writeUsage(stream.usage)
  const end: ResponseEnd = {
    usage: usage && withCost(usage, costUsd),
    serviceTier: null,
    error: problem === null ? null : failureOf(problem),
  }
  const response = {
    ...responseOf(stream.frame, { status, output: stream.output.items(), end }),
    ...(problem === null ? {} : { error_type: problem.type }),
    ...(metadata === null ? {} : { openrouter_metadata: metadata }),
  }
  return encode(stream, { type: `response.${status.status}`, response })
}

function encodeAll(stream: Stream, events: readonly JsonObject[]): string {
  let text = ''
  for (const event of events) text += encode(stream, event)
  return text
}

function encode(stream: Stream, { type, ...fields }: JsonObject): string {
  const event = { type, sequence_number: stream.sequenceNumber, ...fields }
  stream.sequenceNumber += 1
  return encodeSse({ event: String(type), data: stringifyWire(event) })
}
