import type { APIRequestContext } from '@playwright/test'
import { expect } from '@playwright/test'
import { BEARER } from './server-under-test'
import { ownName } from './simulated-upstream'

/** A person of a role, with the password the server made up, for a spec alone. */
export async function createOwnUser(
  request: APIRequestContext,
  role: 'admin' | 'member' | 'viewer',
): Promise<{ email: string; password: string; remove: () => Promise<void> }> {
  const email = `${ownName(role)}@example.com`
  const response = await request.post('/api/users', { headers: BEARER, data: { email, role } })
  expect(response.status(), await response.text()).toBe(201)
  const { id, password } = await response.json()
  return {
    email,
    password,
    remove: async () => {
      await request.delete(`/api/users/${id}`, { headers: BEARER })
    },
  }
}
