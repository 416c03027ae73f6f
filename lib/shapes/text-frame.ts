/**
 * How a piece of a stream is written around what changes from piece to piece: the one text, OpenAI's padding
 * (`obfuscation`) and the number of an event (`sequence_number`, -1 in `numberAt` when there is none). Nearly all pieces
 * of a stream are written in the same frame, so that they need not be parsed, nor written anew.
 */
export type TextFrame = { segments: readonly string[]; textAt: number; numberAt: number }

const PADDING = 'obfuscation'
const NUMBER = 'sequence_number'

/** The frame of a piece around the string under one of these keys, the first that is there exactly once; else null. */
export function frameOf(data: string, keys: readonly string[]): TextFrame | null {
  const text = keys.map((key) => literalAt(data, key)).find((literal) => literal !== null)
  if (!text) return null
  const number = numberAt(data, NUMBER)
  const holes = [text, literalAt(data, PADDING), number]
    .filter((hole) => hole !== null)
    .sort((a, b) => a.start - b.start)
  const starts = [0, ...holes.map(({ end }) => end)]
  const ends = [...holes.map(({ start }) => start), data.length]
  return {
    segments: starts.map((start, at) => data.slice(start, ends[at])),
    textAt: holes.indexOf(text),
    numberAt: number === null ? -1 : holes.indexOf(number),
  }
}

/** What fills the frame in another piece, as JSON without the quotes; null when the piece is written otherwise. */
export function fillOf({ segments, numberAt: position }: TextFrame, data: string): string[] | null {
  const [first = '', ...rest] = segments
  if (!holds(data, first, 0)) return null
  const fill: string[] = []
  let at = first.length
  for (const segment of rest) {
    const end = fill.length === position ? endOfDigits(data, at) : endOfLiteral(data, at)
    if (end === -1 || !holds(data, segment, end)) return null
    fill.push(data.slice(at, end))
    at = end + segment.length
  }
  return at === data.length ? fill : null
}

/** The frame around other fillings. */
export function filled({ segments }: TextFrame, fill: readonly string[]): string {
  let text = segments[0] ?? ''
  for (const [at, piece] of fill.entries()) text += piece + (segments[at + 1] ?? '')
  return text
}

/** The text in such a filling; null when it is no JSON. */
export function textOfFill(frame: TextFrame, fill: readonly string[]): string | null {
  const raw = fill[frame.textAt] ?? ''
  if (!raw.includes('\\')) return raw
  try {
    return String(JSON.parse(`"${raw}"`))
  } catch {
    return null
  }
}

/** Where the string under a key stands, without its quotes; null when the key is not there exactly once. */
function literalAt(data: string, key: string): { start: number; end: number } | null {
  const quote = valueAt(data, key)
  if (quote === -1 || data[quote] !== '"') return null
  const end = endOfLiteral(data, quote + 1)
  return end === -1 ? null : { start: quote + 1, end }
}

/** The same of a whole number. */
function numberAt(data: string, key: string): { start: number; end: number } | null {
  const start = valueAt(data, key)
  const end = start === -1 ? -1 : endOfDigits(data, start)
  return end === -1 ? null : { start, end }
}

/** Where the value under a key begins; -1 when the key is not there exactly once. */
function valueAt(data: string, key: string): number {
  const quoted = `"${key}"`
  const at = data.indexOf(quoted)
  if (at === -1 || data.indexOf(quoted, at + 1) !== -1 || data.charCodeAt(at - 1) === BACKSLASH) return -1
  const colon = skipSpace(data, at + quoted.length)
  return data[colon] === ':' ? skipSpace(data, colon + 1) : -1
}

function skipSpace(data: string, from: number): number {
  let at = from
  while (data[at] === ' ' || data[at] === '\n') at += 1
  return at
}

/** `data.startsWith(text, at)`, which is slower by far. */
function holds(data: string, text: string, at: number): boolean {
  return data.slice(at, at + text.length) === text
}

/** Where the string that goes on from here ends, at its quote; -1 when it does not, or is no JSON. */
function endOfLiteral(data: string, from: number): number {
  const quote = data.indexOf('"', from)
  if (quote === -1 || PLAIN.test(data.slice(from, quote))) return quote
  for (let at = from; at < data.length; at += 1) {
    const code = data.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at += 1
    else if (code < SPACE) return -1
  }
  return -1
}

/** Where a whole number ends; -1 where none begins. */
function endOfDigits(data: string, from: number): number {
  let at = from
  while (data.charCodeAt(at) >= ZERO && data.charCodeAt(at) <= NINE) at += 1
  return at === from ? -1 : at
}

/** A text without escapes, nearly all there is. */
const PLAIN = /^[^\\\p{Cc}]*$/u
const SPACE = 32
const QUOTE = 34
const ZERO = 48
const NINE = 57
const BACKSLASH = 92
