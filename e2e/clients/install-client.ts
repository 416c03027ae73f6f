import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Client } from './cell'

/** Everything of `npm run clients`; what is installed there is kept between runs. */
export const CLIENTS_FOLDER = path.join(os.tmpdir(), 'sightglass-clients')
/** What this run writes: the clients' homes, gone afterwards, and the logs. */
export const RUN_FOLDER = path.join(
  CLIENTS_FOLDER,
  'runs',
  `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}-${process.pid}`,
)

const installing = new Map<string, Promise<string>>()

/**
 * Installs a client's packages from npm at the versions it names, once for all rows that share them, and lays our
 * programs beside them, so that their imports find them. Resolves with the folder; rejects with npm's own words.
 */
export function installClient({ packages }: Pick<Client, 'packages'>): Promise<string> {
  const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`)
  const key = wanted.join(' ')
  const folder = installing.get(key) ?? install(wanted)
  installing.set(key, folder)
  return folder
}

async function install(wanted: readonly string[]): Promise<string> {
  const [first = ''] = wanted
  const digest = createHash('sha256').update(wanted.join(' ')).digest('hex').slice(0, 8)
  const name = `${first.replace(/[^a-z0-9.-]+/gi, '-').replace(/^-/, '')}-${digest}`
  const folder = path.join(CLIENTS_FOLDER, 'installed', name)
  if (!(await stat(folder).catch(() => null))) {
    // Another run may install the same: whoever is first gives the folder its name.
    const begun = path.join(CLIENTS_FOLDER, 'installing', `${name}-${process.pid}`)
    await mkdir(begun, { recursive: true })
    await mkdir(path.dirname(folder), { recursive: true })
    // Without one npm would install into the nearest folder above that has a package.json.
    await writeFile(path.join(begun, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const options = ['--no-audit', '--no-fund', '--save-exact']
    await promisify(execFile)('npm', ['install', ...options, ...wanted], { cwd: begun, maxBuffer: 1e8 })
    await rename(begun, folder).catch(() => rm(begun, { recursive: true }))
  }
  await cp(path.join(import.meta.dirname, 'programs'), path.join(folder, 'programs'), { recursive: true })
  return folder
}
