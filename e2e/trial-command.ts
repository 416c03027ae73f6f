import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { type APIRequestContext, expect } from '@playwright/test'
import { BEARER, SERVER } from './server-under-test'
import { connect, ownName, type SimulatedUpstream } from './simulated-upstream'

const ROOT = path.resolve(import.meta.dirname, '..')

/** Variables set on top of this process's own, which name the server under test and its key. */
type CommandEnvironment = Record<string, string | undefined>

export type CommandResult = { exitCode: number | null; stdout: string; stderr: string }

/** Starts `npm run trial` as a person in a terminal would; `ended` is what it printed and its exit code. */
export function startTrialCommand({ args, env = {} }: { args: string[]; env?: CommandEnvironment }): {
  child: ChildProcess
  ended: Promise<CommandResult>
} {
  const child = spawn('npm', ['run', '--silent', 'trial', '--', ...args], {
    cwd: ROOT,
    env: { ...process.env, SIGHTGLASS_URL: SERVER.url, SIGHTGLASS_API_KEY: SERVER.apiKey, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that Ctrl-C can be sent to it as a terminal does.
    detached: true,
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (part) => {
    stdout += part
  })
  child.stderr.on('data', (part) => {
    stderr += part
  })
  const ended = new Promise<CommandResult>((resolve) => {
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
  })
  return { child, ended }
}

/** Runs `npm run trial` to its end. */
export function runTrialCommand(args: string[], env: CommandEnvironment = {}): Promise<CommandResult> {
  return startTrialCommand({ args, env }).ended
}

/** Presses Ctrl-C in the command's terminal. */
export function interrupt(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
}

/** A provider that behaves like `profile` and serves `model`, connected to the gateway; its name is its own. */
export async function connectSimulated({
  request,
  upstream,
  word,
  model,
  profile,
}: {
  request: APIRequestContext
  upstream: SimulatedUpstream
  word: string
  model: string
  profile: object
}): Promise<string> {
  const provider = ownName(word)
  await upstream.behave(provider, profile)
  await connect(request, { provider, model, upstreamUrl: upstream.url })
  return provider
}

/** A preset pinned to one provider, by the API; gives its slug. */
export async function createPinnedPreset({
  request,
  model,
  provider,
}: {
  request: APIRequestContext
  model: string
  provider: string
}): Promise<string> {
  const slug = ownName('tool-runner')
  const config = { models: [model], provider: { only: [provider], allow_fallbacks: false } }
  const response = await request.post('/api/v1/presets', { headers: BEARER, data: { slug, config } })
  expect(response.status(), await response.text()).toBe(201)
  return slug
}
