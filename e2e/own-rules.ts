import { type APIRequestContext, expect } from '@playwright/test'
import { BEARER } from './server-under-test'
import { ownName } from './simulated-upstream'

export const RULES = '/api/v1/use-case-rules'
const made = new Set<string>()

export type RuleInput = { app?: string; tool?: string; systemPrompt?: string; enabled?: boolean }

/** Adds a rule for a use case of its own, after all that are there; answers it. */
export async function addRule(
  request: APIRequestContext,
  { useCase = ownName('case'), ...patterns }: RuleInput & { useCase?: string },
): Promise<{ id: string; useCase: string }> {
  const answer = await request.post(RULES, { headers: BEARER, data: { useCase, ...patterns } })
  expect(answer.status(), await answer.text()).toBe(201)
  const { rule } = await answer.json()
  made.add(rule.id)
  return rule
}

/** Deletes the rules of a spec that is over: they would give their use case to the requests of others. */
export async function deleteOwnRules(request: APIRequestContext): Promise<void> {
  for (const id of made) await request.delete(`${RULES}/${id}`, { headers: BEARER })
  made.clear()
}

/** The use cases of a model's requests and how many each has, as Rankings count them a moment later. */
export async function useCasesOf(
  request: APIRequestContext,
  model: string,
  candidates: readonly string[],
): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const useCase of candidates) {
    const parameters = new URLSearchParams({ by: 'model', period: '24h', useCase })
    const answer = await request.get(`/api/rankings?${parameters}`, { headers: BEARER })
    expect(answer.status(), await answer.text()).toBe(200)
    const { rows } = await answer.json()
    const row = rows.find((one: { key: string }) => one.key === model)
    if (row) found[useCase] = row.requests
  }
  return found
}
