import { describe, expect, test } from 'vitest'
import { NEW_TRIAL_FORM, readTrialForm, trialCommand } from './trial-form'

const OPTIONS = { preset: 'tool-runner', calls: 213, concurrency: 8, seconds: 30, stream: false, seed: 1 }

test('an untouched form is the documented trial', () => {
  expect(readTrialForm({ preset: 'tool-runner', form: NEW_TRIAL_FORM })).toEqual({
    options: OPTIONS,
    errors: null,
  })
})

describe('a field that is wrong is named with what it takes', () => {
  test.each([
    [{ calls: '0' }, ['calls']],
    [{ calls: '5001', seconds: '601' }, ['calls', 'seconds']],
    [{ concurrency: '65' }, ['concurrency']],
    [{ concurrency: '' }, ['concurrency']],
    [{ seconds: '1.5' }, ['seconds']],
    [{ seconds: '1e2' }, ['seconds']],
  ])('%j', (over, paths) => {
    const { errors } = readTrialForm({ preset: 'a', form: { ...NEW_TRIAL_FORM, ...over } })
    expect(errors?.map(({ path }) => path)).toEqual(paths)
  })

  test('a preset must be chosen', () => {
    expect(readTrialForm({ preset: '', form: NEW_TRIAL_FORM }).errors).toEqual([
      { path: 'preset', message: 'choose a preset' },
    ])
  })
})

test('the command does the same trial', () => {
  const origin = 'http://127.0.0.1:3000'
  expect(trialCommand({ origin, options: OPTIONS })).toBe(
    [
      'SIGHTGLASS_URL=http://127.0.0.1:3000 SIGHTGLASS_API_KEY=… \\',
      '  npm run trial -- --preset tool-runner \\',
      '  --calls 213 --concurrency 8 --seconds 30',
    ].join('\n'),
  )
  expect(trialCommand({ origin, options: { ...OPTIONS, stream: true, seed: 4 } })).toMatch(
    /--seconds 30 --stream --seed 4$/,
  )
})
