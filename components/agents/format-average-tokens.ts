import { formatExact } from '@/lib/platform/format'

/** An average in whole tokens; one that would round to none, and is not, is said to be less than one. */
export function formatAverageTokens(tokens: number): string {
  return tokens > 0 && tokens < 0.5 ? '<1' : formatExact(tokens)
}
