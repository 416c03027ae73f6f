import { queryDatabase } from './database-under-test'
import { SERVER } from './server-under-test'
import { ownName } from './simulated-upstream'

/** A person of a role who has the admin's password. Straight into the database: the product has no way to add one. */
export async function createOwnUser(role: 'member' | 'viewer'): Promise<{
  email: string
  password: string
  remove: () => Promise<void>
}> {
  const email = `${ownName(role)}@example.com`
  await queryDatabase(
    `INSERT INTO app_user (email, password_hash, role)
     SELECT $1, password_hash, $2::user_role FROM app_user WHERE email = $3`,
    [email, role, SERVER.adminEmail],
  )
  return {
    email,
    password: SERVER.adminPassword,
    remove: () => queryDatabase('DELETE FROM app_user WHERE email = $1', [email]),
  }
}
