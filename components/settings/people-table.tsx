'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { errorMessage } from '@/components/api/error-note'
import { ActionItem, ActionMenu } from '@/components/ui/action-menu'
import { USER_ROLES, type UserRole } from '@/lib/access/schema'
import type { User } from '@/lib/access/user-schema'
import { formatDay, formatInstant } from '@/lib/platform/format'
import { ROLES } from './roles'
import { changeUserRole, usersQueryOptions } from './users-query'

export function PeopleTable({
  users,
  onNewPassword,
  onRemove,
}: {
  users: readonly User[]
  onNewPassword: (person: User) => void
  onRemove: (person: User) => void
}) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">People, oldest account first</caption>
      <thead className="text-left text-xs text-muted max-md:sr-only [&_th]:h-9 [&_th]:font-medium">
        <tr className="border-y">
          <th scope="col" className="pl-4 sm:pl-5">
            Person
          </th>
          <th scope="col">Role</th>
          <th scope="col">Added</th>
          <th scope="col" className="w-32 pr-4 sm:pr-5">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            onNewPassword={() => onNewPassword(person)}
            onRemove={() => onRemove(person)}
          />
        ))}
      </tbody>
    </table>
  )
}

function PersonRow({
  person,
  onNewPassword,
  onRemove,
}: {
  person: User
  onNewPassword: () => void
  onRemove: () => void
}) {
  const added = Date.parse(person.createdAt)
  return (
    <tr className="border-b last:border-b-0 max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:border-t max-md:border-b-0 max-md:px-4 max-md:py-3 md:h-13">
      <th
        scope="row"
        className="min-w-0 truncate text-left font-medium md:max-w-80 md:pl-5"
        title={person.email}
      >
        {person.email}
      </th>
      <td className="max-md:order-3 max-md:col-span-2">
        {person.isYou ? <OwnRole role={person.role} /> : <RoleChoice person={person} />}
      </td>
      <td className="tabular-nums max-md:order-4 max-md:col-span-2 max-md:text-xs">
        <span className="text-muted md:hidden">Added </span>
        <time dateTime={person.createdAt} title={formatInstant(added)}>
          {formatDay(added, { withYear: true })}
        </time>
      </td>
      <td className="text-right max-md:order-2 md:pr-5">
        {person.isYou ? (
          <Link
            href="/account"
            className="text-sm whitespace-nowrap text-accent underline-offset-2 hover:underline"
          >
            Your account
          </Link>
        ) : (
          <ActionMenu label={`Actions for ${person.email}`}>
            <ActionItem icon={<KeyRound aria-hidden="true" />} onSelect={onNewPassword}>
              New password…
            </ActionItem>
            <ActionItem icon={<Trash2 aria-hidden="true" />} isDangerous onSelect={onRemove}>
              Remove…
            </ActionItem>
          </ActionMenu>
        )}
      </td>
    </tr>
  )
}

/** Nobody takes their own rights by a slip of the mouse; another admin can. */
function OwnRole({ role }: { role: UserRole }) {
  return (
    <span title={ROLES[role].note}>
      {ROLES[role].label} <span className="text-muted">· you</span>
    </span>
  )
}

/** Saves what is chosen; shows it meanwhile. */
function RoleChoice({ person }: { person: User }) {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: changeUserRole,
    onSuccess: () => client.invalidateQueries({ queryKey: usersQueryOptions().queryKey }),
  })
  const role = change.isPending ? change.variables.role : person.role
  const choose = (chosen: string) => {
    const next = USER_ROLES.find((one) => one === chosen)
    if (next) change.mutate({ id: person.id, role: next })
  }
  return (
    <>
      <select
        aria-label={`Role of ${person.email}`}
        value={role}
        disabled={change.isPending}
        title={ROLES[role].note}
        onChange={(event) => choose(event.target.value)}
        className="h-8 rounded-lg border border-border-strong bg-surface px-2 max-sm:h-11 max-sm:text-[16px]"
      >
        {USER_ROLES.map((one) => (
          <option key={one} value={one}>
            {ROLES[one].label}
          </option>
        ))}
      </select>
      {change.isError ? (
        <p role="alert" className="mt-1 mb-2 text-sm text-negative">
          Not changed. {errorMessage(change.error)}
        </p>
      ) : null}
    </>
  )
}
