/** A part of a regular expression: a set of characters, a choice of sequences, or nothing (an anchor). */
export type Atom =
  | { kind: 'chars'; chars: string }
  | { kind: 'choice'; options: Term[][] }
  | { kind: 'nothing' }
export type Term = { atom: Atom; least: number; most: number }

const DIGITS = '0123456789'
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const WORD = `${LETTERS}${DIGITS}_`
const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')
const ESCAPED_CLASSES: Record<string, string> = {
  d: DIGITS,
  w: WORD,
  s: ' ',
  D: LETTERS,
  W: ' -.',
  S: LETTERS,
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  v: '\v',
  '0': '\0',
}
const MOST_REPEATS = 1000
const MOST_NESTING = 50

type Reader = { pattern: string; at: number; depth: number }

/** Thrown and caught in this file only. */
class UnsupportedPattern extends Error {}

/**
 * The alternatives of a regular expression, each a sequence of terms; null when it uses what cannot be satisfied by
 * drawing (look-around, back references, Unicode properties) or is not a regular expression.
 */
export function readPattern(pattern: string): Term[][] | null {
  const reader: Reader = { pattern, at: 0, depth: 0 }
  try {
    const options = readChoice(reader)
    return reader.at < pattern.length ? null : options
  } catch (error) {
    if (error instanceof UnsupportedPattern) return null
    throw error
  }
}

function readChoice(reader: Reader): Term[][] {
  reader.depth += 1
  if (reader.depth > MOST_NESTING) throw new UnsupportedPattern()
  const options: Term[][] = [[]]
  while (reader.at < reader.pattern.length && peek(reader) !== ')') {
    if (peek(reader) === '|') {
      reader.at += 1
      options.push([])
      continue
    }
    options.at(-1)?.push(readTerm(reader))
  }
  reader.depth -= 1
  return options
}

function readTerm(reader: Reader): Term {
  const atom = readAtom(reader)
  const { least, most } = readQuantifier(reader)
  // A lazy quantifier matches the same texts.
  if (peek(reader) === '?') reader.at += 1
  return { atom, least, most }
}

function readQuantifier(reader: Reader): { least: number; most: number } {
  const braces = /^\{(\d+)(?:(,)(\d*))?\}/.exec(reader.pattern.slice(reader.at, reader.at + 24))
  if (braces) {
    reader.at += braces[0].length
    const least = Number(braces[1])
    if (least > MOST_REPEATS) throw new UnsupportedPattern()
    const most = braces[2] === undefined ? least : braces[3] ? Number(braces[3]) : Number.POSITIVE_INFINITY
    return { least, most }
  }
  const sign = peek(reader)
  if (sign !== '*' && sign !== '+' && sign !== '?') return { least: 1, most: 1 }
  reader.at += 1
  return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY }
}

function readAtom(reader: Reader): Atom {
  const character = take(reader)
  switch (character) {
    case '^':
    case '$':
      return { kind: 'nothing' }
    case '.':
      return { kind: 'chars', chars: WORD }
    case '(':
      return readGroup(reader)
    case '[':
      return { kind: 'chars', chars: readClass(reader) }
    case '\\':
      return readEscape(reader)
    case '*':
    case '+':
    case '?':
      throw new UnsupportedPattern()
    default:
      return { kind: 'chars', chars: character }
  }
}

function readGroup(reader: Reader): Atom {
  if (reader.pattern.startsWith('?:', reader.at)) reader.at += 2
  else if (peek(reader) === '?') {
    const name = /^\?<[A-Za-z_$][\w$]*>/.exec(reader.pattern.slice(reader.at))
    if (!name) throw new UnsupportedPattern()
    reader.at += name[0].length
  }
  const options = readChoice(reader)
  if (take(reader) !== ')') throw new UnsupportedPattern()
  return { kind: 'choice', options }
}

function readEscape(reader: Reader): Atom {
  const character = take(reader)
  if (character === 'b') return { kind: 'nothing' }
  return { kind: 'chars', chars: escapedClass(reader, character) }
}

function escapedClass(reader: Reader, character: string): string {
  const known = ESCAPED_CLASSES[character]
  if (known !== undefined) return known
  if (character === 'x' || character === 'u') {
    const length = character === 'x' ? 2 : 4
    const digits = reader.pattern.slice(reader.at, reader.at + length)
    if (!new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits)) throw new UnsupportedPattern()
    reader.at += length
    return String.fromCharCode(Number.parseInt(digits, 16))
  }
  if (/[A-Za-z1-9]/.test(character)) throw new UnsupportedPattern()
  return character
}

/** The characters of `[…]`, after its bracket; of a negated class, the printable ones it leaves. */
function readClass(reader: Reader): string {
  const isNegated = peek(reader) === '^'
  if (isNegated) reader.at += 1
  let chars = ''
  while (peek(reader) !== ']') {
    const from = readClassCharacter(reader)
    const isRange = peek(reader) === '-' && reader.pattern.charAt(reader.at + 1) !== ']'
    if (!isRange || from.length !== 1) {
      chars += from
      continue
    }
    reader.at += 1
    chars += rangeOf(from, readClassCharacter(reader))
  }
  reader.at += 1
  const left = isNegated ? [...PRINTABLE].filter((character) => !chars.includes(character)).join('') : chars
  if (left === '') throw new UnsupportedPattern()
  return left
}

function readClassCharacter(reader: Reader): string {
  const character = take(reader)
  if (character !== '\\') return character
  const escaped = take(reader)
  return escaped === 'b' ? '\b' : escapedClass(reader, escaped)
}

function rangeOf(from: string, to: string): string {
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)]
  if (to.length !== 1 || last < first) throw new UnsupportedPattern()
  // The first hundred of a range are plenty to draw from.
  return String.fromCharCode(
    ...Array.from({ length: Math.min(last - first + 1, 100) }, (_, index) => first + index),
  )
}

function peek(reader: Reader): string {
  return reader.pattern.charAt(reader.at)
}

function take(reader: Reader): string {
  if (reader.at >= reader.pattern.length) throw new UnsupportedPattern()
  reader.at += 1
  return reader.pattern.charAt(reader.at - 1)
}
