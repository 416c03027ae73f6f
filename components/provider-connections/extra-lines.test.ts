import { expect, test } from 'vitest'
import { fromLines, toLines } from './extra-lines'

test.each<[string, Record<string, string>]>([
  ['', {}],
  ['OpenAI-Organization: org-1', { 'OpenAI-Organization': 'org-1' }],
  [' a:  b:c \n\n d ', { a: 'b:c', d: '' }],
])('%j', (lines, extras) => {
  expect(fromLines(lines)).toEqual(extras)
  expect(fromLines(toLines(extras))).toEqual(extras)
})
