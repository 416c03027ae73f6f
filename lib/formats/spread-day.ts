import { type JsonObject, withoutUndefined } from '../platform/json-value'
import type { Draft } from './format'

const DAY_MS = 86_400_000
/** Beyond it the row is a mistake of unit, or too large to be told request by request. */
const MOST_REQUESTS = 100_000

/** Sums of a day that a report gives instead of its requests; undefined = not said. */
export type DaySums = Partial<
  Record<
    'promptTokens' | 'cachedTokens' | 'cacheWriteTokens' | 'completionTokens' | 'reasoningTokens' | 'costUsd',
    number
  >
>

/**
 * The requests that a row of sums stands for, so that counts and sums of the day are its own: `requests` equal ones, even
 * over the UTC day, each with its share of the tokens and the last ones with what is left over. Null when the count is
 * none from 1 to 100,000.
 */
export function spreadDay({
  key,
  dayMs,
  requests,
  sums,
  draft,
}: {
  /** Tells the row from others of the report. */
  key: string
  dayMs: number
  requests: number | undefined
  sums: DaySums
  draft: Draft
}): Draft[] | null {
  if (requests === undefined || requests < 1 || requests > MOST_REQUESTS) return null
  const { costUsd, ...tokens } = sums
  return Array.from({ length: requests }, (_, position) => {
    const own: JsonObject = {}
    for (const [name, sum] of Object.entries(tokens)) {
      if (sum !== undefined)
        own[name] = Math.floor((sum * (position + 1)) / requests) - Math.floor((sum * position) / requests)
    }
    return {
      ...draft,
      ...withoutUndefined(own),
      ...(costUsd === undefined ? {} : { costUsd: microShare(costUsd, position, requests) }),
      id: `${key}#${position}`.slice(-256),
      startedAt: new Date(dayMs + Math.floor((DAY_MS * position) / requests)).toISOString(),
    }
  })
}

/** Whole millionths of a dollar, which add up to the sum. */
function microShare(usd: number, position: number, requests: number): number {
  const micro = Math.round(usd * 1e6)
  return (Math.floor((micro * (position + 1)) / requests) - Math.floor((micro * position) / requests)) / 1e6
}
