import { describeEdit } from '../shapes/rules/describe-edit'
import { currentLessons } from '../shapes/rules/learned-edits'
import { type LearnedEdit, edit as storedEdit } from '../shapes/rules/schema'
import type { EndpointLesson } from './schema'

/** The lessons of rows that still count, oldest first; those that this version cannot read are left out. */
export function lessonsOf(
  rows: readonly { edit: unknown; said: string; learnedAt: Date }[],
  nowMs: number,
): LearnedEdit[] {
  const readable = rows.flatMap(({ edit, said, learnedAt }) => {
    const parsed = storedEdit.safeParse(edit)
    return parsed.success ? [{ edit: parsed.data, said, learnedAtMs: learnedAt.getTime() }] : []
  })
  return currentLessons(readable, nowMs)
}

/** A lesson as the API shows it. */
export function presentLesson({ edit, said, learnedAtMs }: LearnedEdit): EndpointLesson {
  return { text: describeEdit(edit), said, learnedAt: new Date(learnedAtMs).toISOString() }
}
