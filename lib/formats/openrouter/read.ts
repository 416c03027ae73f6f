import { isObject, type JsonObject } from '../../platform/json-value'
import { failureOf } from '../failure'
import type { Draft, Format, Reading } from '../format'
import { operationOfPath } from '../operation-of-path'
import { type FieldReader, readFields } from '../read-fields'
import { known, readEach } from '../reading'
import { spreadDay } from '../spread-day'
import { readGeneration } from './read-generation'
import {
  openrouterActivity,
  openrouterBroadcastRow,
  openrouterExportRow,
  openrouterGeneration,
} from './schema'

const ROWS = [openrouterGeneration, openrouterExportRow, openrouterActivity, openrouterBroadcastRow]

/** OpenRouter's generations, activity and Broadcast tables. The README of this folder has the source of each field. */
export const openrouter: Format = {
  label: 'OpenRouter',
  recognises: (element) => ROWS.some((row) => row.safeParse(element).success),
  unwrap: ({ data }) => (Array.isArray(data) ? data : isObject(data) ? [data] : null),
  *read(elements, { zone }) {
    for (const [index, element] of elements.entries()) {
      if (openrouterActivity.safeParse(element).success && isObject(element))
        yield* readActivity(element, index)
      else yield* readOne(element, index, zone)
    }
  },
}

function* readOne(element: unknown, index: number, zone: string | null): Generator<Reading> {
  const isBroadcast = openrouterBroadcastRow.safeParse(element).success
  const read = isBroadcast ? readBroadcastRow : readGeneration
  for (const reading of readEach([element], zone, read)) yield { ...reading, index }
}

function* readActivity(row: JsonObject, index: number): Generator<Reading> {
  const fields = readFields(row)
  const day = fields.time('date')
  const names = ['date', 'endpoint_id', 'model_permaslug', 'model', 'provider_name', 'variant']
  const drafts =
    day === undefined
      ? null
      : spreadDay({
          key: names.map((name) => fields.text(100, name) ?? '').join('|'),
          dayMs: Date.parse(day),
          requests: fields.tokens('requests'),
          sums: {
            promptTokens: fields.tokens('prompt_tokens'),
            completionTokens: fields.tokens('completion_tokens'),
            reasoningTokens: fields.tokens('reasoning_tokens'),
            costUsd: fields.usd(1, 'usage'),
          },
          draft: known({
            model: fields.text(200, 'model', 'model_permaslug'),
            provider: fields.text(100, 'provider_name'),
          }),
        })
  if (drafts === null) {
    const errors = [
      ...fields.errors,
      { path: 'requests', message: 'expected the number of requests, from 1 to 100000' },
    ]
    yield { index, errors }
  } else for (const draft of drafts) yield { index, ...(draft.id ? { id: draft.id } : {}), draft }
}

function readBroadcastRow(fields: FieldReader): Draft | { ignored: string } {
  const type = fields.text(50, 'SPAN_TYPE')
  if (type !== undefined && !/^(generation|embedding)$/i.test(type))
    return { ignored: `${type} is no request` }
  const hasFailed = /error/i.test(fields.text(20, 'STATUS') ?? '') || fields.text(20, 'LEVEL') === 'ERROR'
  return known({
    id: [fields.text(120, 'TRACE_ID'), fields.text(120, 'SPAN_ID')].filter(Boolean).join(':') || undefined,
    startedAt: fields.time('TIMESTAMP'),
    operation: operationOfPath(type?.toLowerCase() === 'embedding' ? type : undefined),
    model: fields.text(200, 'MODEL'),
    provider: fields.text(100, 'PROVIDER_NAME'),
    app: fields.text(200, 'API_KEY_NAME'),
    endUser: fields.text(256, 'USER_ID'),
    sessionId: fields.text(256, 'SESSION_ID'),
    promptTokens: fields.tokens('PROMPT_TOKENS'),
    completionTokens: fields.tokens('COMPLETION_TOKENS'),
    costUsd: fields.usd(1, 'TOTAL_COST'),
    finishReason: fields.text(100, 'FINISH_REASON'),
    durationMs: fields.durationMs(1, 'DURATION_MS'),
    errorClass: hasFailed ? failureOf(undefined) : undefined,
  })
}
