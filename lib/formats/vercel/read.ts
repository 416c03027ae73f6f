import { isObject, type JsonObject } from '../../platform/json-value'
import type { Format, Reading } from '../format'
import { readGeneration } from '../openrouter/read-generation'
import { readFields } from '../read-fields'
import { known, readEach } from '../reading'
import { spreadDay } from '../spread-day'
import { vercelGeneration, vercelReportRow } from './schema'

/** Generations and reports of Vercel's AI Gateway. The README of this folder has the source of each field. */
export const vercel: Format = {
  label: 'Vercel AI Gateway',
  recognises: (element) =>
    vercelGeneration.safeParse(element).success || vercelReportRow.safeParse(element).success,
  unwrap: ({ results, data }) =>
    Array.isArray(results) ? results : Array.isArray(data) ? data : isObject(data) ? [data] : null,
  *read(elements, { zone }) {
    for (const [index, element] of elements.entries()) {
      if (isObject(element) && vercelReportRow.safeParse(element).success)
        yield* readReportRow(element, index)
      else for (const reading of readEach([element], zone, readGeneration)) yield { ...reading, index }
    }
  },
}

function* readReportRow(row: JsonObject, index: number): Generator<Reading> {
  const fields = readFields(row)
  const day = fields.time('day', 'date')
  const names = ['day', 'model', 'provider', 'user', 'tag', 'credential_type', 'credentialType']
  const drafts =
    day === undefined
      ? null
      : spreadDay({
          key: names.map((name) => fields.text(100, name) ?? '').join('|'),
          dayMs: Date.parse(day),
          requests: fields.tokens('request_count', 'requestCount'),
          sums: {
            promptTokens: fields.tokens('input_tokens', 'inputTokens'),
            completionTokens: fields.tokens('output_tokens', 'outputTokens'),
            cachedTokens: fields.tokens('cached_input_tokens', 'cachedInputTokens'),
            cacheWriteTokens: fields.tokens('cache_creation_input_tokens', 'cacheCreationInputTokens'),
            reasoningTokens: fields.tokens('reasoning_tokens', 'reasoningTokens'),
            costUsd: fields.usd(1, 'total_cost', 'totalCost'),
          },
          draft: known({
            model: fields.text(200, 'model') ?? 'unknown',
            provider: fields.text(100, 'provider'),
            endUser: fields.text(256, 'user'),
            app: fields.text(200, 'tag'),
          }),
        })
  if (drafts === null) {
    const expected =
      day === undefined
        ? 'expected the day of the sums (group the report by day)'
        : 'expected the number of requests, from 1 to 100000'
    yield {
      index,
      errors: [...fields.errors, { path: day === undefined ? 'day' : 'request_count', message: expected }],
    }
  } else for (const draft of drafts) yield { index, ...(draft.id ? { id: draft.id } : {}), draft }
}
