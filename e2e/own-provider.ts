import { type APIRequestContext, expect } from '@playwright/test'
import { ownModel } from './own-model'
import { BEARER } from './server-under-test'
import { ownName } from './simulated-upstream'

/** A provider and a model that only one test knows, heard of from logs. */
export type OwnProvider = { provider: string; model: string }

export function ownProvider(): OwnProvider {
  return { provider: ownName('logged'), model: ownModel() }
}

let sent = 0

/** Logs requests to a provider, a moment ago unless told otherwise; resolves once they are committed. */
export async function logRequests(
  request: APIRequestContext,
  { provider, model }: OwnProvider,
  requests: readonly { httpStatus: number; at?: string }[],
): Promise<void> {
  const data = requests.map(({ httpStatus, at = new Date().toISOString() }) => {
    sent += 1
    return {
      id: `${provider}-${sent}`,
      source: 'e2e-providers',
      startedAt: at,
      model,
      provider,
      httpStatus,
      durationMs: 900,
      timeToFirstTokenMs: 200,
      promptTokens: 100,
      completionTokens: 10,
    }
  })
  const response = await request.post('/api/v1/ingest', { headers: BEARER, data })
  expect(await response.json()).toEqual({ accepted: data.length, amended: 0, duplicates: 0, rejected: [] })
}

/** That many answers of one status. */
export function times(count: number, httpStatus: number, at?: string) {
  return Array.from({ length: count }, () => (at === undefined ? { httpStatus } : { httpStatus, at }))
}
