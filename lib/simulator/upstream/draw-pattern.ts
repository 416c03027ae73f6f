import type { Random } from '../../platform/random'
import { type Atom, readPattern, type Term } from './read-pattern'

const MOST_EXTRA = 4

/**
 * A text that the pattern matches, drawn with `random`; null when the pattern cannot be satisfied by drawing
 * (`readPattern`). `extra` is how many more repeats than the least an open quantifier may get. Anchors are taken as
 * given: the text is the match and nothing around it.
 */
export function drawForPattern({
  pattern,
  random,
  extra = MOST_EXTRA,
}: {
  pattern: string
  random: Random
  extra?: number
}): string | null {
  const options = readPattern(pattern)
  return options && drawChoice({ options, random, extra })
}

function drawChoice({
  options,
  random,
  extra,
}: {
  options: Term[][]
  random: Random
  extra: number
}): string {
  const terms = options[Math.floor(random() * options.length)] ?? []
  let text = ''
  for (const { atom, least, most } of terms) {
    const count = least + Math.floor(random() * (Math.min(most - least, extra) + 1))
    for (let index = 0; index < count; index += 1) text += drawAtom(atom, random, extra)
  }
  return text
}

function drawAtom(atom: Atom, random: Random, extra: number): string {
  if (atom.kind === 'nothing') return ''
  if (atom.kind === 'choice') return drawChoice({ options: atom.options, random, extra })
  return atom.chars.charAt(Math.floor(random() * atom.chars.length))
}
