import { logsPath } from '@/components/logs/logs-path'
import type { WallEndpoint } from '@/lib/live/wall/group-cells'

/** The requests of the last day that went to an endpoint. */
export function endpointLogsPath({ model, provider }: WallEndpoint): `/${string}` {
  return logsPath({ period: '24h', model, provider })
}
