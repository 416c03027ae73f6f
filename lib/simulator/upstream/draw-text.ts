import { cumulate, pick, pickIndex, type Random } from '../../platform/random'

const WORDS =
  `the order left our warehouse this morning and should arrive within two days we checked both records against the
  ledger they agree to the penny except for one entry that was booked twice a short walk along the river takes you past
  the old mill where water still turns the wheel please keep receipts until the claim is settled then send them together
  with your account number our notes from last week say otherwise so it is worth asking again before anybody signs
  results were stable across all four runs with small differences only in the third which had fewer samples than planned
  café naïve façade über smörgåsbord`.split(/\s+/)

const SENTENCES = [
  'Here is what I found.',
  'The first two entries match; the third was booked twice, so the balance is off by its amount.',
  'Your parcel left the warehouse this morning and should arrive within two days.',
  'I checked both records against the ledger, and they agree to the penny.',
  'A short walk along the river takes you past the old mill, where water still turns the wheel.',
  'If you would rather wait, nothing is lost: the offer stands until the end of the month.',
  'The results were stable across all four runs; only the third had fewer samples than planned.',
  'Please keep the receipts until the claim is settled, then send them together.',
  'That café on Übergang Street — the one with the naïve painting — opens at nine. ☕',
  'The tests pass now; the failing one compared times in two different zones.',
  'In short: keep the second draft, drop the last paragraph, and ask once more before anybody signs.',
  'The notes from last week say otherwise, so it is worth asking again.',
] as const

const WORD_WEIGHTS = cumulate(WORDS.map(() => 1))
const CHARACTERS_PER_TOKEN = 4

/** Prose of about `tokens` tokens (four characters each): whole sentences, cut only at the very end. Never empty. */
export function drawProse({ random, tokens }: { random: Random; tokens: number }): string {
  const length = Math.max(1, Math.round(tokens * CHARACTERS_PER_TOKEN))
  const sentences: string[] = []
  let written = 0
  while (written < length) {
    const sentence = pick(random, SENTENCES)
    sentences.push(sentence)
    written += sentence.length + 1
  }
  return sentences.join(' ').slice(0, length).trimEnd()
}

/** A few words, as people fill in a field. */
export function drawPhrase({ random, words }: { random: Random; words: number }): string {
  return Array.from({ length: words }, () => WORDS[pickIndex(WORD_WEIGHTS, random())] ?? 'note').join(' ')
}

/** How many tokens a text counts as here. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN)
}
