import type { RollupGrain } from '../time/time-buckets'
import {
  ENDPOINT_HISTOGRAMS,
  ENDPOINT_KEYS,
  ENDPOINT_MEASURES,
  ENDPOINT_TOOL_MEASURES,
  MODEL_USAGE_KEYS,
  MODEL_USAGE_MEASURES,
  PROVIDER_KEYS,
  TOOL_KEYS,
  TOOL_MEASURES,
  USAGE_KEYS,
  USAGE_MEASURES,
  USAGE_PART_MEASURES,
} from './measures'

/** Rollups of one kind: `<name>_<grain>` for each grain. All names come from closed lists, so they are safe in SQL. */
export type Rollups = {
  name: 'usage' | 'endpoint' | 'provider' | 'endpoint_tool' | 'model_usage' | 'tool'
  /** What a row is for; `bucket` is among them. */
  keys: readonly string[]
  measures: readonly string[]
  /** Measures that are null in a row where nobody knew them. */
  nullableMeasures: readonly string[]
  histograms: readonly string[]
  grains: readonly RollupGrain[]
}

/** Rollups with an inbox, `<name>_inbox`, whose rows are of the finest grain that was kept when they were written. */
export type Family = Rollups & {
  /** Rollups that are filled from the same inbox. */
  derived: readonly Derived[]
}

/** Rollups that add up rows of a family: `join` brings in the key that replaces one of the family's, if any. */
export type Derived = Rollups & { join: string }

const ENDPOINT_SUMS = { measures: ENDPOINT_MEASURES, nullableMeasures: [], histograms: ENDPOINT_HISTOGRAMS }

const PROVIDERS: Derived = {
  ...ENDPOINT_SUMS,
  name: 'provider',
  keys: PROVIDER_KEYS,
  grains: ['hour', 'day', 'week'],
  join: 'JOIN (SELECT id AS endpoint_id, provider_id FROM endpoint) AS endpoint USING (endpoint_id)',
}

const ENDPOINT_TOOLS: Derived = {
  name: 'endpoint_tool',
  keys: ENDPOINT_KEYS,
  measures: ENDPOINT_TOOL_MEASURES,
  nullableMeasures: [],
  histograms: [],
  grains: ['hour', 'day', 'week'],
  join: '',
}

/** Every family: folding, rebuilding, retention and the comparison with the database follow from this list. */
export const FAMILIES: readonly Family[] = [
  {
    name: 'usage',
    keys: USAGE_KEYS,
    measures: USAGE_MEASURES,
    nullableMeasures: USAGE_PART_MEASURES,
    histograms: [],
    grains: ['minute', 'hour', 'day'],
    derived: [],
  },
  {
    ...ENDPOINT_SUMS,
    name: 'endpoint',
    keys: ENDPOINT_KEYS,
    grains: ['minute', 'hour', 'day'],
    derived: [PROVIDERS, ENDPOINT_TOOLS],
  },
  {
    name: 'model_usage',
    keys: MODEL_USAGE_KEYS,
    measures: MODEL_USAGE_MEASURES,
    nullableMeasures: [],
    histograms: [],
    grains: ['hour', 'day'],
    derived: [],
  },
  {
    name: 'tool',
    keys: TOOL_KEYS,
    measures: TOOL_MEASURES,
    nullableMeasures: [],
    histograms: [],
    grains: ['hour', 'day'],
    derived: [],
  },
]

/** All rollup tables. */
export const ROLLUP_TABLES: readonly { table: string; grain: RollupGrain; rollups: Rollups }[] =
  FAMILIES.flatMap((family) => [family, ...family.derived]).flatMap((rollups) =>
    rollups.grains.map((grain) => ({ table: `${rollups.name}_${grain}`, grain, rollups })),
  )

/** All inboxes, the sessions' among them. */
export const INBOX_TABLES: readonly string[] = [
  ...FAMILIES.map(({ name }) => `${name}_inbox`),
  'session_inbox',
]

/** The columns of rollups in the order they are written. */
export function columnsOf({ keys, measures, nullableMeasures, histograms }: Rollups): string[] {
  return [...keys, ...measures, ...nullableMeasures, ...histograms]
}
