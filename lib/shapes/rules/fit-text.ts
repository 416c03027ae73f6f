import { createHash } from 'node:crypto'
import type { TextForm } from './schema'

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** 48 bits of a hash: enough for the names and ids of one request. */
const TAIL_LENGTH = 8
/** Forms shorter than this leave no room for readable words before the hash. */
const LEAST_READABLE = 20

/** Whether a name or an id has the form already. */
export function fits(text: string, { minLength = 1, maxLength, extra, startsWithLetter }: TextForm): boolean {
  if (text.length < minLength || text.length > maxLength) return false
  if (startsWithLetter === true && !/^[A-Za-z_]/.test(text)) return false
  return extra === null || !othersThan(extra).test(text)
}

const patterns = new Map<string, RegExp>()

/** Finds a character that is neither a letter nor a digit nor one of these. */
function othersThan(extra: string): RegExp {
  const known = patterns.get(extra)
  if (known) return known
  const pattern = new RegExp(`[^A-Za-z0-9${extra.replaceAll(/[\\\]^-]/g, '\\$&')}]`)
  patterns.set(extra, pattern)
  return pattern
}

/**
 * A name or an id in the form that a provider wants: the same text when it has it, else always the same other one, of
 * its beginning and a hash where there is room for both.
 */
export function fitText(text: string, form: TextForm): string {
  if (fits(text, form)) return text
  const { minLength = 1, maxLength, extra, startsWithLetter } = form
  const hash = hashLetters(text)
  if (maxLength < LEAST_READABLE || minLength === maxLength) {
    return `x${hash}`.slice(0, Math.max(minLength, Math.min(maxLength, 32)))
  }
  const filler = extra === null || extra.includes('_') ? '_' : ''
  const readable = [...text].map((one) => (isAllowed(one, extra ?? '_-') ? one : filler)).join('')
  const start = startsWithLetter === true && !/^[A-Za-z_]/.test(readable) ? `x${readable}` : readable
  return `${start.slice(0, maxLength - TAIL_LENGTH - filler.length)}${filler}${hash.slice(0, TAIL_LENGTH)}`
}

/** A hash of the text in at most so many characters. */
export function hashOf(text: string, maxLength: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, maxLength)
}

function hashLetters(text: string): string {
  const bytes = createHash('sha256').update(text).digest()
  return [...bytes].map((byte) => LETTERS_AND_DIGITS[byte % LETTERS_AND_DIGITS.length] ?? '').join('')
}

function isAllowed(character: string, extra: string): boolean {
  return /^[A-Za-z0-9]$/.test(character) || extra.includes(character)
}
