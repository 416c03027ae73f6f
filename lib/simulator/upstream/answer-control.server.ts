import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { ProviderStates } from './provider-states'
import { readBody } from './read-body.server'
import { faultProfile, profilesByProvider, providerName } from './schema'
import { send } from './send-answer.server'

type Control = { request: IncomingMessage; response: ServerResponse; path: string; states: ProviderStates }

/** Answers `/_control/…`: reads and replaces profiles while the process runs, and tells what was seen. */
export async function answerControl(control: Control): Promise<void> {
  const { request, response, path, states } = control
  if (path === 'stats' && request.method === 'DELETE') states.clearStats()
  if (path === 'stats') return sendJson(response, 200, states.stats())
  if (path === 'providers') return answerProviders(control)
  const name = providerName.safeParse(/^providers\/([^/]+)$/.exec(path)?.[1])
  if (!name.success) return sendProblem(response, 404, 'Known here: stats, providers, providers/:provider.')
  if (request.method === 'PUT') {
    const profile = await readAs(control, faultProfile)
    if (profile === null) return
    states.setProfile(name.data, profile)
  }
  sendJson(response, 200, { provider: name.data, profile: states.of(name.data).profile })
}

async function answerProviders(control: Control): Promise<void> {
  const { request, response, states } = control
  if (request.method === 'PUT') {
    const profiles = await readAs(control, profilesByProvider)
    if (profiles === null) return
    for (const [name, profile] of Object.entries(profiles)) states.setProfile(name, profile)
  }
  sendJson(response, 200, states.profiles())
}

/** The body by its schema; null when it does not fit, which is then already answered. */
async function readAs<T extends z.ZodType>(
  { request, response }: Control,
  schema: T,
): Promise<z.infer<T> | null> {
  const bytes = await readBody(request)
  let value: unknown
  try {
    value = JSON.parse(bytes?.toString() ?? '')
  } catch {
    sendProblem(response, 400, 'The body is not JSON.')
    return null
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  sendProblem(response, 400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'unknown problem'}`)
  return null
}

function sendProblem(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, { error: { message } })
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value))
}
