import type { EndpointCandidate } from './candidate'
import type { Exchange } from './exchange'
import { GATEWAY_LIMITS } from './limits'
import { liveHealth } from './live-health.server'
import type { PlanStep } from './plan-schema'
import { whatFollows } from './what-follows'

/** The endpoints to be asked, one after the other, as what came of those before allows. */
export function* candidatesOf(exchange: Exchange): Generator<EndpointCandidate, void> {
  const refusedModels = new Set<string>()
  for (const step of exchange.plan.steps) {
    const last = exchange.attempts.at(-1)
    const following = last?.failure ? whatFollows(last.failure, last.httpStatus) : 'endpoint'
    if (following === 'nothing' || isOver(exchange)) return
    if (last && following === 'model') refusedModels.add(last.candidate.model)
    if (refusedModels.has(step.model)) continue
    const candidate = callableCandidate(step, exchange)
    if (candidate) yield candidate
  }
}

function isOver({ startedAtMs, clientSignal, attempts }: Exchange): boolean {
  if (attempts.length === 0) return false
  return clientSignal.aborted || Date.now() - startedAtMs >= GATEWAY_LIMITS.totalMs
}

/** The endpoint of a step; undefined when it has asked us to wait since the plan was made, or was disconnected. */
function callableCandidate(
  { model, endpointId }: PlanStep,
  { configuration }: Exchange,
): EndpointCandidate | undefined {
  if (!configuration.connections.has(endpointId)) return undefined
  if (liveHealth(Date.now())(endpointId).blockedBy === 'retry_after') return undefined
  return configuration.endpointsByModel.get(model)?.find((candidate) => candidate.endpointId === endpointId)
}
