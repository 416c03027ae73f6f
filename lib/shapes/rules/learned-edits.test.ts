import { expect, test } from 'vitest'
import { currentLessons, LEARNED_FOR_MS } from './learned-edits'
import type { LearnedEdit } from './schema'

const lesson = (parameter: string, learnedAtMs: number, said = ''): LearnedEdit => ({
  edit: { kind: 'drop', parameter, at: [parameter] },
  said,
  learnedAtMs,
})

test('lessons count for some hours, in the order they were learned', () => {
  const learned = [lesson('seed', 3000), lesson('store', 2000), lesson('n', 1000)]
  expect(currentLessons(learned, 1000 + LEARNED_FOR_MS)).toEqual([
    lesson('store', 2000),
    lesson('seed', 3000),
  ])
})

test('of two about the same thing the later one counts', () => {
  const learned = [lesson('seed', 2000, 'new'), lesson('seed', 1000, 'old')]
  expect(currentLessons(learned, 3000)).toEqual([lesson('seed', 2000, 'new')])
})
