import { expect, test } from 'vitest'
import { isTextOperation, TEXT_OPERATIONS } from './operation'
import { OPERATIONS } from './vocabulary'

test('chat and completion answer with text, and no other operation does', () => {
  expect(OPERATIONS.filter(isTextOperation)).toEqual(TEXT_OPERATIONS)
})
