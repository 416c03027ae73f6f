import { expect, test } from 'vitest'
import { isMissing, supportedParameters } from './supported-parameters'

const unsaid = { supportsTools: null, supportsReasoning: null, supportsStructuredOutput: null }
const unable = { supportsTools: false, supportsReasoning: false, supportsStructuredOutput: false }
const NAMES = ['tools', 'reasoning', 'include_reasoning', 'structured_outputs', 'max_completion_tokens']

test.each([
  ['nobody has said', [unsaid], NAMES],
  [
    'one of two can',
    [unable, { ...unable, supportsReasoning: true }],
    ['reasoning', 'include_reasoning', 'max_completion_tokens'],
  ],
  ['none can', [unable], ['max_completion_tokens']],
])('where %s', (_case, endpoints, expected) => {
  expect(
    supportedParameters(endpoints)
      .filter((name) => NAMES.includes(name))
      .sort(),
  ).toEqual([...expected].sort())
})

test('only what somebody denied is missing', () => {
  expect(NAMES.filter((name) => isMissing(name, unsaid))).toEqual([])
  expect(NAMES.filter((name) => isMissing(name, unable))).toEqual(NAMES.slice(0, 4))
})
