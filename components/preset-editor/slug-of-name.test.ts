import { expect, test } from 'vitest'
import { slugOfName } from './slug-of-name'

test.each([
  ['Tool runner', 'tool-runner'],
  ['  Tool Runner (EU)  ', 'tool-runner-eu'],
  ['Crème brûlée', 'creme-brulee'],
  ['日本', ''],
  ['x'.repeat(90), 'x'.repeat(63)],
  [`${'x'.repeat(62)} y`, 'x'.repeat(62)],
])('%j becomes %j', (name, slug) => {
  expect(slugOfName(name)).toBe(slug)
})
