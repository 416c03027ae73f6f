import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { createBoundedCache } from '../access/bounded-cache'
import type { FormatMemory, ReadContext } from '../formats/format'
import { readOtlpTraces } from '../formats/otlp/read-traces'
import {
  type BodyFormat,
  type FormatName,
  formatNamed,
  recogniseFormat,
  unwrapElements,
} from '../formats/registry'
import { type BodyItem, readBody } from '../formats/sightglass/read-body'
import type { IngestAnswer, RejectedRecord } from '../formats/sightglass/schema'
import { type IngestBody, toRecord } from '../formats/sightglass/to-record'
import { type Outcome, toRecords } from '../formats/to-records'
import { AppError } from '../platform/errors'
import { processSingleton } from '../platform/process-singleton'
import type { Recorder } from '../recorder/recorder.server'
import { createCheckBudget } from '../records/check-budget'
import type { RequestRecord } from '../records/request-record'

/** Records translated before other requests get their turn on the one thread. */
const SLICE = 2000
/** One request's share of the server's memory, as for our own records. */
const MAX_RECORDS = 250_000
const MAX_WARNED_FIELDS = 20
/** Elements by which a body's format is told. */
const SAMPLED = 20
const NAMED_REASONS = 5
const REMEMBERED = 20_000

/** What a body is and how it came; `format` null = told by its content. */
export type IngestOptions = {
  body: Buffer
  apiKeyId: number
  recorder: Recorder
  format: BodyFormat | null
  /** What records come from whose log does not say; null = the format's name. */
  source: string | null
  context: Omit<ReadContext, 'memory'>
}

type Translation = {
  records: RequestRecord[]
  /** The element of each record. */
  positions: number[]
  rejected: RejectedRecord[]
  ignored: number
  warnings: string[]
}

/**
 * Takes a body of records, ours or of another format, and answers when its good records are committed, or in
 * the outbox.
 * Throws `bad_request` when it holds no JSON at all and `unavailable` when the recorder cannot take more.
 */
export async function ingest(options: IngestOptions): Promise<IngestAnswer> {
  const items = readBody(options.body.toString('utf8'))
  const format = options.format ?? recogniseFormat(items.slice(0, SAMPLED).flatMap(parsedValue))
  const { records, positions, rejected, ignored, warnings } = await translateAs(format, items, options)
  const { accepted, amended, waiting, duplicates, refused } = await options.recorder.record(records, {
    apiKeyId: options.apiKeyId,
  })
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
    amended,
    ...(waiting > 0 ? { waiting } : {}),
    duplicates,
    rejected,
    ...(format === 'sightglass' ? {} : { format, ignored }),
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

function translateAs(
  format: BodyFormat,
  items: readonly BodyItem[],
  options: IngestOptions,
): Promise<Translation> {
  switch (format) {
    case 'sightglass':
      return translateOwn(items)
    case 'otlp':
      return Promise.resolve(translateOtlp(items))
    default:
      return translateOther(format, items, options)
  }
}

async function translateOwn(items: readonly BodyItem[]): Promise<Translation> {
  const records: RequestRecord[] = []
  const positions: number[] = []
  const rejected: RejectedRecord[] = []
  const body = newBody()
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % SLICE === 0) await yieldToOthers()
    if ('problem' in item) {
      rejected.push(notJson(index, item))
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
  return { records, positions, rejected, ignored: 0, warnings: unknownFieldWarnings(body.unknownFields) }
}

async function translateOther(
  name: FormatName,
  items: readonly BodyItem[],
  { apiKeyId, source, context }: IngestOptions,
): Promise<Translation> {
  const translation: Translation = { records: [], positions: [], rejected: [], ignored: 0, warnings: [] }
  // Lines that are no JSON are told by their own number, so that they are taken out last.
  const broken = items.flatMap((item, index) => ('problem' in item ? [notJson(index, item)] : []))
  const elements = unwrapElements(name, items.flatMap(parsedValue))
  const outcomes = toRecords({
    format: formatNamed(name),
    elements,
    context: { ...context, memory: memoryOf(name, apiKeyId) },
    source: source ?? name,
    body: newBody(),
  })
  const reasons = new Map<string, number>()
  let read = 0
  for (const outcome of outcomes) {
    take(outcome, translation, reasons)
    read += 1
    if (read % SLICE === 0) await yieldToOthers()
    if (translation.records.length > MAX_RECORDS)
      throw new AppError(
        'payload_too_large',
        `The body stands for more than ${MAX_RECORDS} requests; send it in parts.`,
      )
  }
  translation.rejected.push(...broken)
  translation.warnings = [...reasons].slice(0, NAMED_REASONS).map(([reason, count]) => `${count} × ${reason}`)
  return translation
}

function take(outcome: Outcome, translation: Translation, reasons: Map<string, number>): void {
  if ('record' in outcome) {
    translation.records.push(outcome.record)
    translation.positions.push(outcome.index)
  } else if ('rejected' in outcome) translation.rejected.push(outcome.rejected)
  else {
    translation.ignored += 1
    reasons.set(outcome.ignored, (reasons.get(outcome.ignored) ?? 0) + 1)
  }
}

function translateOtlp(items: readonly BodyItem[]): Translation {
  const translation: Translation = { records: [], positions: [], rejected: [], ignored: 0, warnings: [] }
  for (const [index, item] of items.entries()) {
    if ('problem' in item) {
      translation.rejected.push(notJson(index, item))
      continue
    }
    const { records, errorMessage } = readOtlpTraces({
      contentType: 'json',
      body: Buffer.from(JSON.stringify(item.value)),
      receivedAtMs: Date.now(),
    })
    translation.records.push(...records)
    translation.positions.push(...records.map(() => index))
    if (errorMessage !== null)
      translation.rejected.push({ index, errors: [{ path: '', message: errorMessage }] })
  }
  return translation
}

function newBody(): IngestBody {
  return { nowMs: Date.now(), unknownFields: new Set(), budget: createCheckBudget() }
}

function parsedValue(item: BodyItem): unknown[] {
  return 'value' in item ? [item.value] : []
}

function notJson(index: number, { problem }: { problem: string }): RejectedRecord {
  return { index, errors: [{ path: '', message: `not JSON: ${problem}` }] }
}

/** What earlier bodies of a key said; senders of different keys do not see each other's. */
function memoryOf(format: FormatName, apiKeyId: number): FormatMemory {
  const cache = processSingleton('format-memory', () => createBoundedCache<unknown>({ limit: REMEMBERED }))
  const prefix = `${format}:${apiKeyId}:`
  return { get: (key) => cache.get(prefix + key), set: (key, value) => cache.set(prefix + key, value) }
}

function unknownFieldWarnings(fields: ReadonlySet<string>): string[] {
  const names = [...fields].slice(0, MAX_WARNED_FIELDS).map((name) => name.slice(0, 100))
  const rest = fields.size - names.length
  const warnings = names.map((name) => `unknown field ${name} was ignored`)
  return rest > 0 ? [...warnings, `${rest} more unknown fields were ignored`] : warnings
}
