import { expect, test } from 'vitest'
import { planWithLessons } from './plan-lessons'

test('a plan tells how requests are changed for those that have refused something', () => {
  const step = (endpointId: number) => ({ endpointId, model: 'acme/atlas', provider: 'helios', reasons: [] })
  const plan = { steps: [step(1), step(2)], excluded: [step(3)] }
  const lesson = {
    edit: { kind: 'rename', parameter: 'max_tokens', to: 'max_completion_tokens' },
    said: 'Use it.',
    learnedAtMs: 1,
  } as const
  expect(planWithLessons(plan, (endpointId) => (endpointId === 2 ? [lesson] : []))).toEqual({
    steps: [step(1), { ...step(2), amendments: ['max_tokens sent as max_completion_tokens'] }],
    excluded: [step(3)],
  })
})
