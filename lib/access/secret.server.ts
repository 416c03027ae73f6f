import { hkdfSync, randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { readEnvironment } from '@/lib/platform/env.server'
import { processSingleton } from '@/lib/platform/process-singleton'

const SECRET_BYTES = 32

/**
 * A key of 32 bytes in hex for one purpose, derived from SIGHTGLASS_SECRET or from the file `secret` in the data
 * folder, which is created on first use. Throws an Error when that file is cut short or cannot be written.
 */
export async function deriveSecret(purpose: string): Promise<string> {
  const { SIGHTGLASS_SECRET, SIGHTGLASS_DATA_DIR } = readEnvironment()
  const root = SIGHTGLASS_SECRET ?? (await secretOfFolder(SIGHTGLASS_DATA_DIR))
  return Buffer.from(hkdfSync('sha256', root, '', `sightglass ${purpose}`, SECRET_BYTES)).toString('hex')
}

function secretOfFolder(folder: string): Promise<Buffer> {
  const cached = processSingleton('access-secret', () => new Map<string, Promise<Buffer>>())
  const existing = cached.get(folder)
  if (existing) return existing
  const secret = readOrCreate(path.join(folder, 'secret'))
  cached.set(folder, secret)
  secret.catch(() => cached.delete(folder))
  return secret
}

async function readOrCreate(file: string): Promise<Buffer> {
  const existing = await readExisting(file)
  if (existing) return existing
  await mkdir(path.dirname(file), { recursive: true })
  await createAtomically(file)
  const created = await readExisting(file)
  if (!created) throw new Error(`${file} vanished right after it was written.`)
  return created
}

async function readExisting(file: string): Promise<Buffer | null> {
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (content && content.length < SECRET_BYTES) {
    throw new Error(
      `${file} is shorter than ${SECRET_BYTES} bytes; delete it to get a new one (everybody signs in again).`,
    )
  }
  return content
}

/** Written aside, synced, then linked: a crash leaves no half secret, and of two processes one wins for both. */
async function createAtomically(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await open(/* turbopackIgnore: true */ draft, 'wx', 0o600)
  try {
    await handle.writeFile(randomBytes(SECRET_BYTES))
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
}
