import { isObject, type JsonObject, objectOf } from '../../platform/json-value'
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
 * held back until the end, for the cost and the metadata. Providers that end calls with another reason are put right,
 * since agents run tools by the reason alone.
 */
export function createRelay({ identity, promptTokens }: WriterOptions): StreamRelay {
  const held: JsonObject[] = []
  let hasCalls = false
  const take = (piece: StreamPiece): string => {
    const { event, data } = piece
    // The names of events say which of them concern us, so that the others need not be parsed.
    if (event !== null && PASSED.has(event) && held.length === 0) {
      hasCalls ||= event === 'content_block_start' && data.includes('"tool_use"')
      return encodeSse(piece)
    }
    const { value } = piece
    if (!isObject(value)) return ''
    if (value.type === 'message_delta' || held.length > 0) {
      held.push(value)
      return ''
    }
    if (value.type === 'message_start') {
      return encodeEvent(withUsage(withIdentity(value, identity), promptTokens))
    }
    hasCalls ||= objectOf(value.content_block).type === 'tool_use'
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
      const last = hasCalls ? held.map(withCallsStop) : held
      return last.map((event) => encodeEvent(withEnd(event, end))).join('')
    },
    fail(problem, { metadata }) {
      return encodeEvent(errorBody(problem, metadata))
    },
  }
}

/** Clients read the tokens of `message_start`, also of providers that tell none: the estimate is better than nothing. */
function withUsage(event: JsonObject, promptTokens: number | null): JsonObject {
  const message = objectOf(event.message)
  if (isObject(message.usage)) return event
  return { ...event, message: { ...message, usage: { input_tokens: promptTokens ?? 0, output_tokens: 0 } } }
}

function withCallsStop(event: JsonObject): JsonObject {
  const delta = objectOf(event.delta)
  return delta.stop_reason === 'end_turn' ? { ...event, delta: { ...delta, stop_reason: 'tool_use' } } : event
}
