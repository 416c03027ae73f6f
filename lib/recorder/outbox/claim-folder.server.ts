import { mkdir, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { lockFolder } from '../../platform/folder-lock.server'

/** Processes of one machine that may share a data folder, each with a database of its own address. */
const MAX_FOLDERS = 64

/**
 * A folder for the outbox of this process alone, below the data folder: the first that no other process holds. What
 * processes that are gone have left in other folders is moved to it, oldest first. Held until the process ends.
 * Throws what the file system says, and an Error when all folders are held.
 */
export async function claimOutboxFolder(dataDir: string): Promise<string> {
  const root = path.join(dataDir, 'outbox')
  for (let number = 1; number <= MAX_FOLDERS; number++) {
    const folder = path.join(root, String(number))
    const lock = await lockFolder(folder)
    if (!('release' in lock)) continue
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await adoptAbandoned(root, folder)
    return folder
  }
  throw new Error(`All ${MAX_FOLDERS} folders in ${root} are held by other processes.`)
}

async function adoptAbandoned(root: string, own: string): Promise<void> {
  for (const name of await readdir(root)) {
    const folder = path.join(root, name)
    if (folder === own || !/^\d+$/.test(name)) continue
    const lock = await lockFolder(folder)
    if (!('release' in lock)) continue
    let last = Math.max(0, ...(await readdir(own)).map((file) => Number.parseInt(file, 10) || 0))
    for (const file of (await readdir(folder)).filter((one) => /^\d{8}\.log$/.test(one)).sort()) {
      last += 1
      await rename(path.join(folder, file), path.join(own, `${String(last).padStart(8, '0')}.log`))
    }
    await lock.release()
  }
}
