import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type { UserRole } from '@/lib/access/schema'
import type { AddUserBody, User, UserListAnswer, UserWithPassword } from '@/lib/access/user-schema'

const USERS_URL = '/api/users'

/** `GET /api/users`. */
export function usersQueryOptions() {
  return queryOptions({
    queryKey: ['users'],
    queryFn: ({ signal }) => fetchJson<UserListAnswer>({ url: USERS_URL, signal }),
  })
}

/** `POST /api/users`: the answer holds the password, for the only time. */
export function addUser(body: AddUserBody) {
  return fetchJson<UserWithPassword>({ url: USERS_URL, method: 'POST', body })
}

/** `PATCH /api/users/:id`. */
export function changeUserRole({ id, role }: { id: number; role: UserRole }) {
  return fetchJson<User>({ url: `${USERS_URL}/${id}`, method: 'PATCH', body: { role } })
}

/** `POST /api/users/:id/password`: the answer holds the new password, for the only time. */
export function resetPassword(id: number) {
  return fetchJson<UserWithPassword>({ url: `${USERS_URL}/${id}/password`, method: 'POST' })
}

/** `DELETE /api/users/:id`. */
export function removeUser(id: number) {
  return fetchJson<{ removed: true }>({ url: `${USERS_URL}/${id}`, method: 'DELETE' })
}
