import { createApiKey } from '../access/manage-keys.server'
import { putEndpoint } from '../catalog/put-endpoint.server'
import { putProvider } from '../catalog/put-provider.server'
import { putProviderBody } from '../catalog/schema'
import { createDataPlane } from '../data-plane/data-plane.server'
import type { AttemptBudget } from '../gateway/exchange'
import { createRequestLog } from '../gateway/request-log.server'
import { readEnvironment } from '../platform/env.server'
import type { JsonObject } from '../platform/json-value'
import { createRecorder } from '../recorder/recorder.server'
import type { ApiShape } from '../records/vocabulary'
import { requestWith, userSays } from '../shapes/conformance/hub-values.fixture'
import type { Request as HubRequest } from '../shapes/hub'
import { shapeNamed } from '../shapes/registry'
import type { ScriptedProviders } from './scripted-providers.server'

/** A request of a client: what it says, or the text of its body. */
export type Sent = { shape: ApiShape; model: string; isStream?: boolean; body: JsonObject | string }
export type GatewayOfShapes = {
  send: (sent: Sent) => Promise<Response>
  post: (path: string, body: JsonObject) => Promise<Response>
  /** A model with an endpoint at each of these providers, which are connected. */
  connect: (
    model: string,
    providers: readonly { slug: string; shape: ApiShape; apiKey?: string }[],
  ) => Promise<void>
  close: () => Promise<void>
}

/** The gateway's real parts with scripted providers, for clients of every shape. */
export async function openGatewayOfShapes(
  providers: ScriptedProviders,
  budget: AttemptBudget,
): Promise<GatewayOfShapes> {
  const { DATABASE_URL: databaseUrl = '' } = readEnvironment()
  const recorder = createRecorder({ databaseUrl })
  const requestLog = createRequestLog(recorder)
  const dataPlane = createDataPlane({ recorder, requestLog, budget })
  const { key } = await createApiKey({
    name: 'shapes test',
    scopes: ['gateway', 'read'],
    requestsPerMinute: null,
    actor: 'test',
  })
  const post = async (url: string, body: string) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    return dataPlane.fetch(new Request(url, { method: 'POST', headers, body }))
  }
  return {
    send: (sent) => sendTo(post, sent),
    post: (path, body) => post(`http://gateway.test${path}`, JSON.stringify(body)),
    async connect(model, list) {
      for (const { slug, shape, apiKey } of list) {
        const body = { name: slug, apiShape: shape, baseUrl: providers.urlOf(shape, slug), apiKey }
        await putProvider({ slug, body: putProviderBody.parse(body), actor: 'test' })
        await putEndpoint({ body: { model, provider: slug }, actor: 'test', nowMs: Date.now() })
      }
    },
    async close() {
      await requestLog.close()
      await recorder.close()
    },
  }
}

/** A client's smallest request; the model is for whoever sends it. */
export function askOf(shape: ApiShape, fields: Partial<HubRequest> = {}): JsonObject {
  const request = requestWith({ messages: [userSays('Tide?')], ...fields })
  const { model: _model, ...body } = shapeNamed(shape).writeRequest(request, 'm')
  return body
}

function sendTo(
  post: (url: string, body: string) => Promise<Response>,
  { shape, model, isStream = false, body }: Sent,
): Promise<Response> {
  const { requestUrl, clientAddresses } = shapeNamed(shape)
  const [root = '/v1'] = clientAddresses?.prefixes ?? []
  const url = requestUrl({ baseUrl: `http://gateway.test/api${root}`, upstreamModel: model, isStream })
  const stream = clientAddresses === undefined && isStream ? { stream: true } : {}
  return post(url, typeof body === 'string' ? body : JSON.stringify({ model, ...stream, ...body }))
}
