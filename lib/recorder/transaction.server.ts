import type pg from 'pg'

/**
 * Runs `work` in a transaction of its own and returns what it returns; throws what it throws, with nothing written.
 * `repeatable read` shows it the database as it was at its first statement.
 */
export async function inTransaction<T>(
  client: pg.ClientBase,
  work: () => Promise<T>,
  isolation: 'read committed' | 'repeatable read' = 'read committed',
): Promise<T> {
  await client.query(`BEGIN ISOLATION LEVEL ${isolation}`)
  try {
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    // The connection itself may be what broke; then the first error is the one worth telling.
    await client.query('ROLLBACK').catch(() => {})
    throw error
  }
}
