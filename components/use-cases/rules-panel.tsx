'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { errorMessage } from '@/components/api/error-note'
import { QueryBody } from '@/components/api/query-body'
import { Definition } from '@/components/definitions/definition'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { SortableList } from '@/components/ui/sortable-list'
import type { UseCaseRequest } from '@/lib/records/use-case'
import type { UseCaseRuleRow, UseCaseRulesAnswer } from '@/lib/use-cases/schema'
import { DeleteRuleDialog } from './delete-rule-dialog'
import { RuleDialog } from './rule-dialog'
import { RuleRow } from './rule-row'
import { useRuleActions } from './use-rule-actions'

/** What the dialog is open for: a new rule, or one that is there. */
type Editing = { rule: UseCaseRuleRow | null }

export function RulesPanel({
  query,
  canEdit,
  sample,
}: {
  query: UseQueryResult<UseCaseRulesAnswer>
  canEdit: boolean
  /** What a rule that is being written is held against. */
  sample: UseCaseRequest | null
}) {
  const [editing, setEditing] = useState<Editing | null>(null)
  const add = (
    <Button variant="primary" onClick={() => setEditing({ rule: null })}>
      <Plus aria-hidden="true" />
      Add a rule
    </Button>
  )
  const rules = query.data?.rules ?? []
  return (
    <Panel
      title="Rules"
      info={<Definition of="useCase" />}
      note="Tried from the top; the first that fits names the use case of a new request that has none"
      actions={canEdit && rules.length > 0 ? add : null}
    >
      <QueryBody query={query} skeleton={<RulesSkeleton />} className="px-4 pb-4 sm:px-5 sm:pb-5">
        {(answer) =>
          answer.rules.length === 0 ? (
            <EmptyState title="No rule yet" actions={canEdit ? add : null}>
              A rule says: requests of this app, with this tool, or with these words in the system prompt are
              for that. It counts for requests recorded from then on.
            </EmptyState>
          ) : (
            <RuleList rules={answer.rules} canEdit={canEdit} onEdit={(rule) => setEditing({ rule })} />
          )
        }
      </QueryBody>
      {editing === null ? null : (
        <RuleDialog rule={editing.rule} rules={rules} sample={sample} onClose={() => setEditing(null)} />
      )}
    </Panel>
  )
}

function RuleList({
  rules,
  canEdit,
  onEdit,
}: {
  rules: readonly UseCaseRuleRow[]
  canEdit: boolean
  onEdit: (rule: UseCaseRuleRow) => void
}) {
  const { setEnabled, reorder, remove } = useRuleActions()
  const [toDelete, setToDelete] = useState<UseCaseRuleRow | null>(null)
  const error = setEnabled.error ?? reorder.error
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  return (
    <>
      {error ? (
        <Notice tone="negative" role="alert" className="mb-3">
          Not changed. {errorMessage(error)}
        </Notice>
      ) : null}
      <SortableList
        label="Rules, in the order in which they are tried"
        keys={rules.map(({ id }) => id)}
        nameOf={(id) => `the rule for ${byId.get(id)?.useCase ?? 'a use case'}`}
        isReadOnly={!canEdit}
        onMove={reorder.mutate}
      >
        {(id, index) => {
          const rule = byId.get(id)
          return rule ? (
            <RuleRow
              rule={rule}
              place={index + 1}
              canEdit={canEdit}
              onEnabled={(enabled) => setEnabled.mutate({ id, enabled })}
              onEdit={() => onEdit(rule)}
              onDelete={() => setToDelete(rule)}
            />
          ) : null
        }}
      </SortableList>
      <DeleteRuleDialog rule={toDelete} remove={remove} onClose={() => setToDelete(null)} />
    </>
  )
}

function RulesSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-col gap-1.5">
      {[0, 1, 2].map((row) => (
        <span key={row} className="skeleton h-14 rounded-lg" />
      ))}
    </div>
  )
}
