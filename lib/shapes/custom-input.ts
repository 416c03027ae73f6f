import { isObject } from '../platform/json-value'
import { parseJson } from '../platform/parse-json'

/**
 * What a model wrote for a custom tool that was told to it as a function with one text, `input`: that text. Arguments
 * of any other form are the text themselves, so that a model that ignored the form is understood.
 */
export function customInputOf(argumentsText: string): string {
  const value = parseJson(argumentsText)
  return isObject(value) && typeof value.input === 'string' ? value.input : argumentsText
}

/** Reads such arguments in pieces, and gives the text as far as it is known. */
export type CustomInputReader = {
  push: (piece: string) => string
  /** The rest; nothing the second time. */
  end: () => string
}

/**
 * The same while the arguments are coming: the text is given out piece by piece, each character looked at once.
 * Arguments that do not begin with `input` are held back until the end.
 */
export function createCustomInputReader(): CustomInputReader {
  let phase: 'before' | 'within' | 'after' | 'other' = 'before'
  let held = ''
  const within = (): string => {
    const { text, rest, isEnd } = takeText(held)
    held = rest
    if (isEnd) phase = 'after'
    return text
  }
  return {
    push(piece) {
      if (phase === 'after') return ''
      held += piece
      if (phase === 'before') {
        const opening = OPENING.exec(held)
        if (opening === null && (held.length > LONGEST_OPENING || !MAY_OPEN.test(held))) phase = 'other'
        if (opening === null) return ''
        held = held.slice(opening[0].length)
        phase = 'within'
      }
      return phase === 'within' ? within() : ''
    },
    end() {
      const rest = phase === 'within' || phase === 'after' ? '' : customInputOf(held)
      phase = 'after'
      held = ''
      return rest
    },
  }
}

const OPENING = /^\s*\{\s*"input"\s*:\s*"/
/** Whether a beginning may still become the opening: each of its characters may come later. */
const MAY_OPEN = /^\s*(\{\s*("(i(n(p(u(t("\s*(:\s*)?)?)?)?)?)?)?)?)?$/
const LONGEST_OPENING = 256

/** The text up to its closing quote or to an escape that is not whole yet, its escapes undone. */
function takeText(raw: string): { text: string; rest: string; isEnd: boolean } {
  let at = 0
  while (at < raw.length && raw[at] !== '"') {
    if (raw[at] !== '\\') at += 1
    else {
      const length = raw[at + 1] === 'u' ? UNICODE_ESCAPE : SHORT_ESCAPE
      if (at + length > raw.length) break
      at += length
    }
  }
  const isEnd = raw[at] === '"'
  return { text: unescaped(raw.slice(0, at)), rest: isEnd ? '' : raw.slice(at), isEnd }
}

const SHORT_ESCAPE = 2
const UNICODE_ESCAPE = 6

/** Control characters that a model wrote as they are, which JSON forbids, are meant as such. */
function unescaped(text: string): string {
  const value = parseJson(`"${text.replaceAll(/\p{Cc}/gu, (one) => JSON.stringify(one).slice(1, -1))}"`)
  return typeof value === 'string' ? value : text
}
