import { expect, test } from 'vitest'
import { ERROR_CLASSES } from '../records/vocabulary'
import { whatFollows } from './what-follows'

test.each<[string, string | null, number | null, string]>([
  ['answered 400: messages: expected a list', null, 400, 'model'],
  ["answered 400: Unsupported parameter: 'logit_bias'", 'unsupported_parameter', 400, 'endpoint'],
  ['answered 422: body.store: Extra inputs are not permitted', null, 422, 'endpoint'],
  ["answered 400: This model does not support the 'tools' parameter", null, 400, 'endpoint'],
  ['answered 400: too long', 'context_length_exceeded', 400, 'model'],
  ['answered 400: 9000 tokens are not supported with this model', 'context_length_exceeded', 400, 'model'],
  ['answered 409', null, 409, 'endpoint'],
  ['answered 425', null, 425, 'endpoint'],
  ['answered 498: capacity exceeded', null, 498, 'endpoint'],
  ['answered 413', null, 413, 'model'],
])('%s (%s, %s) leads to another %s', (message, code, httpStatus, following) => {
  expect(whatFollows({ errorClass: 'invalid_request', message, code }, httpStatus)).toBe(following)
})

test.each(ERROR_CLASSES.map((errorClass) => [errorClass] as const))('%s', (errorClass) => {
  const following = whatFollows({ errorClass, message: 'no words' }, null)
  const expected = { cancelled: 'nothing', content_policy: 'model', invalid_request: 'model' } as const
  expect(following).toBe(errorClass in expected ? expected[errorClass as keyof typeof expected] : 'endpoint')
})
