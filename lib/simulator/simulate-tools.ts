import type { WireToolCall } from '../formats/sightglass/schema'
import { cumulate, pickIndex, type Random } from '../platform/random'
import type { ToolVerdict } from '../records/vocabulary'
import type { SimulatedModel } from './build-models'
import type { SimulatedProvider } from './build-providers'
import { TOOLS } from './invented-names'

const OFFERED_RATE = { human: 0.231, agentic: 0.93 }
/** Of requests with tools, those whose answer calls one; each provider's readiness comes on top. */
const USED_RATE = { human: 0.6, agentic: 0.95 }
const MOST_LIKELY_USE = 0.99

const TOOL_WEIGHTS = cumulate(TOOLS.map((_, index) => 1 / (index + 1)))

const DETAILS = {
  invalid_json: 'The arguments end in the middle of a string.',
  unknown_name: 'No tool of this name was offered.',
  schema_mismatch: 'A required property is missing.',
} as const satisfies Partial<Record<ToolVerdict, string>>

/** How many tools a request offers; 0 = none. Agents bring a whole bench, chat products one or two. */
export function drawToolsOffered(random: Random, kind: 'human' | 'agentic'): number {
  if (random() >= OFFERED_RATE[kind]) return 0
  return kind === 'human' ? 1 + Math.floor(random() * 3) : 4 + Math.floor(28 * random() ** 2)
}

/** The tool calls of an answer to a request that offered tools; empty when the model answered in words. */
export function drawToolCalls({
  random,
  kind,
  model,
  provider,
}: {
  random: Random
  kind: 'human' | 'agentic'
  model: SimulatedModel
  provider: SimulatedProvider
}): WireToolCall[] {
  if (random() >= Math.min(MOST_LIKELY_USE, USED_RATE[kind] * provider.toolReadiness)) return []
  const many = random()
  const count = many < 0.76 ? 1 : many < 0.93 ? 2 : 3 + Math.floor(random() * 3)
  return Array.from({ length: count }, () => drawToolCall(random, model, provider))
}

function drawToolCall(random: Random, model: SimulatedModel, provider: SimulatedProvider): WireToolCall {
  const verdict = drawVerdict(random() / model.carelessness, provider)
  const name = TOOLS[pickIndex(TOOL_WEIGHTS, random())] ?? 'search'
  if (verdict === 'valid') return { name, verdict }
  return { name: verdict === 'unknown_name' ? `${name}_v2` : name, verdict, detail: DETAILS[verdict] }
}

function drawVerdict(
  draw: number,
  { invalidJsonRate, unknownNameRate, schemaMismatchRate }: SimulatedProvider,
): 'valid' | keyof typeof DETAILS {
  if (draw < invalidJsonRate) return 'invalid_json'
  if (draw < invalidJsonRate + unknownNameRate) return 'unknown_name'
  return draw < invalidJsonRate + unknownNameRate + schemaMismatchRate ? 'schema_mismatch' : 'valid'
}
