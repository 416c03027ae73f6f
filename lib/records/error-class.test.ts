import { describe, expect, test } from 'vitest'
import { errorClassFromErrorType, errorClassFromStatus, isCountedError } from './error-class'
import { ERROR_CLASSES } from './vocabulary'

describe('errorClassFromStatus', () => {
  test.each([
    [200, null],
    [204, null],
    [299, null],
    [400, 'invalid_request'],
    [401, 'auth'],
    [402, 'auth'],
    [403, 'auth'],
    [404, 'not_found'],
    [405, 'invalid_request'],
    [408, 'timeout'],
    [410, 'not_found'],
    [413, 'invalid_request'],
    [422, 'invalid_request'],
    [429, 'rate_limited'],
    [451, 'content_policy'],
    [499, 'cancelled'],
    [500, 'upstream_5xx'],
    [502, 'upstream_5xx'],
    [503, 'upstream_5xx'],
    [504, 'timeout'],
    [524, 'timeout'],
    [529, 'upstream_5xx'],
    [0, 'connection'],
    [101, 'bad_response'],
    [302, 'bad_response'],
    [600, 'bad_response'],
  ] as const)('%i is %s', (status, errorClass) => {
    expect(errorClassFromStatus(status)).toBe(errorClass)
  })
})

describe('errorClassFromErrorType', () => {
  test.each([
    ['429', 'rate_limited'],
    ['503', 'upstream_5xx'],
    ['RateLimitError', 'rate_limited'],
    ['openai.RateLimitError', 'rate_limited'],
    ['rate_limit_exceeded', 'rate_limited'],
    ['ThrottlingException', 'rate_limited'],
    ['timeout', 'timeout'],
    ['APIConnectionTimeoutError', 'timeout'],
    ['ETIMEDOUT', 'timeout'],
    ['java.net.SocketTimeoutException', 'timeout'],
    ['ECONNREFUSED', 'connection'],
    ['ECONNRESET', 'connection'],
    ['ENOTFOUND', 'connection'],
    ['EPIPE', 'connection'],
    ['APIConnectionError', 'connection'],
    ['UND_ERR_SOCKET', 'connection'],
    ['AbortError', 'cancelled'],
    ['asyncio.CancelledError', 'cancelled'],
    ['AuthenticationError', 'auth'],
    ['PermissionDeniedError', 'auth'],
    ['invalid_api_key', 'auth'],
    ['NotFoundError', 'not_found'],
    ['model_not_found', 'not_found'],
    ['BadRequestError', 'invalid_request'],
    ['invalid_request_error', 'invalid_request'],
    ['context_length_exceeded', 'invalid_request'],
    ['InternalServerError', 'upstream_5xx'],
    ['overloaded_error', 'upstream_5xx'],
    ['ServiceUnavailable', 'upstream_5xx'],
    ['content_policy_violation', 'content_policy'],
    ['IncompleteRead', 'mid_stream'],
    ['JSONDecodeError', 'bad_response'],
    ['AI_TypeValidationError', 'bad_response'],
    ['_OTHER', null],
    ['Error', null],
    ['', null],
    ['200', null],
    ['777', null],
  ] as const)('%s is %s', (errorType, errorClass) => {
    expect(errorClassFromErrorType(errorType)).toBe(errorClass)
  })
})

describe('isCountedError', () => {
  test('counts what is the fault of the provider or the way to it, and nothing else', () => {
    expect(ERROR_CLASSES.filter(isCountedError)).toEqual([
      'upstream_5xx',
      'timeout',
      'connection',
      'mid_stream',
      'auth',
      'not_found',
      'bad_response',
    ])
    expect(isCountedError('ok')).toBe(false)
  })
})
