import type { EndpointCandidate } from './candidate'
import { demoteEndpoint } from './demote-endpoint'
import { excludeEndpoint } from './exclude-endpoint'
import type { WantedModel } from './model-variant'
import type { PlanInput } from './plan-input'
import type { Plan, PlanReason, PlanStep } from './plan-schema'
import { rankEndpoints, sortOf } from './rank-endpoints'
import { createDraw, type Draw } from './weighted-draw'
import { withKnownProviders } from './with-known-providers'

/**
 * In which order the endpoints of a request's models are tried, which are left out, and why. Pure: the gateway runs
 * it, the preset editor shows it, the log keeps its reasons. Never throws; a plan without steps says by its
 * exclusions why.
 *
 * Models come in the order asked for; with `sort.partition: none` all their endpoints are sorted together. Within a
 * model: without `order` and `sort`, the endpoint that served the same conversation comes first; else endpoints are
 * drawn at random, weighted by what an answer really costs there and how long it takes (effective-price.ts), and the
 * rest follow as fallbacks in drawn order; `order` and `sort` switch both off. Then some go behind the others,
 * keeping their order: those with an open circuit, those in an outage of the last 30 seconds, those with a poor
 * tool-call record when the request has tools, those that miss a preferred throughput or latency. Endpoints that
 * `order` names are sent back by an open circuit alone, and a `sort` is the caller's word on tool-call records too.
 * An endpoint that asked us to wait is not tried before its time.
 * Source of the rules: design.md §6 and OpenRouter's provider routing.
 */
export function plan(asked: PlanInput): Plan {
  const input = withKnownProviders(asked)
  const excluded: PlanStep[] = []
  const draw = createDraw(input.seed)
  const groups = groupByModel(input, excluded)
  const { partition } = sortOf(input.preferences)
  const ordered =
    partition === 'none'
      ? arrange(groups.flat(), input, draw, 0)
      : groups.flatMap((group, index) => arrange(group, inputFor(input.models[index], input), draw, index))
  return limit(ordered, excluded, input)
}

function groupByModel(input: PlanInput, excluded: PlanStep[]): EndpointCandidate[][] {
  const { preferences, needs } = input
  return input.models.map(({ model, variant }) => {
    const ofModel = input.endpoints.filter((endpoint) => endpoint.model === model)
    return ofModel.filter((endpoint) => {
      const isFreeWanted = variant === 'free'
      const reason = excludeEndpoint({ endpoint, preferences, needs, isFreeWanted })
      if (reason !== null) excluded.push(stepOf(endpoint, [reason]))
      return reason === null
    })
  })
}

/** What a model's variant sorts by. */
const SORT_OF_VARIANT = { nitro: 'throughput', floor: 'price', exacto: 'exacto', free: null } as const

/** The input as a model's own variant wants its endpoints sorted. */
function inputFor(wanted: WantedModel | undefined, input: PlanInput): PlanInput {
  const sort = wanted?.variant ? SORT_OF_VARIANT[wanted.variant] : null
  return sort === null ? input : { ...input, preferences: { ...input.preferences, sort } }
}

function arrange(
  endpoints: readonly EndpointCandidate[],
  input: PlanInput,
  draw: Draw,
  modelIndex: number,
): PlanStep[] {
  const ranked = rankEndpoints(endpoints, input, draw)
  for (const item of ranked) demoteEndpoint(item, input)
  // Array.sort is stable, so that a tier keeps the order its endpoints had.
  ranked.sort((a, b) => a.tier - b.tier)
  if (modelIndex > 0) {
    const reason = { rule: 'model_fallback', text: `fallback model ${modelIndex + 1}` } as const
    for (const item of ranked) item.reasons.unshift(reason)
  }
  return ranked.map(({ endpoint, reasons }) => stepOf(endpoint, reasons))
}

function limit(ordered: readonly PlanStep[], excluded: readonly PlanStep[], input: PlanInput): Plan {
  // Without fallbacks the first endpoint is the only one, even while it has to be waited for.
  const allowed = input.preferences.allow_fallbacks === false ? ordered.slice(0, 1) : ordered
  const waiting = allowed.filter((step) => waitMs(step, input) > 0)
  const ready = allowed.filter((step) => waitMs(step, input) <= 0)
  const because = (rule: PlanReason['rule'], text: string) => (step: PlanStep) => ({
    ...step,
    reasons: [...step.reasons, { rule, text }],
  })
  return {
    steps: ready.slice(0, input.maxAttempts),
    excluded: [
      ...excluded,
      ...waiting.map((step) =>
        because('retry_after', `asked us to wait ${Math.ceil(waitMs(step, input) / 1000)} s`)(step),
      ),
      ...ready
        .slice(input.maxAttempts)
        .map(because('attempt_budget', `beyond the budget of ${input.maxAttempts} attempts`)),
      ...ordered
        .slice(allowed.length)
        .map(because('allow_fallbacks', 'fallbacks are switched off, by provider.allow_fallbacks')),
    ],
  }
}

/** How long an endpoint's Retry-After still runs; zero or less = it may be called. */
function waitMs(step: PlanStep, { healthOf, nowMs }: PlanInput): number {
  const { blockedBy, blockedUntilMs } = healthOf(step.endpointId)
  return blockedBy === 'retry_after' && blockedUntilMs !== null ? blockedUntilMs - nowMs : 0
}

function stepOf(endpoint: EndpointCandidate, reasons: PlanReason[]): PlanStep {
  return { endpointId: endpoint.endpointId, model: endpoint.model, provider: endpoint.provider, reasons }
}
