import type { StreamEvent } from '../shapes/hub'
import type { Exchange } from './exchange'
import { noteEndpointCall } from './live-health.server'
import type { StreamStep } from './read-stream.server'
import type { OpenStream } from './try-endpoint.server'

/** Opens the rest of an answer, whose beginning is given, elsewhere; null = nobody is left to ask. */
export type ContinueElsewhere = (textSoFar: string) => Promise<OpenStream | null>

/**
 * A stream that goes on elsewhere when it breaks: the next endpoint gets the text so far as the beginning of the
 * assistant's turn, and the client reads one stream. Never after a tool call has begun, since half a call cannot be
 * given as a beginning. Each attempt that broke is noted as it is left. White space at the end of the text so far is
 * kept from the next endpoint, since some take no beginning that ends so, and not repeated when it brings its own.
 */
export function continuedStream(
  exchange: Exchange,
  stream: OpenStream,
  continueElsewhere: ContinueElsewhere,
): OpenStream {
  let current = stream
  let text = ''
  let hasCall = false
  let blocks = 0
  let blockOffset = 0
  /** White space that the client has and the endpoint was not told of. */
  let withheld = ''

  const take = (step: StreamStep): StreamStep => ({ ...step, pieces: [], events: step.events.map(noted) })

  function noted(event: StreamEvent): StreamEvent {
    if (event.type === 'text') {
      const rest = withoutRepeated(event.text)
      text += rest
      return { ...event, text: rest }
    }
    if (event.type === 'tool_call') hasCall = true
    if (event.type !== 'reasoning') return event
    const block = event.block + blockOffset
    blocks = Math.max(blocks, block + 1)
    return { ...event, block }
  }

  function withoutRepeated(said: string): string {
    if (withheld === '' || said === '') return said
    const repeated = commonBeginning(withheld, said)
    withheld = repeated === said.length ? withheld.slice(repeated) : ''
    return said.slice(repeated)
  }

  async function goOn(broken: StreamStep): Promise<StreamStep> {
    const taken = take(broken)
    const { failure } = broken
    if (broken.state !== 'broken' || failure === null || hasCall || failure.errorClass === 'cancelled') {
      return taken
    }
    const left = current.attempt
    left.failure = failure
    exchange.attempts.push(left)
    noteEndpointCall(left.candidate.endpointId, {
      errorClass: failure.errorClass,
      retryAfterMs: null,
      nowMs: Date.now(),
    })
    const begun = text.trimEnd()
    const next = await continueElsewhere(begun)
    if (next === null) return taken
    current = next
    blockOffset = blocks
    withheld = text.slice(begun.length)
    const rest = await goOn(next.first)
    return { ...rest, events: [...taken.events.filter(isOutput), ...rest.events] }
  }

  return {
    kind: 'stream',
    get attempt() {
      return current.attempt
    },
    hasPieces: false,
    first: take(stream.first),
    next: async () => goOn(await current.next()),
    cancel: () => current.cancel(),
  }
}

/** What a broken stream said of its own end is not the end of the answer. */
function isOutput({ type }: StreamEvent): boolean {
  return type !== 'problem' && type !== 'finish' && type !== 'done'
}

function commonBeginning(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}
