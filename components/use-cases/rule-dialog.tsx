'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Dialog } from '@/components/ui/dialog'
import type { UseCaseRequest } from '@/lib/records/use-case'
import type { UseCaseRuleRow } from '@/lib/use-cases/schema'
import { RuleForm } from './rule-form'
import type { RuleDraft } from './rule-input'
import { createRule, patchRule, rulesQueryOptions } from './rules-query'

/** Adds a rule (`rule` null) or edits one. */
export function RuleDialog({
  rule,
  rules,
  sample,
  onClose,
}: {
  rule: UseCaseRuleRow | null
  rules: readonly UseCaseRuleRow[]
  sample: UseCaseRequest | null
  onClose: () => void
}) {
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (draft: RuleDraft) =>
      rule === null ? createRule({ ...draft, enabled: true }) : patchRule({ id: rule.id, patch: draft }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: rulesQueryOptions().queryKey })
      onClose()
    },
  })
  return (
    <Dialog title={rule === null ? 'Add a rule' : 'Edit the rule'} isOpen onClose={onClose}>
      <RuleForm
        rule={rule}
        rules={rules}
        sample={sample}
        error={save.error}
        isBusy={save.isPending}
        onCancel={onClose}
        onSubmit={save.mutate}
      />
    </Dialog>
  )
}
