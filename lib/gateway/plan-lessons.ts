import { describeEdit } from '../shapes/rules/describe-edit'
import type { LearnedEdit } from '../shapes/rules/schema'
import type { Plan } from './plan-schema'

/** A plan that also tells how requests are changed for the endpoints that have refused something before. */
export function planWithLessons(
  { steps, excluded }: Plan,
  lessonsOf: (endpointId: number) => readonly LearnedEdit[],
): Plan {
  const told = steps.map((step) => {
    const amendments = lessonsOf(step.endpointId).map(({ edit }) => describeEdit(edit))
    return amendments.length === 0 ? step : { ...step, amendments }
  })
  return { steps: told, excluded }
}
