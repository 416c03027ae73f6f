import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { request } from 'undici'

const VERSION = '1.15.2'
/** The newest with which its streams work: later ones keep headers immutable that it changes, and it answers 500. */
const PACKAGE = { private: true, overrides: { '@hono/node-server': '1.13.8' } }
const START_TRIES = 200

export type PortkeyGateway = { url: string; version: string; pid: number; stop: () => Promise<void> }

/**
 * Portkey's gateway from npm, in a folder of its own below the system's folder for temporary files, which is kept for
 * the next run. Started without its console, which only costs time.
 */
export async function startPortkey(): Promise<PortkeyGateway> {
  const entry = await installPortkey()
  const port = await freePort()
  const child = spawn(process.execPath, [entry, `--port=${port}`, '--headless'], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  await untilAnswering(url)
  return {
    url,
    version: VERSION,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill()
      await exited
    },
  }
}

/** The program to start. */
async function installPortkey(): Promise<string> {
  const folder = path.join(os.tmpdir(), `sightglass-bench-portkey-${VERSION}`)
  const entry = path.join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js')
  if (await stat(entry).catch(() => null)) return entry
  await mkdir(folder, { recursive: true })
  // Without one npm would install into the nearest folder above that has a package.json.
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(PACKAGE))
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', `@portkey-ai/gateway@${VERSION}`], {
    cwd: folder,
  })
  return entry
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (!address || typeof address === 'string') throw new Error('no free port')
  return address.port
}

async function untilAnswering(url: string): Promise<void> {
  for (let tries = 0; tries < START_TRIES; tries++) {
    const answer = await request(url).catch(() => null)
    await answer?.body.dump()
    if (answer) return
    await sleep(50)
  }
  throw new Error("Portkey's gateway does not answer.")
}
