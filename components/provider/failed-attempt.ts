import type { LogRow } from '@/lib/analytics/logs/schema'
import type { ErrorClass } from '@/lib/records/vocabulary'

export type FailedAttempt = {
  model: string
  errorClass: ErrorClass
  httpStatus: number | null
  /** What people call who answered in its place; null when nobody did. */
  savedBy: string | null
}

/** The last attempt of a request that failed at a provider; null when none did. */
export function failedAttempt(
  row: Pick<LogRow, 'model' | 'provider' | 'providerName' | 'errorClass' | 'httpStatus' | 'earlierAttempts'>,
  provider: string,
): FailedAttempt | null {
  if (row.errorClass !== null && row.provider === provider) {
    return { model: row.model, errorClass: row.errorClass, httpStatus: row.httpStatus, savedBy: null }
  }
  const earlier = row.earlierAttempts.findLast((one) => one.provider === provider && one.errorClass !== null)
  if (earlier === undefined || earlier.errorClass === null) return null
  const { model, errorClass, httpStatus } = earlier
  return { model, errorClass, httpStatus, savedBy: row.errorClass === null ? row.providerName : null }
}
