import { z } from 'zod'

/** What the watcher is told to do: open so many streams of numbered frames, and look at each frame. */
export const watchJob = z.object({
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  streams: z.number(),
  /** Frames that the upstream writes into each. */
  frames: z.number(),
  /** What stands in a complete answer. */
  marks: z.array(z.string()),
})
export type WatchJob = z.infer<typeof watchJob>

/** What it saw of all streams together; times in milliseconds. */
export const watchResult = z.object({
  /** Streams that were being read at the same time, at most. */
  mostAtOnce: z.number(),
  /** Frames that came, each counted once. */
  received: z.number(),
  lost: z.number(),
  /** Frames that came twice, or after a later one. */
  misplaced: z.number(),
  /** Frames that came more than 250 ms after the upstream wrote them. */
  late: z.number(),
  /** Streams without their tool call or their proper end. */
  unfinished: z.number(),
  /** From the upstream's write to the client's read. */
  p50DelayMs: z.number(),
  p99DelayMs: z.number(),
  longestDelayMs: z.number(),
  /** The longest pause between two frames of a stream. */
  longestGapMs: z.number(),
})
export type WatchResult = z.infer<typeof watchResult>
export const watchReply = z.union([z.object({ result: watchResult }), z.object({ problem: z.string() })])
