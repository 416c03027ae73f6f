import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Client, Exchange, Outcome, Target } from './cell'
import { EXPECTED_REFUSALS } from './exceptions'
import { installClient, RUN_FOLDER } from './install-client'
import { PROVIDER_KEY, type Providers, type Shape } from './providers/start-providers'
import { finalSentence } from './providers/turn'
import { recordTraffic } from './record-traffic'

const TIME_LIMIT_MS = 120_000
/** A port nobody listens on: what a client wants from elsewhere fails at once, and nothing leaves the machine. */
const NOWHERE = 'http://127.0.0.1:9'

/** Installs a client and runs it once through the target at the provider of that shape. Never rejects. */
export async function runClient({
  client,
  shape,
  target,
  providers,
}: {
  client: Client
  shape: Shape
  target: Target
  providers: Providers
}): Promise<Outcome> {
  const cell = `cell-${client.name}-${shape}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const log = path.join(RUN_FOLDER, 'logs', `${cell}.json`)
  const startedAt = performance.now()
  const outcome = (problem: string | null, exchange: Exchange | null = null): Outcome => ({
    client: client.name,
    shape,
    problem,
    exchange,
    log,
    seconds: (performance.now() - startedAt) / 1000,
  })
  let install: string
  try {
    install = await installClient(client)
  } catch (error) {
    return outcome(`cannot be installed: ${String(error).slice(0, 400)}`)
  }
  const base = path.join(RUN_FOLDER, 'homes', cell)
  const home = path.join(base, 'home')
  const folder = path.join(base, cell)
  const word = `sesame-${randomBytes(4).toString('hex')}`
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'note.txt'), `The word of the day is ${word}\n`)
  const recorder = await recordTraffic(target.origin)
  const prompt = `Read the file ${folder}/note.txt and tell me the word of the day that it names.`
  const setup = { ...target, origin: recorder.origin, prompt, install, home, folder }
  const { command, args, env = {}, files = {} } = client.start(setup)
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(home, name)), { recursive: true })
    await writeFile(path.join(home, name), text)
  }
  await mkdir(home, { recursive: true })
  const ran = await runProgram({ command, args, cwd: folder, env: { ...environmentOf(home), ...env } })
  await recorder.stop()
  const seen = providers.seen(cell)
  const written = { client: client.name, shape, ran, exchanges: recorder.exchanges, providers: seen }
  await mkdir(path.dirname(log), { recursive: true })
  await writeFile(log, JSON.stringify(written, null, 2))
  await rm(base, { recursive: true, force: true })
  const failed = recorder.exchanges.find(isFailure)
  const problem = problemOf()
  return outcome(problem, problem === null ? null : (failed ?? recorder.exchanges.at(-1) ?? null))

  function problemOf(): string | null {
    const wanted = client.says ?? finalSentence(word)
    const end = (ran.stderr.trim() || ran.stdout.trim()).slice(-500)
    if (ran.isTimeout) return `did not end within ${TIME_LIMIT_MS / 1000} s: ${end}`
    if (ran.code !== 0) return `ended with ${ran.code}: ${end}`
    if (!ran.stdout.includes(wanted))
      return `did not say "${wanted}": ${ran.stdout.trim().slice(-500)} ${end}`
    if (failed) return 'got there, after an error'
    if (recorder.exchanges.some(({ responseBody }) => responseBody.includes(PROVIDER_KEY))) {
      return "was shown the provider's key"
    }
    const isStreamed = recorder.exchanges.some(({ contentType }) => contentType.includes('text/event-stream'))
    if (client.isStreamed !== false && !isStreamed) return 'was given no stream'
    return null
  }
}

function isFailure({ status, responseBody }: Exchange): boolean {
  return status >= 400 && !EXPECTED_REFUSALS.some(({ words }) => words.test(responseBody))
}

type Ran = { code: number | null; stdout: string; stderr: string; isTimeout: boolean }

function environmentOf(home: string): Record<string, string> {
  return {
    PATH: `${path.dirname(process.execPath)}:${process.env.PATH ?? ''}`,
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_STATE_HOME: path.join(home, '.local/state'),
    XDG_CACHE_HOME: path.join(home, '.cache'),
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    NO_COLOR: '1',
    CI: '1',
    DO_NOT_TRACK: '1',
    HTTP_PROXY: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  }
}

function runProgram(options: {
  command: string
  args: readonly string[]
  cwd: string
  env: Record<string, string>
}): Promise<Ran> {
  return new Promise((resolve) => {
    const { command, args, cwd, env } = options
    const typed: NodeJS.ProcessEnv = { ...env, NODE_ENV: 'production' }
    // A group of its own, so that what it starts ends with it.
    const child = spawn(command, args, { cwd, env: typed, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const ran: Ran = { code: null, stdout: '', stderr: '', isTimeout: false }
    const endGroup = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // All of it has ended.
      }
    }
    const timer = setTimeout(() => {
      ran.isTimeout = true
      endGroup()
    }, TIME_LIMIT_MS)
    const finish = (code: number | null) => {
      clearTimeout(timer)
      endGroup()
      ran.code = code
      resolve(ran)
    }
    child.stdout.on('data', (chunk: Buffer) => {
      ran.stdout += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      ran.stderr += chunk.toString()
    })
    child.once('error', (error) => {
      ran.stderr += String(error)
      finish(-1)
    })
    child.once('exit', (code) => {
      // What a grandchild holds open would keep `close` from coming.
      setImmediate(() => finish(code))
    })
  })
}
