const PATTERN = /^gen-(\d{13})-[0-9A-Za-z]{20}$/

/** `gen-`, the start of the request in epoch milliseconds, and 20 characters nobody else draws. */
export function generationId(startedAtMs: number, random: string): string {
  return `gen-${startedAtMs}-${random}`
}

/** When a generation started, read from its id; null when it is none of ours. Facts are found by their start. */
export function startOfGeneration(id: string): number | null {
  const digits = PATTERN.exec(id)?.[1]
  return digits === undefined ? null : Number(digits)
}
