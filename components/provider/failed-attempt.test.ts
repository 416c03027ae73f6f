import { expect, test } from 'vitest'
import type { LogRow } from '@/lib/analytics/logs/schema'
import { failedAttempt } from './failed-attempt'

type Row = Pick<
  LogRow,
  'model' | 'provider' | 'providerName' | 'errorClass' | 'httpStatus' | 'earlierAttempts'
>

const ANSWERED: Row = {
  model: 'acme/atlas',
  provider: 'helios',
  providerName: 'Helios',
  errorClass: null,
  httpStatus: 200,
  earlierAttempts: [
    {
      provider: 'parhelion',
      providerName: 'Parhelion',
      model: 'acme/atlas',
      errorClass: 'timeout',
      httpStatus: null,
    },
    {
      provider: 'parhelion',
      providerName: 'Parhelion',
      model: 'acme/lyra',
      errorClass: 'upstream_5xx',
      httpStatus: 503,
    },
  ],
}

test('a failure that failover hid names who answered instead', () => {
  expect(failedAttempt(ANSWERED, 'parhelion')).toEqual({
    model: 'acme/lyra',
    errorClass: 'upstream_5xx',
    httpStatus: 503,
    savedBy: 'Helios',
  })
})

test('a request that failed in the end was saved by nobody', () => {
  const failed: Row = { ...ANSWERED, errorClass: 'rate_limited', httpStatus: 429 }
  expect(failedAttempt(failed, 'helios')).toMatchObject({ errorClass: 'rate_limited', savedBy: null })
  expect(failedAttempt(failed, 'parhelion')).toMatchObject({ errorClass: 'upstream_5xx', savedBy: null })
})

test('an answer is no failure, nor is what failed elsewhere', () => {
  expect(failedAttempt(ANSWERED, 'helios')).toBeNull()
  expect(failedAttempt(ANSWERED, 'borealis')).toBeNull()
})
