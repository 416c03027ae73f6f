import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type {
  CreateUseCaseRuleBody,
  PatchUseCaseRuleBody,
  PreviewUseCaseRulesAnswer,
  PreviewUseCaseRulesBody,
  UseCaseRuleAnswer,
  UseCaseRulesAnswer,
} from '@/lib/use-cases/schema'

const RULES_URL = '/api/v1/use-case-rules'

/** `GET /api/v1/use-case-rules`: all, in the order in which they are tried. */
export function rulesQueryOptions() {
  return queryOptions({
    queryKey: ['use-case-rules'],
    queryFn: ({ signal }) => fetchJson<UseCaseRulesAnswer>({ url: RULES_URL, signal }),
  })
}

/** `POST /api/v1/use-case-rules/preview`: what a draft would have done to the newest requests; nothing is changed. */
export function rulePreviewQueryOptions(body: PreviewUseCaseRulesBody) {
  return queryOptions({
    queryKey: ['use-case-rules-preview', body],
    queryFn: ({ signal }) =>
      fetchJson<PreviewUseCaseRulesAnswer>({ url: `${RULES_URL}/preview`, method: 'POST', body, signal }),
    placeholderData: keepPreviousData,
  })
}

/** `POST /api/v1/use-case-rules`. */
export function createRule(body: CreateUseCaseRuleBody): Promise<UseCaseRuleAnswer> {
  return fetchJson<UseCaseRuleAnswer>({ url: RULES_URL, method: 'POST', body })
}

/** `PATCH /api/v1/use-case-rules/:id`. */
export function patchRule({
  id,
  patch,
}: {
  id: string
  patch: PatchUseCaseRuleBody
}): Promise<UseCaseRuleAnswer> {
  return fetchJson<UseCaseRuleAnswer>({ url: `${RULES_URL}/${id}`, method: 'PATCH', body: patch })
}

/** `PUT /api/v1/use-case-rules/order`. */
export function putRuleOrder(ids: string[]): Promise<UseCaseRulesAnswer> {
  return fetchJson<UseCaseRulesAnswer>({ url: `${RULES_URL}/order`, method: 'PUT', body: { ids } })
}

/** `DELETE /api/v1/use-case-rules/:id`. */
export function deleteRule(id: string): Promise<{ deleted: true }> {
  return fetchJson<{ deleted: true }>({ url: `${RULES_URL}/${id}`, method: 'DELETE' })
}
