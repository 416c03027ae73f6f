import { isObject, type JsonObject, numberOf, objectOf, textOf } from '../../platform/json-value'
import { encodeSse } from '../../platform/sse/encode-sse'
import { stringifyWire } from '../../platform/wire-json'
import type { AnswerEnd, StreamPiece, StreamRelay, WriterOptions } from '../shape'
import { failureOf, streamError } from './error-body'
import { frameOf, responseOf } from './response-frame'
import { stampResponse } from './stamp-response'

/**
 * Hands a provider's stream of this shape on to a client of it: pieces pass as they came but for those that carry the
 * response, which is put under our name. The last of them waits for what the request cost.
 */
export function createResponsesRelay(options: WriterOptions): StreamRelay {
  const { identity } = options
  const relay: Relay = { response: null, last: null, sequenceNumber: 0 }
  return {
    pass(pieces) {
      let text = ''
      for (const piece of pieces) text += passPiece(relay, piece, options)
      return text
    },
    finish(end) {
      if (relay.last === null) return ''
      const { event, value } = relay.last
      const response = stampResponse(objectOf(value.response), identity, end)
      return encodeSse({ event, data: stringifyWire({ ...value, response }) })
    },
    fail(problem, end) {
      const failed = { status: 'failed', error: failureOf(problem), error_type: problem.type }
      const frame = relay.response ?? emptyResponse(options)
      const response = { ...stampResponse(frame, identity, end), ...failed }
      return (
        encodeNext(relay, streamError(problem)) + encodeNext(relay, { type: 'response.failed', response })
      )
    },
  }
}

type Relay = {
  /** The response as it was told last. */
  response: JsonObject | null
  last: { event: string | null; value: JsonObject } | null
  /** Of the next event. */
  sequenceNumber: number
}

const LAST_EVENTS = new Set(['response.completed', 'response.incomplete', 'response.failed'])
const NO_END: AnswerEnd = { costUsd: null, metadata: null }

function passPiece(relay: Relay, { event, data, value }: StreamPiece, { identity }: WriterOptions): string {
  if (relay.last !== null || !isObject(value)) return ''
  relay.sequenceNumber = (numberOf(value.sequence_number) ?? relay.sequenceNumber) + 1
  const type = textOf(value.type) ?? event
  const name = event ?? type
  // What went wrong is told by `fail`, once.
  if (type === 'error') return ''
  if (!isObject(value.response)) return encodeSse({ event: name, data })
  relay.response = value.response
  if (type !== null && LAST_EVENTS.has(type)) {
    relay.last = { event: name, value }
    return ''
  }
  const response = stampResponse(value.response, identity, NO_END)
  return encodeSse({ event: name, data: stringifyWire({ ...value, response }) })
}

function emptyResponse(options: WriterOptions): JsonObject {
  const end = { usage: null, serviceTier: null, error: null }
  return responseOf(frameOf(options), { status: null, output: [], end })
}

function encodeNext(relay: Relay, { type, ...fields }: JsonObject): string {
  const event = { type, sequence_number: relay.sequenceNumber, ...fields }
  relay.sequenceNumber += 1
  return encodeSse({ event: String(type), data: stringifyWire(event) })
}
