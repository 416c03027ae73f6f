const PATTERN = /^gen-(\d{13})-[0-9a-f]{20}$/

/**
 * `gen-`, the start of the request in epoch milliseconds, and 20 hex digits (80 random bits) of a random UUID, whose
 * entropy Node draws ahead: fresh random bytes cost ten times as much.
 */
export function generationId(startedAtMs: number, randomUuid: string): string {
  // Between these stand the digits that say which kind of UUID it is.
  return `gen-${startedAtMs}-${randomUuid.slice(0, 8)}${randomUuid.slice(-12)}`
}

/** When a generation started, read from its id; null when it is none of ours. Facts are found by their start. */
export function startOfGeneration(id: string): number | null {
  const digits = PATTERN.exec(id)?.[1]
  return digits === undefined ? null : Number(digits)
}
