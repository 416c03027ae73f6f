import { z } from 'zod'
import { parseJson } from '../../platform/parse-json'
import type { RequestRecord } from '../../records/request-record'

/** Raised when records of an older version could no longer be written as they are. */
const VERSION = 1

/** What the outbox stores of records that came together. Holds no prompts: records are labelled before. */
export type StoredEntry = {
  apiKeyId: number
  /** Epoch milliseconds. */
  keptAtMs: number
  /** Whether somebody was told that they are taken, so that what comes later must not overtake them. */
  isAcknowledged: boolean
  records: readonly RequestRecord[]
}

const isRecord = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'startedAtMs' in value &&
  typeof value.startedAtMs === 'number'

const stored = z.object({
  v: z.literal(VERSION),
  apiKeyId: z.number(),
  keptAtMs: z.number(),
  isAcknowledged: z.boolean(),
  records: z.array(z.custom<RequestRecord>(isRecord)),
})

/** One line of JSON text. */
export function storeEntry(entry: StoredEntry): string {
  return JSON.stringify({ v: VERSION, ...entry })
}

/** The entry of a text; null when no version of this product wrote it. */
export function restoreEntry(text: string): StoredEntry | null {
  const { data } = stored.safeParse(parseJson(text))
  if (data === undefined) return null
  const { v: _version, ...entry } = data
  return entry
}
