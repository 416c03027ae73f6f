/** A JSON value within a text, and the line it begins on. */
export type JsonPiece = { line: number; text: string }

/**
 * Cuts a text that comes in pieces into its JSON values: those of a list at the top, or those that stand one after
 * another, over however many lines. It looks at brackets and quotes alone; whether a piece is JSON is for the parser.
 * `push` gives the values that are whole, `end` what is left.
 */
export function createJsonSplitter(): {
  push: (text: string) => JsonPiece[]
  end: () => JsonPiece[]
  /** Characters of the value that is not whole yet. */
  pending: () => number
} {
  const state = {
    depth: 0,
    isInList: false,
    isInText: false,
    isEscaped: false,
    line: 1,
    startLine: 1,
    piece: '',
  }

  const close = (pieces: JsonPiece[]) => {
    if (state.piece.trim() !== '') pieces.push({ line: state.startLine, text: state.piece })
    state.piece = ''
  }

  const take = (character: string, pieces: JsonPiece[]) => {
    if (character === '\n') state.line += 1
    if (state.isInText) {
      if (state.isEscaped) state.isEscaped = false
      else if (character === '\\') state.isEscaped = true
      else if (character === '"') state.isInText = false
      state.piece += character
      return
    }
    const isBetween = state.depth === 0
    if (isBetween && /[\s,]/.test(character)) return close(pieces)
    if (isBetween && !state.isInList && character === '[' && state.piece === '') {
      state.isInList = true
      return
    }
    if (isBetween && state.isInList && character === ']') {
      state.isInList = false
      return close(pieces)
    }
    if (state.piece === '') state.startLine = state.line
    state.piece += character
    if (character === '"') state.isInText = true
    else if (character === '{' || character === '[') state.depth += 1
    else if (character === '}' || character === ']') {
      state.depth -= 1
      if (state.depth <= 0) {
        state.depth = 0
        close(pieces)
      }
    }
  }

  return {
    push(text) {
      const pieces: JsonPiece[] = []
      for (const character of text) take(character, pieces)
      return pieces
    },
    pending: () => state.piece.length,
    end() {
      const pieces: JsonPiece[] = []
      close(pieces)
      return pieces
    },
  }
}
