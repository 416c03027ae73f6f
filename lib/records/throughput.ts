/** What of an answer tells how fast it was generated; null = unknown. */
export type GenerationTimes = {
  completionTokens: number | null
  /** Whether it was streamed. */
  stream: boolean | null
  timeToFirstTokenMs: number | null
  durationMs: number | null
}

/**
 * Completion tokens per second: ÷ (duration − time to first token) when streaming, ÷ duration otherwise; null when one
 * of them is unknown or nothing was generated. Source of the definition: design.md §5, "Throughput".
 */
export function tokensPerSecondOf(times: GenerationTimes): number | null {
  const { completionTokens, stream, timeToFirstTokenMs, durationMs } = times
  if (completionTokens === null || durationMs === null) return null
  const generatingMs = durationMs - (stream ? (timeToFirstTokenMs ?? 0) : 0)
  return generatingMs > 0 && completionTokens > 0 ? (completionTokens / generatingMs) * 1000 : null
}
