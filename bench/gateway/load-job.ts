import { z } from 'zod'

/** What the load client is told to do: over some connections, each with one request at a time, until the time or the number is up. */
export const loadJob = z.object({
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  connections: z.number(),
  /** Not counted: until everything behind an answer, such as recording, runs as it will run on. */
  leadInMs: z.number(),
  /** Then counted: this long, or until this many requests were sent, the lead-in's among them. */
  measure: z.union([z.object({ ms: z.number() }), z.object({ requests: z.number() })]),
})
export type LoadJob = z.infer<typeof loadJob>

/** What it saw; times in milliseconds. */
export const loadResult = z.object({
  /** With the lead-in. */
  sent: z.number(),
  requestsPerSecond: z.number(),
  p50Ms: z.number(),
  p99Ms: z.number(),
})
export type LoadResult = z.infer<typeof loadResult>
export const loadReply = z.union([z.object({ result: loadResult }), z.object({ problem: z.string() })])
