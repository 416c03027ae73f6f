/**
 * Log-spaced histogram bins, 4 % wide: bin b holds values in [1.04^b, 1.04^(b+1)). Read back at the geometric middle,
 * a value is at most 2 % off. Sparse histograms of the same bins are merged by adding counts.
 */
const BIN_RATIO = 1.04
const LOG_BIN_RATIO = Math.log(BIN_RATIO)
/** Everything at or below is one bin: no latency or rate we chart is smaller. */
const SMALLEST = 0.001

/** Bins and how often each was hit; `bins` ascending, both of one length. */
export type SparseHistogram = { bins: number[]; counts: number[] }

/** The bin of a value in any positive unit. Zero and less go to the lowest bin. */
export function histogramBin(value: number): number {
  return Math.floor(Math.log(Math.max(value, SMALLEST)) / LOG_BIN_RATIO)
}

/** The value a bin stands for: its geometric middle, in the unit that went in. */
export function histogramValue(bin: number): number {
  return BIN_RATIO ** (bin + 0.5)
}

/**
 * The `fraction` quantile (0–1) of a histogram, within 2 % of the exact one by the nearest-rank definition.
 * Null when it is empty.
 */
export function histogramQuantile({ bins, counts }: SparseHistogram, fraction: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const rank = Math.max(1, Math.ceil(fraction * total))
  let seen = 0
  for (const [index, count] of counts.entries()) {
    seen += count
    if (seen >= rank) return histogramValue(bins[index] ?? 0)
  }
  return null
}
