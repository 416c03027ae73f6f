import type { Hono } from 'hono'
import { authenticateRequest } from '../access/authenticate-key.server'
import { requireReader } from '../access/guard.server'
import { readEndpointHealth } from '../health/read-endpoint-health.server'
import { AppError } from '../platform/errors'
import { answered } from './answered.server'
import { anthropicModel, anthropicModels } from './present-anthropic-models'
import { presentModel, presentModelEndpoints, presentModels } from './present-models'
import { currentConfiguration } from './read-configuration.server'

const MODELS = '/api/v1/models'
const ENDPOINTS = /^(.+)\/endpoints$/

/**
 * `GET /api/v1/models` and what is below it: OpenRouter's list, which is OpenAI's with more fields, or Anthropic's for a
 * client that says `anthropic-version`. Agents fill their pickers from it before anybody gave them a key, so it is
 * readable without one while Rankings are; presets, which are nobody else's business, only with one.
 */
export function mountModels(app: Hono): void {
  app.get(MODELS, ({ req }) =>
    answered(async () => {
      const isKnown = await isCaller(req.raw)
      const configuration = await currentConfiguration()
      const { data } = presentModels(configuration, { withPresets: isKnown })
      return isAnthropic(req.raw) ? anthropicModels(data) : { object: 'list', data }
    }),
  )
  app.get(`${MODELS}/*`, ({ req }) =>
    answered(async () => {
      const isKnown = await isCaller(req.raw)
      const id = decodePath(new URL(req.url).pathname.slice(MODELS.length + 1).replace(/\/+$/, ''))
      const modelOfEndpoints = ENDPOINTS.exec(id)?.[1]
      if (modelOfEndpoints !== undefined) return readEndpoints(modelOfEndpoints)
      const model = presentModel(id, await currentConfiguration(), { withPresets: isKnown })
      if (!model)
        throw new AppError('not_found', `No provider serves ${id}. GET ${MODELS} lists what there is.`)
      return isAnthropic(req.raw) ? anthropicModel(model) : model
    }),
  )
}

function isAnthropic({ headers }: Request): boolean {
  return headers.has('anthropic-version')
}

/** Whether a key or a person asks; false = anybody, while Rankings are public. Throws `unauthorized` otherwise. */
async function isCaller(request: Request): Promise<boolean> {
  const key = await authenticateRequest(request.headers)
  if (key?.scopes.includes('gateway')) return true
  const reader = await requireReader(request, { allowPublic: true })
  return reader.kind !== 'anonymous'
}

/** A model's name holds a slash, which clients encode or not. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch (cause) {
    throw new AppError('bad_request', `${path} is no path: expected %25 for a percent sign.`, { cause })
  }
}

async function readEndpoints(model: string) {
  const configuration = await currentConfiguration()
  const endpointIds = (configuration.endpointsByModel.get(model) ?? []).map(({ endpointId }) => endpointId)
  const health = await readEndpointHealth({
    nowMs: Date.now(),
    endpointIds,
    percentiles: '5_and_30_minutes',
  })
  const answer = presentModelEndpoints(model, configuration, health)
  if (!answer) throw new AppError('not_found', `No provider serves ${model}.`)
  return answer
}
