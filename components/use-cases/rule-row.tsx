import clsx from 'clsx'
import { Pencil, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { ActionItem, ActionMenu } from '@/components/ui/action-menu'
import { Switch } from '@/components/ui/switch'
import { USE_CASE_FIELDS } from '@/lib/records/use-case'
import type { UseCaseRuleRow } from '@/lib/use-cases/schema'
import { FIELD_NAMES } from './field-names'

/** One rule: its place, what it names, what it looks at, and whether it is switched on. */
export function RuleRow({
  rule,
  place,
  canEdit,
  onEnabled,
  onEdit,
  onDelete,
}: {
  rule: UseCaseRuleRow
  place: number
  canEdit: boolean
  onEnabled: (enabled: boolean) => void
  onEdit: () => void
  onDelete: () => void
}) {
  const nameId = useId()
  const patternsId = useId()
  return (
    <div className="flex items-center gap-2.5">
      <span className="w-5 shrink-0 text-right text-xs text-muted tabular-nums">{place}</span>
      <div className="min-w-0 flex-1">
        <span id={nameId} className={clsx('block truncate font-medium', !rule.enabled && 'text-muted')}>
          {rule.useCase}
          {rule.enabled ? null : <span className="ml-2 text-xs font-normal text-muted">switched off</span>}
        </span>
        <RulePatterns id={patternsId} rule={rule} />
      </div>
      <Switch
        isOn={rule.enabled}
        isDisabled={!canEdit}
        labelledBy={nameId}
        describedBy={patternsId}
        onChange={onEnabled}
      />
      {canEdit ? (
        <ActionMenu label={`Actions for ${rule.useCase}`}>
          <ActionItem icon={<Pencil aria-hidden="true" />} onSelect={onEdit}>
            Edit
          </ActionItem>
          <ActionItem icon={<Trash2 aria-hidden="true" />} isDangerous onSelect={onDelete}>
            Delete…
          </ActionItem>
        </ActionMenu>
      ) : null}
    </div>
  )
}

function RulePatterns({ id, rule }: { id: string; rule: UseCaseRuleRow }) {
  const shown = USE_CASE_FIELDS.filter((field) => rule[field] !== null)
  return (
    <span id={id} className="flex flex-wrap gap-x-3 text-xs text-muted">
      {shown.map((field) => (
        <span key={field} className="min-w-0 break-words">
          {FIELD_NAMES[field]}{' '}
          <span className={clsx('font-mono', rule.enabled && 'text-foreground')}>{rule[field]}</span>
        </span>
      ))}
    </span>
  )
}
