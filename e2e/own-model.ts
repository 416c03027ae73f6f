import { type APIRequestContext, expect } from '@playwright/test'
import { BEARER } from './server-under-test'

const RUN = Date.now().toString(36)
let named = 0

/** A model nobody else sends, also when specs run twice on one server; its name is no part of another's. */
export function ownModel(): string {
  named += 1
  return `e2e-${RUN}/model-${String(named).padStart(4, '0')}`
}

/** What Rankings says of a model over the last week, itself a moment ago; null when it is not there. */
export async function rankingOf(request: APIRequestContext, model: string) {
  const response = await request.get('/api/rankings?by=model&period=7d', { headers: BEARER })
  expect(response.status()).toBe(200)
  const { rows } = await response.json()
  const row = rows.find((one: { key: string }) => one.key === model)
  if (!row) return null
  const { requests, promptTokens, completionTokens } = row
  return { requests, promptTokens, completionTokens }
}
