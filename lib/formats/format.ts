import type { FieldError } from '../platform/errors'
import type { JsonObject } from '../platform/json-value'
import type { CallerSigns } from './sightglass/caller-signs'
import type { WireRecord } from './sightglass/schema'

/** A record as a format reads it: our own wire record, and what else the log says of who drives the request. */
export type Draft = Partial<WireRecord> & { signs?: Partial<CallerSigns> }

/**
 * What became of an element of a body. `index` is its place among the elements, `id` the log's own name for it. A draft
 * is a request; what is `ignored` was understood and is none (a trace, a score, a list of models).
 */
export type Reading = { index: number; id?: string } & (
  | { draft: Draft }
  | { errors: FieldError[] }
  | { ignored: string }
)

/** What a body says beside its elements. */
export type ReadContext = {
  /** Times without a zone are of this IANA zone; null = UTC. */
  zone: string | null
  /** Lower-case headers of the request; none for a file. */
  headers: Readonly<Record<string, string>>
  /** Below our server, as the client posted it; empty for a file. */
  path: string
  /** What earlier bodies of the same sender said, for formats that tell one request in several. */
  memory: FormatMemory
}

/** Values by name, forgotten in time; nothing may depend on one still being there. */
export type FormatMemory = { get: (key: string) => unknown; set: (key: string, value: unknown) => void }

/** One log format that is not ours: how it is recognised, and how its elements become records. */
export type Format = {
  /** What people call it. */
  label: string
  /** Whether an element is of this format. Formats do not overlap; a test holds that. */
  recognises: (element: JsonObject) => boolean
  /** The elements in a wrapping such as `{ batch: […] }`; left out where there is none. */
  unwrap?: (element: JsonObject) => unknown[] | null
  /** In the order of the elements, except where several are one request. Never throws. */
  read: (elements: readonly unknown[], context: ReadContext) => Iterable<Reading>
}
