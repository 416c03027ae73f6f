import { type FormatName, formatNamed, unwrapElements } from '../formats/registry'
import { type Outcome, toRecords } from '../formats/to-records'
import { createCheckBudget } from '../records/check-budget'
import type { RequestRecord } from '../records/request-record'

type Options = {
  memory?: Map<string, unknown>
  path?: string
  headers?: Record<string, string>
  zone?: string | null
}

/** The clock of these tests: after every example, by less than the hour that clocks may run ahead. */
export const READ_AT_MS = Date.parse('2026-12-01T12:00:00Z')

/** What a format makes of a body, as the data plane asks it. */
export function readFormat(name: FormatName, body: unknown, options: Options = {}): Outcome[] {
  const { memory = new Map<string, unknown>(), path: at = '', headers = {}, zone = null } = options
  return [
    ...toRecords({
      format: formatNamed(name),
      elements: unwrapElements(name, Array.isArray(body) ? body : [body]),
      context: {
        zone,
        headers,
        path: at,
        memory: { get: (key) => memory.get(key), set: (key, value) => memory.set(key, value) },
      },
      source: name,
      body: { nowMs: READ_AT_MS, unknownFields: new Set(), budget: createCheckBudget() },
    }),
  ]
}

/** The records among them. */
export function recordsOf(outcomes: readonly Outcome[]): RequestRecord[] {
  return outcomes.flatMap((outcome) => ('record' in outcome ? [outcome.record] : []))
}
