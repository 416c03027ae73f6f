/** z of a two-sided 95 % interval. */
const Z = 1.959964

/**
 * 95 % Wilson score interval of a share, `hits` of `sample`, both ends 0–1; null when the sample is empty. Unlike the
 * plain normal interval it stays within 0–1 and is not empty at 0 or at all of them.
 * Source of the definition: design.md §5, "Tool-call error rate of an endpoint"; Wilson 1927, without continuity
 * correction.
 */
export function wilsonInterval({
  hits,
  sample,
}: {
  hits: number
  sample: number
}): { low: number; high: number } | null {
  if (sample <= 0) return null
  const share = hits / sample
  const zz = (Z * Z) / sample
  const centre = share + zz / 2
  const reach = Z * Math.sqrt((share * (1 - share)) / sample + zz / (4 * sample))
  return {
    // Exact where rounding would leave a speck beside the end of the scale.
    low: hits === 0 ? 0 : Math.max(0, (centre - reach) / (1 + zz)),
    high: hits === sample ? 1 : Math.min(1, (centre + reach) / (1 + zz)),
  }
}
