import { cumulate } from '../platform/random'
import type { SimulatedModel } from './build-models'
import type { World } from './world'

const DAY_MS = 86_400_000
const RISE_DAYS = 6
/** What an old model keeps of its peak: somebody always pins it. */
const REMNANT = 0.02
const KEPT_DAYS = 8

export type ModelWeights = { human: Float64Array; agentic: Float64Array }

/**
 * How much a model is asked for at a moment: nothing before its launch, a steep rise, then a decline by its half-life
 * with slow swings.
 */
export function popularityAt(model: SimulatedModel, timeMs: number): number {
  const ageDays = (timeMs - model.launchedAtMs) / DAY_MS
  if (ageDays < 0) return 0
  const rise = 1 - Math.exp(-(ageDays + 0.3) / RISE_DAYS)
  const decline = REMNANT + (1 - REMNANT) * 0.5 ** (ageDays / model.halfLifeDays)
  const turns = timeMs / DAY_MS / model.swingDays + model.swingPhase
  return model.weight * rise * decline * Math.exp(0.35 * Math.sin(2 * Math.PI * turns))
}

/** Running sums of model weights by UTC day; keeps the last days worked out, so make one per run. */
export function createModelWeights(world: World): (timeMs: number) => ModelWeights {
  const known = new Map<number, ModelWeights>()
  return (timeMs) => {
    const day = Math.floor(timeMs / DAY_MS)
    const found = known.get(day)
    if (found) return found
    const weights = world.models.map((model) => popularityAt(model, (day + 0.5) * DAY_MS))
    const made = {
      human: cumulate(weights.map((weight, index) => weight / (world.models[index]?.agenticLift ?? 1))),
      agentic: cumulate(weights.map((weight, index) => weight * (world.models[index]?.agenticLift ?? 1))),
    }
    known.set(day, made)
    const oldest = known.keys().next().value
    if (known.size > KEPT_DAYS && oldest !== undefined) known.delete(oldest)
    return made
  }
}
