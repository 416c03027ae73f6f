import { keyOfEdit } from './describe-edit'
import type { LearnedEdit } from './schema'

/** How long a lesson counts: vendors mend their servers, and asking again costs one refusal. */
export const LEARNED_FOR_MS = 12 * 60 * 60 * 1000

/** The lessons that still count, oldest first; of two about the same thing the later one. */
export function currentLessons(learned: readonly LearnedEdit[], nowMs: number): LearnedEdit[] {
  const sorted = [...learned]
    .filter(({ learnedAtMs }) => nowMs - learnedAtMs < LEARNED_FOR_MS)
    .sort((a, b) => a.learnedAtMs - b.learnedAtMs)
  return [...new Map(sorted.map((lesson) => [keyOfEdit(lesson.edit), lesson])).values()]
}
