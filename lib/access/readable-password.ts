import { pickCharacters, type RandomBytes } from './api-key'

const CONSONANTS = 'bdfgklmnprstvz'
const VOWELS = 'aeiou'
const DIGITS = '23456789'

/** A password that is easy to copy from a screen, such as `bado-kimu-resa-tonu-4827`: 61 bits. */
export function createReadablePassword(randomBytes: RandomBytes): string {
  const words = Array.from({ length: 4 }, () => createWord(randomBytes))
  return [...words, pickCharacters({ alphabet: DIGITS, count: 4, randomBytes })].join('-')
}

function createWord(randomBytes: RandomBytes): string {
  const consonants = pickCharacters({ alphabet: CONSONANTS, count: 2, randomBytes })
  const vowels = pickCharacters({ alphabet: VOWELS, count: 2, randomBytes })
  return `${consonants[0]}${vowels[0]}${consonants[1]}${vowels[1]}`
}
