import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../../platform/json-value'
import { callIdFor } from '../call-id'
import type { StreamPiece, StreamRelay, WriterOptions } from '../shape'
import { filled, fillOf, frameOf, type TextFrame, textOfFill } from '../text-frame'
import { type CallPositions, createCallPositions } from './call-positions'
import { brokenStream } from './error-body'
import { DONE, ENCODED_DONE, emptyChunk, encodeChunk, withEnd } from './frame'
import { thoughtSignatureOf } from './read-messages'
import { usageIn } from './token-usage'

/**
 * Hands chunks on under our id, model and provider. Usage leaves its place and comes at the end, with cost and
 * metadata: on a chunk of its own where the client asked for one (`stream_options.include_usage`), otherwise on the one
 * with the finish reason, since clients that did not ask expect a choice in every chunk. Calls are numbered in order of
 * first sight, each delta by itself stays as it came. OpenAI writes `usage: null` into all the others, which
 * OpenRouter's client refuses. A chunk that is written like the last one but for its text is passed on as text.
 */
export function createRelay({ identity, request }: WriterOptions): StreamRelay {
  const own = { id: identity.id, provider: identity.providerName, model: identity.model }
  const hasAsked = objectOf(request.stream_options).include_usage === true
  const calls = createCallPositions()
  let usage: JsonObject | null = null
  let usageBefore: JsonObject | null = null
  let usageChunk: JsonObject | null = null
  /** The chunk with the finish reason. */
  let held: JsonObject | null = null

  const release = (): string => {
    const text = held === null ? '' : encodeChunk(held)
    held = null
    return text
  }
  /** How the last chunk was written, and how it was handed on. */
  let frames: { given: TextFrame; passed: TextFrame } | null = null
  const pass = (piece: StreamPiece): string => {
    // No JSON; ours follows at the end.
    if (piece.data === DONE) return ''
    const fill = frames && fillOf(frames.given, piece.data)
    if (frames && fill && textOfFill(frames.given, fill) !== null) return filled(frames.passed, fill)
    const before = held
    const text = take(piece)
    const isPlain = before === null && held === null && text !== '' && usage === usageBefore
    usageBefore = usage
    frames = isPlain ? framesOf(piece.data, text) : null
    return text
  }
  const take = ({ value }: StreamPiece): string => {
    if (!isObject(value)) return ''
    const found = usageIn(value)
    if (isObject(found)) usage = found
    const { usage: _held, ...rest } = value
    const chunk: JsonObject = { ...rest, ...own }
    const choices = objectsOf(value.choices)
    if (choices.length === 0) {
      if (!isObject(found)) return release() + encodeChunk(chunk)
      usageChunk = chunk
      return ''
    }
    const numbered = choices.some(hasCalls)
      ? { ...chunk, choices: choices.map((one) => withCalls(one, calls)) }
      : chunk
    const before = release()
    if (!choices.some((choice) => textOf(choice.finish_reason))) return before + encodeChunk(numbered)
    held =
      calls.count() > 0
        ? { ...numbered, choices: objectsOf(numbered.choices).map(withCallsFinish) }
        : numbered
    return before
  }
  return {
    pass(pieces) {
      let text = ''
      for (const piece of pieces) text += pass(piece)
      return text
    },
    finish(end) {
      const needsChunk = usage !== null || end.metadata !== null
      const before = hasAsked || held === null ? release() : ''
      const last = withEnd(held ?? usageChunk ?? emptyChunk(identity), usage, end)
      return `${before}${held !== null || needsChunk ? encodeChunk(last) : ''}${ENCODED_DONE}`
    },
    fail(problem, end) {
      return release() + brokenStream(identity, problem, end)
    },
  }
}

const TEXT_KEYS = ['content', 'arguments', 'reasoning_content', 'reasoning']

/** A name may begin a call with every piece, so such a chunk is looked at each time. */
function framesOf(given: string, passed: string): { given: TextFrame; passed: TextFrame } | null {
  if (given.includes('"tool_calls"') && given.includes('"name"')) return null
  const key = TEXT_KEYS.find((one) => frameOf(given, [one]) !== null)
  if (key === undefined) return null
  const before = frameOf(given, [key])
  const after = frameOf(passed, [key])
  const isLike = before?.segments.length === after?.segments.length && before?.textAt === after?.textAt
  return before && after && isLike ? { given: before, passed: after } : null
}

function hasCalls(choice: JsonObject): boolean {
  return Array.isArray(objectOf(choice.delta).tool_calls)
}

/** The choice with each entry numbered by its call, and Gemini's thought signatures in the ids as well. */
function withCalls(choice: JsonObject, calls: CallPositions): JsonObject {
  const delta = objectOf(choice.delta)
  if (!Array.isArray(delta.tool_calls) || (choice.index ?? 0) !== 0) return choice
  const tool_calls = objectsOf(delta.tool_calls).map((entry) => {
    const { position } = calls.take(entry).call
    const id = textOf(entry.id)
    const thoughtSignature = thoughtSignatureOf(entry)
    const isSigned = id !== null && thoughtSignature !== null
    return { ...entry, index: position, ...(isSigned ? { id: callIdFor({ id, thoughtSignature }) } : {}) }
  })
  return { ...choice, delta: { ...delta, tool_calls } }
}

/** Providers that end tool calls with "stop" are put right, since agents run tools by the reason alone. */
function withCallsFinish(choice: JsonObject): JsonObject {
  return choice.finish_reason === 'stop' && (choice.index ?? 0) === 0
    ? { ...choice, finish_reason: 'tool_calls' }
    : choice
}
