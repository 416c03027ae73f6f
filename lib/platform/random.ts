/** A seeded source of numbers in [0, 1). The same seed gives the same sequence on every machine. */
export type Random = () => number

const UINT32 = 2 ** 32

/** Mixes whole numbers (up to 2^53) into one 32-bit seed; close inputs give unrelated seeds. */
export function mixSeed(...parts: number[]): number {
  let hash = 0x9e3779b9
  for (const part of parts) {
    hash = scramble(hash ^ (part >>> 0))
    hash = scramble(hash ^ Math.floor(part / UINT32))
  }
  return hash >>> 0
}

/** One number in [0, 1) for a key of whole numbers: a draw that needs no sequence. */
export function drawFor(...parts: number[]): number {
  return mixSeed(...parts) / UINT32
}

/** The sfc32 generator: 128 bits of state, passes PractRand, a few nanoseconds a draw. */
export function createRandom(seed: number): Random {
  let a = scramble(seed ^ 0x243f6a88)
  let b = scramble(seed ^ 0x85a308d3)
  let c = scramble(seed ^ 0x13198a2e)
  let counter = 1
  return () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / UINT32
  }
}

/** Uniform in [from, to). */
export function between(random: Random, from: number, to: number): number {
  return from + random() * (to - from)
}

/** Log-normal with this median; `spread` is the standard deviation of the logarithm. */
export function logNormal(random: Random, median: number, spread: number): number {
  // 1 - u keeps the logarithm away from zero.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return median * Math.exp(spread * normal)
}

/** Largest mean that one inversion can take before exp(-mean) loses its precision. */
const LARGEST_STEP = 200

/**
 * A Poisson count with this mean, by inversion: for the same draws a larger mean never gives a smaller count.
 * That is what lets two worlds with different growth agree on the first records of a minute.
 */
export function poisson(random: Random, mean: number): number {
  let count = 0
  for (let left = mean; left > 0; left -= LARGEST_STEP)
    count += invert(random(), Math.min(left, LARGEST_STEP))
  return count
}

function invert(draw: number, mean: number): number {
  let probability = Math.exp(-mean)
  let cumulative = probability
  let count = 0
  while (draw > cumulative && count < 2000) {
    count += 1
    probability *= mean / count
    cumulative += probability
  }
  return count
}

/** Running sums of weights, for `pickIndex`. */
export function cumulate(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length)
  let sum = 0
  weights.forEach((weight, index) => {
    sum += weight
    sums[index] = sum
  })
  return sums
}

/** The index a draw in [0, 1) falls on, each index as likely as its weight. */
export function pickIndex(cumulative: Float64Array, draw: number): number {
  const target = draw * (cumulative[cumulative.length - 1] ?? 0)
  let low = 0
  let high = cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cumulative[middle] ?? 0) > target) high = middle
    else low = middle + 1
  }
  return low
}

/** One element, all equally likely. The list must not be empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[Math.floor(random() * list.length)]
  if (chosen === undefined) throw new Error('pick needs a list that is not empty')
  return chosen
}

function scramble(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return mixed ^ (mixed >>> 16)
}
