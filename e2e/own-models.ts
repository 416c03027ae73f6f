import { type APIRequestContext, expect } from '@playwright/test'
import { ownModel } from './own-model'
import { BEARER } from './server-under-test'

const DAY_MS = 86_400_000

/** A day that no other spec uses, young enough to be kept by the hour. */
export const MODELS_DAY = daysAgo(170)
export const MODELS_WINDOW = `from=${MODELS_DAY}&to=${daysAgo(169)}`

/** Models with known records on MODELS_DAY, for one spec file alone. */
export type OwnModels = { main: string; other: string; sparse: string; helios: string; polaris: string }

/**
 * Sends the known day. `main`: 30 requests at helios, 6 of 30 tool calls bad, and 10 that failed at polaris first;
 * 110 tokens each. `other`: 4 requests of 110 tokens. `sparse`: 3 requests.
 */
export async function sendOwnModels(request: APIRequestContext): Promise<OwnModels> {
  const main = ownModel()
  const run = main.replace('/', '-')
  const own = {
    main,
    other: ownModel(),
    sparse: ownModel(),
    helios: `helios-${run}`,
    polaris: `polaris-${run}`,
  }
  const { helios, polaris } = own
  const called = (verdict: string) => ({
    provider: helios,
    toolsOffered: 1,
    finishReason: 'tool_calls',
    toolCalls: [{ name: 'get_weather', verdict }],
  })
  const failedOver = {
    attempts: [
      { provider: polaris, errorClass: 'upstream_5xx', httpStatus: 503 },
      { provider: helios, httpStatus: 200, timeToFirstTokenMs: 200, durationMs: 700 },
    ],
  }
  const records = [
    ...times(24, { model: main, ...called('valid') }),
    ...times(6, { model: main, ...called('invalid_json') }),
    ...times(10, { model: main, ...failedOver }),
    ...times(4, { model: own.other, provider: helios }),
    ...times(3, { model: own.sparse, provider: helios }),
  ].map((record, index) => ({
    id: `${run}-${index}`,
    source: 'e2e-models',
    startedAt: `${MODELS_DAY}T10:30:00Z`,
    app: 'shop-bot',
    stream: true,
    promptTokens: 100,
    completionTokens: 10,
    httpStatus: 200,
    timeToFirstTokenMs: 200,
    durationMs: 700,
    ...record,
  }))
  const response = await request.post('/api/v1/ingest', { headers: BEARER, data: records })
  expect(await response.json()).toMatchObject({ accepted: records.length, rejected: [] })
  return own
}

function times(count: number, record: Record<string, unknown>): Record<string, unknown>[] {
  return Array.from({ length: count }, () => record)
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
}
