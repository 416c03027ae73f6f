import type { RequestRecord } from '../records/request-record'
import type { Draft, Format, ReadContext, Reading } from './format'
import { canonicalProvider } from './otlp/provider-name'
import { known } from './reading'
import { NO_SIGNS } from './sightglass/caller-signs'
import type { RejectedRecord } from './sightglass/schema'
import { type IngestBody, toRecord } from './sightglass/to-record'
import { UNREADABLE, unlessUnreadable } from './unreadable'

/** What became of one element: a record, a refusal field by field, or nothing, with the reason. */
export type Outcome = { index: number } & (
  | { record: RequestRecord }
  | { rejected: RejectedRecord }
  | { ignored: string }
)

/**
 * The records in the elements of a body of another format than ours, one outcome for each reading. `source` is given to
 * records whose log names none. Never throws.
 */
export function* toRecords({
  format,
  elements,
  context,
  source,
  body,
}: {
  format: Format
  elements: readonly unknown[]
  context: ReadContext
  source: string
  body: IngestBody
}): Generator<Outcome> {
  for (const reading of format.read(elements, context)) yield toOutcome(reading, source, body)
}

function toOutcome(reading: Reading, source: string, body: IngestBody): Outcome {
  const { index } = reading
  const id = reading.id === undefined ? {} : { id: reading.id }
  if ('ignored' in reading) return { index, ignored: reading.ignored }
  if ('errors' in reading) return { index, rejected: { index, ...id, errors: reading.errors } }
  const { signs, ...draft } = reading.draft
  const result = unlessUnreadable(() =>
    toRecord(plausible({ source, ...draft }), body, { ...NO_SIGNS, ...signs }),
  )
  if (result === null) return { index, rejected: { index, ...id, errors: [UNREADABLE] } }
  return result.ok
    ? { index, record: result.record }
    : { index, rejected: { index, ...id, errors: result.errors } }
}

/** Counts that contradict each other are not told rather than refused: the request took place. */
function plausible(draft: Draft): Draft {
  const { promptTokens, cachedTokens, completionTokens, reasoningTokens, attempts, provider } = draft
  return known({
    ...draft,
    ...(provider ? { provider: canonicalProvider(provider) } : {}),
    ...(isBeyond(cachedTokens, promptTokens) ? { cachedTokens: null } : {}),
    ...(isBeyond(reasoningTokens, completionTokens) ? { reasoningTokens: null } : {}),
    ...(attempts
      ? { attempts: attempts.map((attempt) => ({ ...attempt, ...canonical(attempt.provider) })) }
      : {}),
  })
}

function canonical(provider: string | null | undefined): { provider?: string } {
  return provider ? { provider: canonicalProvider(provider) } : {}
}

function isBeyond(part: number | null | undefined, whole: number | null | undefined): boolean {
  return part != null && whole != null && part > whole
}
