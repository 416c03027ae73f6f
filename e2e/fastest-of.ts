const MOST_TRIES = 3

/**
 * The least of up to three measurements, in milliseconds; the first that is within the limit is enough. A stall of the
 * machine delays one of them, a slow product all.
 */
export async function fastestOf(withinMs: number, measure: () => Promise<number>): Promise<number> {
  let fastestMs = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < MOST_TRIES && fastestMs > withinMs; tries++) {
    fastestMs = Math.min(fastestMs, await measure())
  }
  return fastestMs
}
