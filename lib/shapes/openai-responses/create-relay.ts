import { isObject, type JsonObject, numberOf, objectOf, textOf } from '../../platform/json-value'
import { encodeSse } from '../../platform/sse/encode-sse'
import { stringifyWire } from '../../platform/wire-json'
import type { AnswerEnd, StreamPiece, StreamRelay, WriterOptions } from '../shape'
import { stampAnswer } from '../stamp-answer'
import { failureOf, streamError } from './error-body'
import { frameOf, responseOf } from './response-frame'

/**
 * Hands a provider's stream of this shape on to a client of it: pieces pass as they came but for those that carry the
 * response, which is put under our name. The last of them waits for what the request cost. A piece that says in its name
 * that it is none of these is not parsed.
 */
export function createResponsesRelay(options: WriterOptions): StreamRelay {
  const { identity } = options
  const relay: Relay = { response: null, passed: null, last: null }
  return {
    pass(pieces) {
      let text = ''
      for (const piece of pieces) text += passPiece(relay, piece, options)
      return text
    },
    finish(end) {
      if (relay.last === null) return ''
      const { event, value } = relay.last
      const response = stampAnswer(objectOf(value.response), identity, end)
      return encodeSse({ event, data: stringifyWire({ ...value, response }) })
    },
    fail(problem, end) {
      const failed = { status: 'failed', error: failureOf(problem), error_type: problem.type }
      const frame = relay.response ?? emptyResponse(options)
      const response = { ...stampAnswer(frame, identity, end), ...failed }
      const { type, ...error } = streamError(problem)
      const next = nextNumber(relay)
      return (
        encode({ type, sequence_number: next, ...error }) +
        encode({ type: 'response.failed', sequence_number: next + 1, response })
      )
    },
  }
}

type Relay = {
  /** The response as it was told last. */
  response: JsonObject | null
  /** What was handed on last. */
  passed: StreamPiece | null
  last: { event: string | null; value: JsonObject } | null
}

const LAST_EVENTS = new Set(['response.completed', 'response.incomplete', 'response.failed'])
const RESPONSE_EVENTS = new Set([
  ...LAST_EVENTS,
  'response.created',
  'response.queued',
  'response.in_progress',
])
const NO_END: AnswerEnd = { costUsd: null, metadata: null }

function passPiece(relay: Relay, piece: StreamPiece, { identity }: WriterOptions): string {
  if (relay.last !== null) return ''
  const { event, data } = piece
  if (event?.startsWith('response.') && !RESPONSE_EVENTS.has(event)) {
    relay.passed = piece
    return encodeSse({ event, data })
  }
  const { value } = piece
  const type = isObject(value) ? (textOf(value.type) ?? event) : null
  // What went wrong is told by `fail`, once.
  if (!isObject(value) || type === null || type === 'error') return ''
  relay.passed = piece
  const name = event ?? type
  if (!isObject(value.response)) return encodeSse({ event: name, data })
  relay.response = value.response
  if (LAST_EVENTS.has(type)) {
    relay.last = { event: name, value }
    return ''
  }
  const response = stampAnswer(value.response, identity, NO_END)
  return encodeSse({ event: name, data: stringifyWire({ ...value, response }) })
}

function nextNumber({ passed }: Relay): number {
  return (numberOf(objectOf(passed?.value).sequence_number) ?? -1) + 1
}

function emptyResponse(options: WriterOptions): JsonObject {
  const end = { usage: null, serviceTier: null, error: null }
  return responseOf(frameOf(options), { status: null, output: [], end })
}

function encode(event: JsonObject): string {
  return encodeSse({ event: textOf(event.type), data: stringifyWire(event) })
}
