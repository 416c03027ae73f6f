import { mixSeed } from '../platform/random'

/** Something that may be drawn; the id is what keeps its luck the same from draw to draw. */
type Weighted<Item> = { item: Item; id: number; weight: number }

/** All items in drawn order, each with its share of the weight, 0–1. */
export type Draw = <Item>(weighted: readonly Weighted<Item>[]) => { item: Item; share: number }[]

/**
 * A draw without replacement: the first is likelier the larger its weight, and so is each next one among those left.
 * With the same seed an item keeps its luck whoever else takes part, so that a weight that moves, or an item that comes
 * or goes, changes the order no more than it must (weighted rendezvous hashing). Weights must be above 0.
 */
export function createDraw(seed: number): Draw {
  return (weighted) => {
    const total = weighted.reduce((sum, { weight }) => sum + weight, 0)
    // Efraimidis–Spirakis: ordering by -ln(u)/w draws without replacement in proportion to the weights.
    return weighted
      .map(({ item, id, weight }) => ({
        item,
        share: weight / total,
        key: -Math.log(luck(seed, id)) / weight,
      }))
      .sort((a, b) => a.key - b.key)
      .map(({ item, share }) => ({ item, share }))
  }
}

/** Above 0 and up to 1, the same for the same seed and id. */
function luck(seed: number, id: number): number {
  return (mixSeed(seed, id) + 1) / 2 ** 32
}
