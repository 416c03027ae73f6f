import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlainRecord } from './is-plain-record'
import { WIRE_FIELDS, wireRecord } from './schema'

const plain = {
  id: 'req-1',
  source: 'my-gateway',
  startedAt: '2026-11-20T10:00:00.000Z',
  operation: 'embedding',
  model: 'acme/atlas-120b',
  callerKind: 'agentic',
  stream: true,
  promptTokens: 1200,
  costUsd: 0.0021,
  toolsOffered: 3,
  toolCalls: [{ name: 'get_weather', verdict: 'schema_mismatch' }],
  httpStatus: 200,
  durationMs: 900.5,
}

/** Values on both sides of what fields allow. */
const content = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    '',
    'stop',
    'agentic',
    'timeout',
    'rerank',
    'a\u0000b',
    '\ud800',
    'x'.repeat(101),
    'x'.repeat(400),
    '2026-02-30T10:00:00Z',
    '2026-11-20T10:00:00Z',
    '2026-11-20',
    -1,
    0,
    1.5,
    99,
    200,
    600,
    1e308,
    Number.NaN,
    true,
    [],
    [{ name: 'f', verdict: 'valid' }],
    [{ name: '', verdict: 'valid' }],
    [{ name: 'f', verdict: 'odd' }],
    [{ name: 'f', arguments: '{}' }],
    [{ name: 'f', verdict: 'valid', arguments: { a: [1] } }],
    [{ name: 'f', arguments: [1] }],
    [{ name: 'f', arguments: null }],
    [{ name: 'f', detail: 'd' }],
  ),
  fc.jsonValue(),
)

const candidate = fc
  .array(fc.tuple(fc.constantFrom(...WIRE_FIELDS, 'unknownField', '__proto__'), content), { maxLength: 4 })
  .map((changes) => Object.fromEntries([...Object.entries(plain), ...changes]))

test('what is plain is valid by the schema and says the same', () => {
  let plainOnes = 0
  fc.assert(
    fc.property(candidate, (value) => {
      if (!isPlainRecord(value)) return
      plainOnes += 1
      const parsed = wireRecord.parse(value)
      const known = Object.fromEntries(Object.entries(value).filter(([field]) => WIRE_FIELDS.has(field)))
      expect(parsed).toEqual(known)
    }),
    { numRuns: 3000 },
  )
  expect(plainOnes).toBeGreaterThan(100)
})

test('knows an ordinary record, with or without fields of somebody else', () => {
  expect(isPlainRecord(plain)).toBe(true)
  expect(isPlainRecord({ ...plain, somebodyElses: 1 })).toBe(true)
})

test('knows a record of another format, whose calls have their arguments', () => {
  const toolCalls = [{ name: 'get_weather', arguments: '{"city":"Oslo"}' }]
  expect(isPlainRecord({ ...plain, tools: [{ type: 'function' }], toolCalls })).toBe(true)
})

test.each([
  ['no id', { ...plain, id: undefined }],
  ['attempts', { ...plain, attempts: [{ provider: 'helios' }] }],
  ['an offset', { ...plain, startedAt: '2026-11-20T10:00:00+01:00' }],
  ['a list', [plain]],
  ['nothing', null],
])('leaves %s to the schema', (_, value) => {
  expect(isPlainRecord(value)).toBe(false)
})
