import { expect, test } from 'vitest'
import { describeRouting } from './describe-routing'
import type { PresetConfig } from './schema'

test.each<[PresetConfig, string]>([
  [{}, 'by price, speed and health'],
  [{ temperature: 0, provider: {} }, 'by price, speed and health'],
  [{ provider: { order: ['helios', 'borealis'] } }, 'helios, then borealis'],
  [{ provider: { order: ['helios'], only: ['helios'], allow_fallbacks: false } }, 'helios; no fallbacks'],
  [{ provider: { only: ['a', 'b'], ignore: ['c'] } }, 'only a, b; never c'],
  [
    { provider: { sort: { by: 'latency' }, max_price: { prompt: 0.8, completion: 3 } } },
    'quickest first token first; prompt at most $0.8/M; completion at most $3/M',
  ],
  [
    { provider: { quantizations: ['fp8', 'bf16'], data_collection: 'deny' } },
    'fp8 or bf16; no data collection',
  ],
  [{ tool_call_guard: 'retry' }, 'bad tool calls are retried'],
  [{ structured_output_guard: 'retry' }, 'bad structured output is retried'],
  [{ continue_broken_streams: true }, 'broken streams go on elsewhere'],
])('%j reads "%s"', (config, words) => {
  expect(describeRouting(config)).toBe(words)
})
