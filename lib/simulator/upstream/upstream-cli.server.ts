import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { DEFAULT_PROFILES } from './default-profiles'
import { type ProfilesByProvider, profilesByProvider } from './schema'
import { startUpstream } from './upstream-server.server'

const PARENT_CHECK_MS = 500

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '9801' }, profiles: { type: 'string' } },
  })
  const profiles = values.profiles === undefined ? DEFAULT_PROFILES : await readProfiles(values.profiles)
  const { port, url } = await startUpstream({
    port: readPort(values.port),
    profiles: profilesByProvider.parse(profiles),
  })
  console.log(JSON.stringify({ port, url }))
}

function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new Error(`--port ${text}: expected a port number from 0 to 65535.`)
}

async function readProfiles(file: string): Promise<ProfilesByProvider> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`--profiles ${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}.`)
  })
  const parsed = profilesByProvider.safeParse(parseJson(text, file))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`--profiles ${file}: ${problems.join('; ')}.`)
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`--profiles ${file}: not JSON.`)
  }
}

for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => process.exit(0))

// A parent that was killed cannot stop us, but its orphans get another parent.
const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.exit(0)
}, PARENT_CHECK_MS).unref()

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
