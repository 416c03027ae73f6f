import { type LogsFilter, logsPath } from '@/components/logs/logs-path'
import type { Bucket } from '@/lib/charts/time-axis'

/** The requests behind one column of a provider's chart. */
export function bucketLogsPath({
  slug,
  bucket,
  filter = {},
}: {
  slug: string
  bucket: Bucket
  filter?: LogsFilter
}): `/${string}` {
  return logsPath({
    from: new Date(bucket.startMs).toISOString(),
    to: new Date(bucket.endMs).toISOString(),
    provider: slug,
    ...filter,
  })
}
