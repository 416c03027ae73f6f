import { isObject } from '../../platform/json-value'
import type { StreamPiece, StreamReader } from '../shape'
import { changedPiece } from '../stream-piece'
import { restoreToolNames } from './apply-edits'
import type { WireRules } from './wire-rules'

/** Gives the client's names of tools back in what a provider answers. */
export type AnswerRestorer = {
  whole: (answer: unknown) => unknown
  piece: (piece: StreamPiece) => StreamPiece
}

/** A restorer for the names that a request went out with. */
export function createAnswerRestorer(names: ReadonlyMap<string, string>, wire: WireRules): AnswerRestorer {
  const whole = (answer: unknown) => (isObject(answer) ? restoreToolNames(answer, names, wire) : answer)
  const sent = [...names.keys()]
  return {
    whole,
    piece(piece) {
      // Most pieces name no tool, and need not be parsed for it.
      if (!sent.some((name) => piece.data.includes(name))) return piece
      const restored = whole(piece.value)
      return restored === piece.value ? piece : changedPiece(piece, restored)
    },
  }
}

/** A reader that sees each piece restored. */
export function restoringReader(reader: StreamReader, restorer: AnswerRestorer | null): StreamReader {
  if (restorer === null) return reader
  return { push: (piece) => reader.push(restorer.piece(piece)), end: reader.end }
}
