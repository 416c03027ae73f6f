import { expect, test } from 'vitest'
import { formatEventId, parseEventId } from './event-id'

test('reads back what it writes', () => {
  const id = { epoch: 'mwurqg16dcbcbfeb', version: 42 }
  expect(parseEventId(formatEventId(id))).toEqual(id)
})

test.each([null, '', '17', 'abc-', 'abc-x', '-3', 'a b-3', 'abc-3-4', 'ABC-3', `abc-${'9'.repeat(16)}`])(
  '%s is no id of ours',
  (text) => {
    expect(parseEventId(text)).toBeNull()
  },
)
