import { expect, test } from 'vitest'
import { decideFault, drawFaults } from './decide-fault'
import { faultProfile, REQUEST_FAULTS } from './schema'

const NOTHING = { request: 0.999, refusal: 0.999, tools: 0.999 }

test.each([
  ['nothing without rates', {}, { request: 0, refusal: 0, tools: 0 }, true, null, null],
  ['a fault below its rate', { hang: 0.2 }, { ...NOTHING, request: 0.199 }, false, 'hang', null],
  ['nothing at its rate', { hang: 0.2 }, { ...NOTHING, request: 0.2 }, false, null, null],
  ['always at 1', { upstream_5xx: 1 }, NOTHING, false, 'upstream_5xx', null],
  [
    'the first in order',
    { upstream_5xx: 0.3, rate_limited: 0.1 },
    { ...NOTHING, request: 0.05 },
    false,
    'rate_limited',
    null,
  ],
  [
    'the next past the first',
    { upstream_5xx: 0.3, rate_limited: 0.1 },
    { ...NOTHING, request: 0.15 },
    false,
    'upstream_5xx',
    null,
  ],
  [
    'nothing past their sum',
    { upstream_5xx: 0.3, rate_limited: 0.1 },
    { ...NOTHING, request: 0.41 },
    false,
    null,
    null,
  ],
  ['no refusal without tools', { refuse_tools: 1 }, NOTHING, false, null, null],
  ['a refusal with tools', { refuse_tools: 1 }, NOTHING, true, 'refuse_tools', null],
  ['the request fault before a refusal', { refuse_tools: 1, reset: 1 }, NOTHING, true, 'reset', null],
  [
    'a tool fault beside a sound request',
    { invalid_json: 0.5 },
    { ...NOTHING, tools: 0.4 },
    true,
    null,
    'invalid_json',
  ],
  [
    'tool faults in order',
    { invalid_json: 0.2, schema_mismatch: 0.2 },
    { ...NOTHING, tools: 0.3 },
    true,
    null,
    'schema_mismatch',
  ],
] as const)('decides on %s', (_, faults, draws, hasTools, request, tools) => {
  expect(decideFault({ faults, draws, hasTools })).toEqual({ request, tools })
})

test('draws the same for the same seed and number, and each thing on its own', () => {
  expect(drawFaults({ seed: 7, count: 3 })).toEqual(drawFaults({ seed: 7, count: 3 }))
  expect(drawFaults({ seed: 7, count: 3 })).not.toEqual(drawFaults({ seed: 7, count: 4 }))
  expect(drawFaults({ seed: 7, count: 3 })).not.toEqual(drawFaults({ seed: 8, count: 3 }))
  expect(new Set(Object.values(drawFaults({ seed: 7, count: 3 }))).size).toBe(3)
})

test('shows each fault about as often as its rate says', () => {
  const faults = { rate_limited: 0.1, cut_stream: 0.05, schema_mismatch: 0.2 }
  const seen = new Map<string, number>()
  for (let count = 0; count < 20_000; count += 1) {
    const { request, tools } = decideFault({ faults, draws: drawFaults({ seed: 42, count }), hasTools: true })
    for (const kind of [request, tools]) if (kind) seen.set(kind, (seen.get(kind) ?? 0) + 1)
  }
  for (const [kind, rate] of Object.entries(faults))
    expect(Math.abs((seen.get(kind) ?? 0) / 20_000 - rate)).toBeLessThan(0.01)
})

test('is steady and instant when nothing is said, and refuses what it does not know', () => {
  expect(faultProfile.parse({})).toMatchObject({ timeToFirstTokenMs: 0, tokensPerSecond: null, faults: {} })
  const problemOf = (value: unknown) => faultProfile.safeParse(value).error?.issues[0]
  expect(problemOf({ faults: { hang: 1.5 } })).toMatchObject({
    path: ['faults', 'hang'],
    message: 'expected 0 to 1',
  })
  expect(problemOf({ faults: { sulk: 0.1 } })?.path[0]).toBe('faults')
  expect(problemOf({ tokensPerSec: 3 })).toMatchObject({ code: 'unrecognized_keys' })
  for (const kind of REQUEST_FAULTS) expect(problemOf({ faults: { [kind]: 0.5 } })).toBeUndefined()
})
