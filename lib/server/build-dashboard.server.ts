import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { childEnvironment } from '../platform/env.server'
import { PROJECT_ROOT as ROOT } from './project-root.server'

const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'next.config.js',
  'package-lock.json',
  'package.json',
]
const STAMP = path.join(ROOT, '.next/sightglass-sources')

/**
 * Builds the dashboard unless the build that is there was made from the same sources. Resolves to whether it built.
 * Throws an Error with the builder's last lines when it fails.
 */
export async function buildDashboard({ onStart }: { onStart: () => void }): Promise<boolean> {
  const fingerprint = await fingerprintSources()
  const stamp = await readFile(STAMP, 'utf8').catch(() => null)
  if (stamp === fingerprint) return false
  onStart()
  await runNextBuild()
  await writeFile(STAMP, fingerprint)
  return true
}

async function fingerprintSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of await listFiles(path.join(ROOT, source))) {
      if (file.includes('.test.')) continue
      hash
        .update(path.relative(ROOT, file))
        .update('\0')
        .update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

async function listFiles(entry: string): Promise<string[]> {
  const info = await stat(entry).catch(() => null)
  if (!info) return []
  if (info.isFile()) return [entry]
  const names = (await readdir(entry)).sort()
  const nested = await Promise.all(names.map((name) => listFiles(path.join(entry, name))))
  return nested.flat()
}

function runNextBuild(): Promise<void> {
  const next = path.join(ROOT, 'node_modules/next/dist/bin/next')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [next, 'build'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: childEnvironment({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }),
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`The dashboard could not be built:\n${output.trim()}`))
    })
  })
}
