import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import os from 'node:os'
import path from 'node:path'

export type FolderLock = { release: () => Promise<void> }

/**
 * Makes this process the only one on a folder, or says which process (its id) is. A socket is the lock: whoever holds it
 * answers with its process id, and the system drops it with the process, so a killed holder leaves nothing to clean up
 * by hand.
 */
export async function lockFolder(folder: string): Promise<FolderLock | { holder: string }> {
  const address = lockAddress(folder)
  // The system gives the address to one of those who ask at the same time; only a dead holder's has to be cleared.
  const taken = await listen(address)
  if (taken !== null) return heldBy(taken)
  const holder = await askHolder(address)
  if (holder !== null) return { holder }
  await rm(address, { force: true })
  const server = await listen(address)
  return server === null ? { holder: 'unknown' } : heldBy(server)
}

function heldBy(server: Server): FolderLock {
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function lockAddress(folder: string): string {
  // Socket paths are short by law (about 100 bytes); folders are not.
  const name = `sightglass-${createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 20)}`
  return os.platform() === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(os.tmpdir(), `${name}.sock`)
}

/** The holder's process id, or null when nobody holds the lock. */
function askHolder(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(address)
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (text) => {
      answer += text
    })
    socket.once('end', () => resolve(answer || 'unknown'))
    socket.once('error', () => resolve(null))
  })
}

/** Null when somebody has the address, dead or alive. */
function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end(String(process.pid)))
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null)
      else reject(error)
    })
    server.listen(address, () => {
      server.unref()
      resolve(server)
    })
  })
}
