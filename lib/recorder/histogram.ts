/**
 * Log-spaced histogram bins, 4 % wide: bin b holds values in [1.04^b, 1.04^(b+1)). Read back at the geometric middle,
 * a value is at most 2 % off. Sparse histograms of the same bins are merged by adding counts.
 */
const BIN_RATIO = 1.04
const LOG_BIN_RATIO = Math.log(BIN_RATIO)
/** Everything at or below is one bin: no latency or rate we chart is smaller. */
const SMALLEST = 0.001

/**
 * Postgres keeps a histogram as a bigint list, an entry `((bin + 1000) << 40) + count`; a bin may stand in it more than
 * once, so that adding two histograms is a concatenation.
 */
const BIN_OFFSET = 1000
const COUNT_RANGE = 2 ** 40
/** Counts are signed: a retraction has them below zero. */
const HALF_RANGE = COUNT_RANGE / 2
/** Bins with the offset lie below: the largest integer a double holds exactly, per millisecond, is bin 1,113. */
const OFFSET_BINS = 4096

/** The bin of a value in any positive unit. Zero and less go to the lowest bin. */
export function histogramBin(value: number): number {
  return Math.floor(Math.log(Math.max(value, SMALLEST)) / LOG_BIN_RATIO)
}

/** `histogramBin` of a number in SQL. */
export function histogramBinSql(value: string): string {
  return `floor(ln(greatest((${value})::float8, ${SMALLEST})) / ln(${BIN_RATIO}::float8))`
}

/** The value a bin stands for: its geometric middle, in the unit that went in. */
export function histogramValue(bin: number): number {
  return BIN_RATIO ** (bin + 0.5)
}

/** Counts by bin as the entries Postgres keeps; exact, being below 2^53. */
export function histogramEntries(countByBin: ReadonlyMap<number, number>): number[] {
  return Array.from(countByBin, ([bin, count]) => (bin + BIN_OFFSET) * COUNT_RANGE + count)
}

/** Entries as Postgres keeps them, back as counts by bin in ascending order; repeated bins are added up. */
export function readHistogram(entries: readonly number[]): Map<number, number> {
  countEntries(entries)
  const countByBin = new Map<number, number>()
  tellCounts((offsetBin, count) => countByBin.set(offsetBin - BIN_OFFSET, count))
  return countByBin
}

/**
 * Entries of stored histograms as `string_agg(array_send(column), '')` gives them, each bin once: adding up thousands of
 * lists here takes a fraction of what Postgres needs. Source of the format: `array_send` of PostgreSQL
 * (src/backend/utils/adt/arrayfuncs.c): dimensions, flags and element type as 32 bits each; for each dimension (an empty
 * array has none) its length and lower bound; then each element's length and big-endian value.
 */
export function readSentHistograms(sent: Uint8Array): number[] {
  forgetCounts()
  const view = new DataView(sent.buffer, sent.byteOffset, sent.byteLength)
  let at = 0
  while (at < view.byteLength) {
    const isEmpty = view.getInt32(at) === 0
    at += 12
    if (isEmpty) continue
    const length = view.getInt32(at)
    at += 8
    for (const end = at + 12 * length; at < end; at += 12) {
      countEntry(view.getUint32(at + 4) * 2 ** 32 + view.getUint32(at + 8))
    }
  }
  const entries: number[] = []
  tellCounts((offsetBin, count) => entries.push(offsetBin * COUNT_RANGE + count))
  return entries
}

/**
 * The `fraction` quantile (0–1) of a histogram, within 2 % of the exact one by the nearest-rank definition.
 * Null when it is empty.
 */
export function histogramQuantile(entries: readonly number[], fraction: number): number | null {
  return histogramQuantiles(entries, [fraction])[0] ?? null
}

/** Several quantiles of one histogram, as by `histogramQuantile`; each null when it is empty. */
export function histogramQuantiles(
  entries: readonly number[],
  fractions: readonly number[],
): (number | null)[] {
  countEntries(entries)
  let total = 0
  const bins: { bin: number; upTo: number }[] = []
  tellCounts((offsetBin, count) => {
    total += count
    bins.push({ bin: offsetBin - BIN_OFFSET, upTo: total })
  })
  return fractions.map((fraction) => {
    const rank = Math.max(1, Math.ceil(fraction * total))
    const found = bins.find(({ upTo }) => upTo >= rank)
    return found ? histogramValue(found.bin) : null
  })
}

/** Where histograms are added up, one after the other: a page reads thousands. Each begins with `forgetCounts`. */
const counts = new Float64Array(OFFSET_BINS)
let lowest = counts.length
let highest = -1

function forgetCounts(): void {
  counts.fill(0, lowest, highest + 1)
  lowest = counts.length
  highest = -1
}

function countBin(offsetBin: number, count: number): void {
  counts[offsetBin] = (counts[offsetBin] ?? 0) + count
  if (offsetBin < lowest) lowest = offsetBin
  if (offsetBin > highest) highest = offsetBin
}

function countEntries(entries: readonly number[]): void {
  forgetCounts()
  for (const entry of entries) countEntry(entry)
}

function countEntry(entry: number): void {
  const offsetBin = Math.floor((entry + HALF_RANGE) / COUNT_RANGE)
  countBin(offsetBin, entry - offsetBin * COUNT_RANGE)
}

/** Tells what was counted, in ascending order of bins. */
function tellCounts(tell: (offsetBin: number, count: number) => void): void {
  for (let offsetBin = lowest; offsetBin <= highest; offsetBin++) {
    const count = counts[offsetBin] ?? 0
    if (count > 0) tell(offsetBin, count)
  }
}
