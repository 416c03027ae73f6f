'use client'

import { Bot, RotateCcw, User } from 'lucide-react'
import { ActionItem, ActionMenu } from '@/components/ui/action-menu'
import type { CallerRow } from '@/lib/analytics/agents/callers/schema'
import type { Declaration } from './use-declare-caller-kind'

/** What an admin or member can say about a caller: the two kinds, or nothing any more. */
export function DeclareMenu({
  row,
  onDeclare,
}: {
  row: CallerRow
  onDeclare: (declaration: Declaration) => void
}) {
  return (
    <ActionMenu label={`Declare who drives ${row.label}`}>
      {row.declared === 'agentic' ? null : (
        <ActionItem
          icon={<Bot aria-hidden="true" />}
          onSelect={() => onDeclare({ row, callerKind: 'agentic' })}
        >
          Declare agentic
        </ActionItem>
      )}
      {row.declared === 'human' ? null : (
        <ActionItem
          icon={<User aria-hidden="true" />}
          onSelect={() => onDeclare({ row, callerKind: 'human' })}
        >
          Declare human
        </ActionItem>
      )}
      {row.declared === null ? null : (
        <ActionItem
          icon={<RotateCcw aria-hidden="true" />}
          onSelect={() => onDeclare({ row, callerKind: null })}
        >
          Decide by its tokens
        </ActionItem>
      )}
    </ActionMenu>
  )
}
