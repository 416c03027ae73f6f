import { uptimeOf } from '../../health/derive-health'
import { type AttemptMeasures, countedErrorsOf } from '../attempt-figures'

/** Requests of a model by how they ended for the caller. */
export type RequestOutcomes = { requestsOk: number; requestsError: number }

/**
 * Request success beside attempt success, 0–1: what callers saw, and what they would see if nobody failed over. Each is
 * null while fewer than 20 count. Source of the definition: design.md §5, "Uptime".
 */
export function availabilityOf({
  requests,
  attempts,
}: {
  requests: RequestOutcomes
  attempts: AttemptMeasures
}) {
  const { requestsOk, requestsError } = requests
  return {
    withRouting: uptimeOf({
      attempts: requestsOk + requestsError,
      ok: requestsOk,
      countedErrors: requestsError,
    }),
    withoutRouting: uptimeOf({
      attempts: attempts.attempts,
      ok: attempts.ok,
      countedErrors: countedErrorsOf(attempts),
    }),
  }
}
