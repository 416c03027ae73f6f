import { CONTEXT_LENGTHS } from '../../../records/context-length'
import type { ContextLengthRow } from './schema'

/** Sums of one class; `index` is its position in CONTEXT_LENGTHS. */
export type ContextLengthSums = {
  index: number
  requests: number
  agenticRequests: number
  humanRequests: number
  totalTokens: number
}

/** All classes of length, shortest first, with their share of the requests whose length is known. */
export function deriveContextLengths(sums: readonly ContextLengthSums[]): ContextLengthRow[] {
  const all = sums.reduce((total, { requests }) => total + requests, 0)
  return CONTEXT_LENGTHS.map((contextLength, index) => {
    const found = sums.find((one) => one.index === index)
    const { requests, agenticRequests, humanRequests, totalTokens } = found ?? NOTHING
    return {
      contextLength,
      requests,
      agenticRequests,
      humanRequests,
      unknownRequests: requests - agenticRequests - humanRequests,
      totalTokens,
      share: all > 0 ? requests / all : null,
    }
  })
}

const NOTHING = { requests: 0, agenticRequests: 0, humanRequests: 0, totalTokens: 0 }
