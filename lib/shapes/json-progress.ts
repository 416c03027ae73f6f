/** How far a JSON text in pieces has come; follow it with `followJson`. */
export type JsonProgress = { depth: number; isInText: boolean; isEscaped: boolean; isWhole: boolean }

/** The progress of a text of which nothing has come yet. */
export function beginJson(): JsonProgress {
  return { depth: 0, isInText: false, isEscaped: false, isWhole: false }
}

/**
 * Takes the next piece; `isWhole` once an object or list that was begun is closed. Looks at brackets and quotes only,
 * each character once, so that long arguments in many pieces stay linear; what is no JSON may be called whole.
 */
export function followJson(progress: JsonProgress, piece: string): void {
  for (let at = 0; at < piece.length; at += 1) {
    const code = piece.charCodeAt(at)
    if (progress.isInText) {
      if (progress.isEscaped) progress.isEscaped = false
      else if (code === BACKSLASH) progress.isEscaped = true
      else if (code === QUOTE) progress.isInText = false
    } else if (code === QUOTE) progress.isInText = true
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) progress.depth += 1
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      progress.depth -= 1
      if (progress.depth === 0) progress.isWhole = true
    }
  }
}

const QUOTE = 34
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125
