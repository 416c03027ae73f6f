import { expect, test } from 'vitest'
import { trialTitle } from './trial-title'

test.each([
  [3, 'Trial of @preset/tool-runner v3 · 0b1f9c2e'],
  [null, 'Trial of @preset/tool-runner · 0b1f9c2e'],
])('a trial of version %s is called %s', (presetVersion, title) => {
  const id = '0b1f9c2e-1111-5222-8333-444455556666'
  expect(trialTitle({ id, preset: 'tool-runner', presetVersion })).toBe(title)
})
