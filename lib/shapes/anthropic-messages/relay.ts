import { isObject, type JsonObject } from '../../platform/json-value'
import { encodeSse } from '../../platform/sse/encode-sse'
import type { StreamPiece, StreamRelay, WriterOptions } from '../shape'
import { errorBody } from './error-body'
import { encodeEvent, withEnd, withIdentity } from './frame'

const PASSED: ReadonlySet<string> = new Set([
  'content_block_start',
  'content_block_delta',
  'content_block_stop',
  'ping',
])

/**
 * Hands events on as they came, `message_start` under our id. `message_delta` has the usage, so it and what follows are
 * held back until the end, for the cost and the metadata.
 */
export function createRelay({ identity }: WriterOptions): StreamRelay {
  const held: JsonObject[] = []
  const take = (piece: StreamPiece): string => {
    const { event, data } = piece
    // The names of events say which of them concern us, so that the others need not be parsed.
    if (event !== null && PASSED.has(event) && held.length === 0) return encodeSse(piece)
    const { value } = piece
    if (!isObject(value)) return ''
    if (value.type === 'message_delta' || held.length > 0) {
      held.push(value)
      return ''
    }
    if (value.type === 'message_start') return encodeEvent(withIdentity(value, identity))
    const name = event ?? (typeof value.type === 'string' ? value.type : null)
    return encodeSse({ event: name, data })
  }
  return {
    pass(pieces) {
      let text = ''
      for (const piece of pieces) text += take(piece)
      return text
    },
    finish(end) {
      return held.map((event) => encodeEvent(withEnd(event, end))).join('')
    },
    fail(problem, { metadata }) {
      return encodeEvent(errorBody(problem, metadata))
    },
  }
}
