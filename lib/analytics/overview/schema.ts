import { z } from 'zod'
import { windowParameters } from '../../time/window-parameters'

export const overviewQuery = windowParameters
export type OverviewQuery = z.infer<typeof overviewQuery>

/** A number of the window beside the same number of the preceding equal window. Null = not known, not zero. */
export const compared = z.object({
  value: z.number().nullable(),
  previous: z.number().nullable(),
  /** (value − previous) ÷ previous; for ratios: value − previous, in points of 0–1. Null when either is unknown. */
  change: z.number().nullable(),
})
export type Compared = z.infer<typeof compared>

export const overviewAnswer = z.object({
  from: z.string(),
  to: z.string(),
  requests: compared,
  totalTokens: compared,
  /** US dollars over the requests whose cost is known. */
  costUsd: compared,
  /** ok ÷ (ok + errors) over requests; rate limits, invalid requests, refusals and cancellations are left out. */
  successRate: compared,
  /** Agentic tokens ÷ (agentic + human + unknown tokens), of chats and completions. */
  agenticShare: compared,
  /** Chats and completions that ended by a tool call ÷ those whose tools are known; the end of the tool funnel. */
  finishedByToolCallShare: compared,
  /** The two steps before: requests that offered tools ÷ those whose tools are known, and used one ÷ that offered some. */
  toolsOfferedShare: z.number().nullable(),
  toolsUsedShare: z.number().nullable(),
  /** Requests whose cost is known, of all: says how far `costUsd` can be trusted. */
  costKnownShare: z.number().nullable(),
  /** Start of the first and of the newest request ever recorded, ISO; null when there is none yet. */
  newestRequestAt: z.string().nullable(),
})
export type OverviewAnswer = z.infer<typeof overviewAnswer>
