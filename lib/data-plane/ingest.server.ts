import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { type BodyItem, readBody } from '../formats/sightglass/read-body'
import type { IngestAnswer, RejectedRecord } from '../formats/sightglass/schema'
import { type IngestBody, toRecord } from '../formats/sightglass/to-record'
import type { Recorder } from '../recorder/recorder.server'
import { createCheckBudget } from '../records/check-budget'
import type { RequestRecord } from '../records/request-record'

/** Records translated before other requests get their turn on the one thread. */
const SLICE = 2000
const MAX_WARNED_FIELDS = 20

/**
 * Takes the body of `POST /api/v1/ingest` and answers when its good records are committed, or in the outbox.
 * Throws `bad_request` when it holds no JSON at all and `unavailable` when the recorder cannot take more.
 */
export async function ingest({
  body,
  apiKeyId,
  recorder,
}: {
  body: Buffer
  apiKeyId: number
  recorder: Recorder
}): Promise<IngestAnswer> {
  const { records, positions, rejected, warnings } = await translate(readBody(body.toString('utf8')))
  const { accepted, waiting, duplicates, refused } = await recorder.record(records, { apiKeyId })
  for (const position of refused) {
    rejected.push({
      index: positions[position] ?? position,
      id: records[position]?.externalId,
      errors: [{ path: 'startedAt', message: 'the facts of this day were already dropped by retention' }],
    })
  }
  rejected.sort((a, b) => a.index - b.index)
  return {
    accepted,
    ...(waiting > 0 ? { waiting } : {}),
    duplicates,
    rejected,
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

async function translate(items: readonly BodyItem[]) {
  const records: RequestRecord[] = []
  const positions: number[] = []
  const rejected: RejectedRecord[] = []
  const body: IngestBody = { nowMs: Date.now(), unknownFields: new Set(), budget: createCheckBudget() }
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % SLICE === 0) await yieldToOthers()
    if ('problem' in item) {
      rejected.push({ index, errors: [{ path: '', message: `not JSON: ${item.problem}` }] })
      continue
    }
    const result = toRecord(item.value, body)
    if (result.ok) {
      records.push(result.record)
      positions.push(index)
    } else {
      rejected.push({ index, ...(result.id === undefined ? {} : { id: result.id }), errors: result.errors })
    }
  }
  return { records, positions, rejected, warnings: unknownFieldWarnings(body.unknownFields) }
}

function unknownFieldWarnings(fields: ReadonlySet<string>): string[] {
  const names = [...fields].slice(0, MAX_WARNED_FIELDS).map((name) => name.slice(0, 100))
  const rest = fields.size - names.length
  const warnings = names.map((name) => `unknown field ${name} was ignored`)
  return rest > 0 ? [...warnings, `${rest} more unknown fields were ignored`] : warnings
}
