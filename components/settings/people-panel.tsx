'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { QueryBody } from '@/components/api/query-body'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { RowsSkeleton } from '@/components/ui/rows-skeleton'
import type { User } from '@/lib/access/user-schema'
import { AddPersonDialog } from './add-person-dialog'
import { NewPasswordDialog } from './new-password-dialog'
import { PeopleTable } from './people-table'
import { RemovePersonDialog } from './remove-person-dialog'
import { usersQueryOptions } from './users-query'

export function PeoplePanel() {
  const query = useQuery(usersQueryOptions())
  const [isAdding, setIsAdding] = useState(false)
  const [toReset, setToReset] = useState<User | null>(null)
  const [toRemove, setToRemove] = useState<User | null>(null)
  return (
    <Panel
      title="People"
      note="Who may sign in, and what each may do."
      actions={
        <Button variant="primary" onClick={() => setIsAdding(true)}>
          <Plus aria-hidden="true" />
          Add a person
        </Button>
      }
    >
      <QueryBody query={query} skeleton={<RowsSkeleton rows={3} hasMark={false} />}>
        {({ users }) => <PeopleTable users={users} onNewPassword={setToReset} onRemove={setToRemove} />}
      </QueryBody>
      <AddPersonDialog isOpen={isAdding} onClose={() => setIsAdding(false)} />
      <NewPasswordDialog person={toReset} onClose={() => setToReset(null)} />
      <RemovePersonDialog person={toRemove} onClose={() => setToRemove(null)} />
    </Panel>
  )
}
