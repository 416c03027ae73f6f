import { AppError } from '../platform/errors'
import { PROMPT_PARTS } from '../records/vocabulary'

/** How the text of a cell becomes the value of a field. */
export type FieldKind = 'text' | 'time' | 'count' | 'amount' | 'flag' | 'json'

/** One place in a wire record: `path` are its keys, numbers being list positions. */
export type RecordField = { name: string; path: (string | number)[]; kind: FieldKind }

const TOP_LEVEL_FIELDS = {
  id: 'text',
  source: 'text',
  startedAt: 'time',
  operation: 'text',
  model: 'text',
  requestedModel: 'text',
  provider: 'text',
  app: 'text',
  endUser: 'text',
  sessionId: 'text',
  preset: 'text',
  presetVersion: 'count',
  useCase: 'text',
  callerKind: 'text',
  stream: 'flag',
  promptTokens: 'count',
  cachedTokens: 'count',
  cacheWriteTokens: 'count',
  completionTokens: 'count',
  reasoningTokens: 'count',
  promptParts: 'json',
  costUsd: 'amount',
  finishReason: 'text',
  toolsOffered: 'count',
  tools: 'json',
  toolCalls: 'json',
  httpStatus: 'count',
  errorClass: 'text',
  durationMs: 'amount',
  timeToFirstTokenMs: 'amount',
  attempts: 'json',
} as const satisfies Record<string, FieldKind>

const ATTEMPT_FIELDS = {
  provider: 'text',
  startedAt: 'time',
  httpStatus: 'count',
  errorClass: 'text',
  durationMs: 'amount',
  timeToFirstTokenMs: 'amount',
  finishReason: 'text',
  costUsd: 'amount',
} as const satisfies Record<string, FieldKind>

const TOOL_CALL_FIELDS = {
  name: 'text',
  arguments: 'text',
  verdict: 'text',
  detail: 'text',
} as const satisfies Record<string, FieldKind>

const PROMPT_PART_FIELDS: Record<string, FieldKind> = Object.fromEntries(
  PROMPT_PARTS.map((part) => [part, 'count' as const]),
)

/** Names of the wire record's own fields, in the order `--help` and errors list them. */
export const RECORD_FIELD_NAMES = Object.keys(TOP_LEVEL_FIELDS)

/**
 * The field a `--map` or `--set` target names: `promptTokens`, or a place inside a field, `promptParts.system`,
 * `attempts.0.provider`, `toolCalls.0.name`. Null when the record has no such field.
 */
export function findRecordField(name: string): RecordField | null {
  const [top = '', ...rest] = name.split('.')
  if (rest.length === 0) {
    const kind = ownKind(TOP_LEVEL_FIELDS, top)
    return kind && { name, path: [top], kind }
  }
  if (top === 'promptParts' && rest.length === 1) {
    const kind = ownKind(PROMPT_PART_FIELDS, rest[0])
    return kind && { name, path: [top, ...rest], kind }
  }
  if (top === 'attempts') return findListField(name, top, rest, ATTEMPT_FIELDS)
  if (top === 'toolCalls') return findListField(name, top, rest, TOOL_CALL_FIELDS)
  return null
}

/** `findRecordField`, throwing `bad_request` that lists the fields there are. */
export function requireRecordField(name: string): RecordField {
  const field = findRecordField(name)
  if (field) return field
  throw new AppError(
    'bad_request',
    `The record has no field "${name}". Its fields are ${RECORD_FIELD_NAMES.join(', ')}; inside a field, for example promptParts.system, attempts.0.provider or toolCalls.0.name.`,
  )
}

function findListField(
  name: string,
  top: string,
  rest: string[],
  kinds: Record<string, FieldKind>,
): RecordField | null {
  const [position = '', key = '', ...deeper] = rest
  // Two digits are plenty for positions named by hand and keep a typo from making a list of a million holes.
  if (deeper.length > 0 || !/^\d{1,2}$/.test(position)) return null
  const kind = ownKind(kinds, key)
  return kind && { name, path: [top, Number(position), key], kind }
}

function ownKind(kinds: Record<string, FieldKind>, key: string | undefined): FieldKind | null {
  return key !== undefined && Object.hasOwn(kinds, key) ? (kinds[key] ?? null) : null
}
