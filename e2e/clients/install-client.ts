import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Client } from './cell'

/** Everything of `npm run clients`; kept between runs. */
export const CLIENTS_FOLDER = path.join(os.tmpdir(), 'sightglass-clients')

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
  const folder = path.join(
    CLIENTS_FOLDER,
    `${first.replace(/[^a-z0-9.-]+/gi, '-').replace(/^-/, '')}-${digest}`,
  )
  const finished = path.join(folder, 'installed')
  if (!(await stat(finished).catch(() => null))) {
    await mkdir(folder, { recursive: true })
    // Without one npm would install into the nearest folder above that has a package.json.
    await writeFile(path.join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const options = ['--no-audit', '--no-fund', '--save-exact']
    await promisify(execFile)('npm', ['install', ...options, ...wanted], { cwd: folder, maxBuffer: 1e8 })
    await writeFile(finished, wanted.join('\n'))
  }
  await cp(path.join(import.meta.dirname, 'programs'), path.join(folder, 'programs'), { recursive: true })
  return folder
}
