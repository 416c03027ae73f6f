import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addAttemptSums, attemptFigures } from '../attempt-figures'
import type { EndpointWindowRow } from './schema'
import { worstFirst } from './worst-first'

/** An endpoint with these figures; overrides last. */
function makeRow(model: string, overrides: Partial<EndpointWindowRow> = {}): EndpointWindowRow {
  return {
    ...attemptFigures(addAttemptSums([])),
    ...{ endpointId: 1, model, provider: 'helios', providerName: 'Helios', status: 'unknown' },
    ...{ cacheHitRate: null, effectiveUsdPerMTok: null, toolUseRate: null, toolsOffered: 0 },
    ...overrides,
  }
}

const ROWS = [
  makeRow('down', { attempts: 100, ok: 10, uptime: 0.1 }),
  makeRow('degraded', { attempts: 100, ok: 90, uptime: 0.9 }),
  makeRow('healthy and busy', { attempts: 900, ok: 900, uptime: 1 }),
  makeRow('healthy', { attempts: 100, ok: 100, uptime: 1 }),
  makeRow('too little, with errors', { attempts: 5, ok: 1 }),
  makeRow('too little', { attempts: 5, ok: 5 }),
  makeRow('too little, by name', { attempts: 5, ok: 5 }),
]

test('the lowest uptime comes first, endpoints that cannot be judged last, whatever the order before', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(ROWS, { minLength: ROWS.length }), (rows) => {
      expect(worstFirst(rows).map((row) => row.model)).toEqual(ROWS.map((row) => row.model))
    }),
  )
})
