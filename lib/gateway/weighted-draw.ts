import { createRandom } from '../platform/random'

/** All items in drawn order, each with its share of the weight at the start, 0–1. */
export type Draw = <Item>(
  items: readonly Item[],
  weightOf: (item: Item) => number,
) => { item: Item; share: number }[]

/**
 * A draw without replacement: the first is likelier the larger its weight, and so is each next one among those left.
 * The same seed and calls give the same order. Weights must be above 0.
 */
export function createDraw(seed: number): Draw {
  const random = createRandom(seed)
  return (items, weightOf) => {
    const weights = items.map(weightOf)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    // Efraimidis–Spirakis: ordering by -ln(u)/w draws without replacement in proportion to the weights.
    return items
      .map((item, index) => {
        const weight = weights[index] ?? 0
        return { item, share: weight / total, key: -Math.log(1 - random()) / weight }
      })
      .sort((a, b) => a.key - b.key)
      .map(({ item, share }) => ({ item, share }))
  }
}
