'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { UseCaseRulesAnswer } from '@/lib/use-cases/schema'
import { deleteRule, patchRule, putRuleOrder, rulesQueryOptions } from './rules-query'

/** Changes of rules that take effect as they are made; the list is read anew afterwards. */
export function useRuleActions() {
  const client = useQueryClient()
  const { queryKey } = rulesQueryOptions()
  const refresh = () => client.invalidateQueries({ queryKey })
  const setEnabled = useMutation({
    mutationFn: ({ id, enabled }: { id: string; enabled: boolean }) => patchRule({ id, patch: { enabled } }),
    onSettled: refresh,
  })
  const reorder = useMutation({
    mutationFn: putRuleOrder,
    // Rows stay where they were dropped while the server is told; a refusal puts them back.
    onMutate: async (ids) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      client.setQueryData(queryKey, (now) => now && inOrder(now, ids))
      return { before }
    },
    onError: (_error, _ids, context) => client.setQueryData(queryKey, context?.before),
    onSettled: refresh,
  })
  const remove = useMutation({ mutationFn: deleteRule, onSettled: refresh })
  return { setEnabled, reorder, remove }
}

function inOrder({ rules }: UseCaseRulesAnswer, ids: readonly string[]): UseCaseRulesAnswer {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  return { rules: ids.flatMap((id) => byId.get(id) ?? []) }
}
