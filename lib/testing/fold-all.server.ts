import type pg from 'pg'
import { foldOnce } from '../recorder/folder.server'

/** Folds until nothing waits in the inboxes. */
export async function foldAll(client: pg.ClientBase): Promise<void> {
  while ((await foldOnce(client)).rows > 0);
}
