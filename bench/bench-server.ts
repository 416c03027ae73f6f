import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

export type BenchServer = {
  url: string
  apiKey: string
  databaseUrl: string
  pid: number
  stop: () => Promise<void>
}

const API_KEY = 'sg_bench_key_for_loopback_only'

/** Starts the product itself, as `npm start` does, on a throwaway data folder, or on `keptDataDir`, which stays. */
export async function startBenchServer({
  role = 'all',
  keptDataDir,
}: {
  role?: 'all' | 'data-plane'
  keptDataDir?: string
} = {}): Promise<BenchServer> {
  const dataDir = keptDataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'sightglass-bench-')))
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=64', 'lib/server/run.mjs', 'lib/server/main.server.ts'],
    {
      env: {
        ...process.env,
        PORT: '0',
        SIGHTGLASS_ROLE: role,
        SIGHTGLASS_DATA_DIR: dataDir,
        SIGHTGLASS_API_KEY: API_KEY,
        DATABASE_URL: '',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const url = await readUrl(child)
  return {
    url,
    apiKey: API_KEY,
    databaseUrl: await readFile(path.join(dataDir, 'postgres-address'), 'utf8'),
    pid: child.pid ?? 0,
    stop: async () => {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await exited
      if (!keptDataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const ready = /ready at (\S+)/.exec(output)
      if (ready?.[1]) resolve(ready[1])
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
}

/** CPU seconds a process and its children have used so far (Linux). */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Memory a process has in RAM, in megabytes (Linux). */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024
}

/** CPU seconds of all server processes of a Postgres cluster, from its postmaster's children. */
export async function postgresCpuSeconds(databaseUrl: string): Promise<number> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
  )
  await client.end()
  const all = await Promise.all(rows.map(({ pid }) => cpuSeconds(pid).catch(() => 0)))
  return all.reduce((sum, seconds) => sum + seconds, 0)
}
