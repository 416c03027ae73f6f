import { describe, expect, test } from 'vitest'
import { AppError } from '../platform/errors'
import { ERROR_CLASSES } from '../records/vocabulary'
import { ALL_SHAPES } from '../shapes/registry'
import type { AttemptFailure, GatewayAttempt } from './exchange'
import { problemOfAttempts, problemOfEmptyPlan, problemOfError } from './problem'
import { UNCALLED_ENDPOINT } from './uncalled-endpoint.fixture'

type Failed = Partial<AttemptFailure> & {
  provider?: string
  providerName?: string
  httpStatus?: number | null
}

function failed({
  provider = 'helios',
  providerName = 'Helios',
  httpStatus = 500,
  ...failure
}: Failed): GatewayAttempt {
  return {
    candidate: { ...UNCALLED_ENDPOINT, provider, providerName },
    startedAtMs: 0,
    httpStatus,
    amendments: [],
    limitHeaders: {},
    timeToFirstTokenMs: null,
    durationMs: 1,
    failure: { errorClass: 'upstream_5xx', message: 'answered 500', retryAfterMs: null, ...failure },
    facts: null,
    checkedCalls: null,
    checkedOutput: null,
  }
}

describe('when every try failed', () => {
  test.each(ERROR_CLASSES.map((errorClass) => [errorClass] as const))(
    '%s never reads as the client’s own key',
    (errorClass) => {
      const { status } = problemOfAttempts([
        failed({ errorClass, httpStatus: errorClass === 'auth' ? 401 : null }),
      ])
      expect(status).not.toBe(401)
      expect(status).toBeGreaterThanOrEqual(400)
    },
  )

  test('a refusal of the request keeps the provider’s status and words', () => {
    const problem = problemOfAttempts([
      failed({ errorClass: 'invalid_request', httpStatus: 422, message: 'answered 422: bad schema' }),
    ])
    expect(problem).toMatchObject({
      status: 422,
      type: 'invalid_request',
      message: 'Helios: answered 422: bad schema',
    })
  })

  test('the tries before the last are named', () => {
    const problem = problemOfAttempts([
      failed({
        provider: 'borealis',
        providerName: 'Borealis',
        errorClass: 'timeout',
        httpStatus: null,
        message: 'no token',
      }),
      failed({}),
    ])
    expect(problem.metadata?.previous_errors).toEqual([
      { provider: 'Borealis', code: null, status: 'timeout', message: 'no token' },
    ])
  })

  test('a rate limit passes the shortest wait on', () => {
    const problem = problemOfAttempts([
      failed({ errorClass: 'rate_limited', httpStatus: 429, retryAfterMs: 1500 }),
      failed({ errorClass: 'rate_limited', httpStatus: 429, retryAfterMs: 9000 }),
    ])
    expect(problem).toMatchObject({ status: 429, retryAfterSeconds: 2 })
  })
})

describe('when the plan is empty', () => {
  const step = (provider: string, rule: 'only' | 'tools', text: string) => ({
    endpointId: 1,
    model: 'acme/atlas-120b',
    provider,
    reasons: [{ rule, text }],
  })

  test('it is 404 and says which rule excluded which endpoint', () => {
    const problem = problemOfEmptyPlan({
      models: ['acme/atlas-120b'],
      excluded: [step('helios', 'only', 'only azure may be asked, by provider.only')],
      waitMs: null,
    })
    expect(problem.status).toBe(404)
    expect(problem.message).toBe(
      'No allowed providers are available for the selected model acme/atlas-120b. Excluded: helios (only azure may be asked, by provider.only).',
    )
    expect(problem.metadata?.excluded_endpoints).toEqual([
      {
        model: 'acme/atlas-120b',
        provider: 'helios',
        rule: 'only',
        reason: 'only azure may be asked, by provider.only',
      },
    ])
  })

  test('missing tool support is said in OpenRouter’s words', () => {
    const excluded = [step('helios', 'tools', 'does not support tool use')]
    expect(problemOfEmptyPlan({ models: ['m'], excluded, waitMs: null }).message).toMatch(
      /^No endpoints found that support tool use/,
    )
  })

  test('it is 429 while somebody asked us to wait', () => {
    expect(problemOfEmptyPlan({ models: ['m'], excluded: [], waitMs: 1200 })).toMatchObject({
      status: 429,
      retryAfterSeconds: 2,
    })
  })

  test('a model nobody serves is 404', () => {
    expect(problemOfEmptyPlan({ models: ['acme/nothing'], excluded: [], waitMs: null })).toMatchObject({
      status: 404,
      message: expect.stringContaining('No provider serves acme/nothing'),
    })
  })
})

test.each(ALL_SHAPES)('an error of the $name shape carries type and sentence', ({ shape }) => {
  const problem = problemOfError(new AppError('unauthorized', 'This API key is unknown or revoked.'), 401)
  const text = JSON.stringify(shape.errorBody(problem, null))
  expect(text).toContain('"error_type":"authentication"')
  expect(text).toContain('This API key is unknown or revoked.')
})
