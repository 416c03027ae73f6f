import { Prisma } from '@/prisma/generated/client'
import { alignWindow } from '../../time/cover'
import { horizonsAt } from '../../time/horizons'
import { resolveWindow } from '../../time/window'
import { addAttemptSums, addMeasures } from '../attempt-figures'
import { endpointSource } from '../endpoint-source.server'
import { readAttemptSums } from '../read-attempt-sums.server'
import { findModel } from './find-model.server'
import { launchOf } from './launch'
import { modelName } from './list-models'
import { availabilityOf } from './model-availability'
import { modelProviders } from './model-providers'
import { readFirstRequests } from './read-first-requests.server'
import { readModelApps } from './read-model-apps.server'
import { readModelEndpoints } from './read-model-endpoints.server'
import { readModelStanding, readModelUsage } from './read-model-usage.server'
import type { ModelPageAnswer, ModelQuery } from './schema'

const NO_ATTEMPTS = addAttemptSums([])

/**
 * Everything the page of one model says; a model's other name answers with the model. Reads rollups only. Throws
 * `not_found` for a name nobody has seen.
 */
export async function readModel(slug: string, query: ModelQuery, nowMs: number): Promise<ModelPageAnswer> {
  const found = await findModel(slug)
  const { id, modelIds, model, name, author, aliases, askedAs } = found
  const horizons = horizonsAt(nowMs)
  const window = alignWindow(resolveWindow(query, nowMs), horizons)
  const [endpoints, usage, standing, firstRequests, apps] = await Promise.all([
    readModelEndpoints(found),
    readModelUsage({ window, modelIds }),
    readModelStanding({ window, id }),
    readFirstRequests(),
    readModelApps({ window, horizons, modelIds }),
  ])
  const attempts = await readAttemptSums({
    source: endpointSource({ window, endpointIds: endpoints.map(({ endpointId }) => endpointId) }),
    key: Prisma.sql`endpoint_id`,
  })
  const totalTokens = usage.prompt_tokens + usage.completion_tokens
  return {
    from: new Date(window.fromMs).toISOString(),
    to: new Date(window.toMs).toISOString(),
    model,
    name: modelName({ model, name }),
    author,
    ...launchOf({ releasedOnMs: found.releasedOnMs, firstRequestMs: firstRequests.get(id) ?? null }),
    askedAs,
    aliases,
    totals: {
      totalTokens,
      promptTokens: usage.prompt_tokens,
      completionTokens: usage.completion_tokens,
      requests: usage.requests,
      costUsd: usage.cost_known > 0 ? usage.cost_micro_usd / 1_000_000 : null,
      share: standing.allTokens > 0 ? totalTokens / standing.allTokens : null,
      rank: standing.rank,
      models: standing.models,
    },
    providers: modelProviders(
      endpoints.map((endpoint) => ({ ...endpoint, sums: attempts.get(endpoint.endpointId) ?? NO_ATTEMPTS })),
    ),
    availability: availabilityOf({
      requests: { requestsOk: usage.requests_ok, requestsError: usage.requests_error },
      attempts: addMeasures([...attempts.values()]),
    }),
    toolFunnel: {
      requests: usage.tools_known,
      offered: usage.tools_offered,
      used: usage.tools_used,
      finishedByToolCall: usage.finished_by_tool_call,
    },
    apps,
  }
}
