import type { UpstreamAnswer } from './draw-answer'
import type { RequestProblem } from './upstream-request'

/** One server-sent event as text, and how many tokens it brings: what pacing goes by. */
export type StreamPiece = { text: string; tokens: number }

/** What of an answer follows from the request and the provider. */
export type AnswerFrame = {
  answer: UpstreamAnswer
  model: string
  /** Epoch ms. */
  nowMs: number
  provider: string
  wantsUsage: boolean
}

/** What may go wrong before a completion is made, in words both shapes have an error for. */
export type UpstreamError =
  | { kind: 'invalid_request'; problem: RequestProblem }
  | {
      kind:
        | 'auth'
        | 'not_found'
        | 'rate_limited'
        | 'upstream_5xx'
        | 'unknown_model'
        | 'refuse_tools'
        | 'too_large'
        | 'unknown_path'
    }

/** How one of the two shapes writes everything the simulated providers say. Pure. */
export type WireShape = {
  body: (frame: AnswerFrame) => unknown
  stream: (frame: AnswerFrame) => StreamPiece[]
  /** An error's body; its HTTP status is the same in both shapes. */
  error: (error: UpstreamError) => unknown
  /** An error in the middle of a stream. */
  errorEvent: (error: UpstreamError) => string
}

/** The same in both shapes: status and what is said. */
export function describeError(error: UpstreamError): { status: number; message: string } {
  switch (error.kind) {
    case 'invalid_request':
      return { status: 400, message: error.problem.message }
    case 'auth':
      return { status: 401, message: 'Incorrect API key provided.' }
    case 'not_found':
      return { status: 404, message: 'The requested resource was not found.' }
    case 'unknown_model':
      return { status: 404, message: 'The model does not exist or you do not have access to it.' }
    case 'unknown_path':
      return {
        status: 404,
        message: 'Unknown request URL. See POST /v1/chat/completions and POST /v1/messages.',
      }
    case 'refuse_tools':
      return { status: 404, message: 'No endpoints found that support tool use.' }
    case 'rate_limited':
      return { status: 429, message: 'Rate limit reached. Please try again later.' }
    case 'too_large':
      return { status: 413, message: 'The request is too large.' }
    case 'upstream_5xx':
      return { status: 503, message: 'The engine is currently overloaded. Please try again later.' }
  }
}

const PIECE_LENGTH = 11
const CHARACTERS_PER_TOKEN = 4

/** A text in the pieces a model would stream it in, never inside a surrogate pair. */
export function cutIntoPieces(text: string): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    let end = at + PIECE_LENGTH
    const last = text.charCodeAt(end - 1)
    if (last >= 0xd800 && last < 0xdc00) end += 1
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

/** How many tokens a piece of a stream counts for pacing. */
export function tokensOf(piece: string): number {
  return piece.length / CHARACTERS_PER_TOKEN
}
