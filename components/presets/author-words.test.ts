import { expect, test } from 'vitest'
import { authorWords } from './author-words'

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['key:bootstrap', 'API key “bootstrap”'],
  ['demo', 'demo'],
])('%s is %s', (actor, words) => {
  expect(authorWords(actor)).toBe(words)
})
