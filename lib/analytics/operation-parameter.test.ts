import { expect, test } from 'vitest'
import { countedOperations, isOperationOfAll, operationParameter } from './operation-parameter'

test.each([
  ['a ranking of models: chats and completions', { by: 'model' }, ['chat', 'completion']],
  ['one operation, asked for', { by: 'model', operation: 'embedding' }, ['embedding']],
  ['everything, asked for', { by: 'app', operation: 'all' }, 'all'],
  ['by operation: everything', { by: 'operation' }, 'all'],
  ['by operation, one asked for', { by: 'operation', operation: 'image' }, ['image']],
] as const)('%s', (_case, query, counted) => {
  expect(countedOperations(query)).toEqual(counted)
})

test('goes without a use case only', () => {
  expect(isOperationOfAll({ operation: 'chat' })).toBe(true)
  expect(isOperationOfAll({ useCase: 'support' })).toBe(true)
  expect(isOperationOfAll({ operation: 'chat', useCase: 'support' })).toBe(false)
})

test('names what it knows', () => {
  expect(operationParameter.safeParse('embeddings').error?.issues[0]?.message).toBe(
    'expected one of chat, completion, embedding, rerank, image, audio, moderation, other, all',
  )
})
