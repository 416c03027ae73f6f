import { expect, test } from 'vitest'
import { type GenerationTimes, tokensPerSecondOf } from './throughput'

const TIMES: GenerationTimes = {
  completionTokens: 100,
  stream: true,
  timeToFirstTokenMs: 500,
  durationMs: 2500,
}

test.each<[string, Partial<GenerationTimes>, number | null]>([
  ['a stream counts from its first token', {}, 50],
  ['a whole answer counts from the request', { stream: false }, 40],
  ['whether it streamed is unknown: counts from the request', { stream: null }, 40],
  ['a stream without a first token counts from the request', { timeToFirstTokenMs: null }, 40],
  ['nothing generated', { completionTokens: 0 }, null],
  ['tokens unknown', { completionTokens: null }, null],
  ['duration unknown', { durationMs: null }, null],
  ['all at once', { timeToFirstTokenMs: 2500 }, null],
])('%s', (_case, change, expected) => {
  expect(tokensPerSecondOf({ ...TIMES, ...change })).toBe(expected)
})
