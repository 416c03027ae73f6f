/**
 * What a request cost: all its attempts that a provider billed, those of no use to the client included. Null when of
 * none the cost is known. Source of the definition: design.md §5, "Cost".
 */
export function costOfAttempts(attempts: readonly { costMicroUsd: number | null }[]): number | null {
  let sum: number | null = null
  for (const { costMicroUsd } of attempts) if (costMicroUsd !== null) sum = (sum ?? 0) + costMicroUsd
  return sum
}

/**
 * What the last attempt of a request cost by itself: what the ones before it leave of the request's cost. Null when the
 * request's is not known, and when the others make up all of it. Only the request's cost and those of the attempts
 * before are stored, so that ingest, rebuild and pages all tell the last one's by this, whatever `attempts` says of it.
 */
export function costOfLastAttempt(
  requestCostMicroUsd: number | null,
  attempts: readonly { costMicroUsd: number | null }[],
): number | null {
  const before = attempts.length > 1 ? costOfAttempts(attempts.slice(0, -1)) : null
  if (requestCostMicroUsd === null || before === null || before === 0) return requestCostMicroUsd
  return requestCostMicroUsd > before ? requestCostMicroUsd - before : null
}
