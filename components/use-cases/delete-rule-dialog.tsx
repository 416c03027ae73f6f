'use client'

import type { UseMutationResult } from '@tanstack/react-query'
import { ConfirmDialog } from '@/components/api/confirm-dialog'
import type { UseCaseRuleRow } from '@/lib/use-cases/schema'

/** Asks before a rule is removed for good. */
export function DeleteRuleDialog({
  rule,
  remove,
  onClose,
}: {
  rule: UseCaseRuleRow | null
  remove: UseMutationResult<{ deleted: true }, Error, string>
  onClose: () => void
}) {
  return (
    <ConfirmDialog
      title="Delete this rule?"
      isOpen={rule !== null}
      request={remove}
      action="Delete the rule"
      busyAction="Deleting…"
      failure="Not deleted."
      onConfirm={() => rule !== null && remove.mutate(rule.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      New requests no longer get <strong className="font-medium text-foreground">{rule?.useCase}</strong> from
      it. Requests that were recorded keep their use case. To pause a rule, switch it off instead.
    </ConfirmDialog>
  )
}
