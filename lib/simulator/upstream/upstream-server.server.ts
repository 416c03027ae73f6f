import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { log } from '../../platform/log.server'
import { answerCompletion, hasKey } from './answer-completion.server'
import { answerControl } from './answer-control.server'
import { ANTHROPIC_WIRE } from './anthropic-wire'
import { OPENAI_WIRE } from './openai-wire'
import { createProviderStates, type ProviderStates } from './provider-states'
import type { ProfilesByProvider } from './schema'
import { send, sendError } from './send-answer.server'

export type RunningUpstream = {
  port: number
  /** Without a trailing slash; a provider's base URL is `${url}/helios/v1`, or `${url}/v1` for the default one. */
  url: string
  states: ProviderStates
  close: () => Promise<void>
}

/** Which provider answers when the address names none. */
export const DEFAULT_PROVIDER = 'default'

const ROUTE = /^\/(?:([a-z0-9][a-z0-9._-]{0,99})\/)?v1\/(chat\/completions|messages|models)$/
const CONTROL = '/_control/'

/**
 * Starts the simulated providers on a loopback port (0 = any free one). Rejects when the port cannot be bound.
 * Closing ends open connections.
 */
export function startUpstream({
  port,
  profiles,
}: {
  port: number
  profiles: ProfilesByProvider
}): Promise<RunningUpstream> {
  const states = createProviderStates(profiles)
  const server = createServer((request, response) => {
    // Answering rejects only when the client goes away while it is still sending.
    answer(request, response, states).catch((error: unknown) => {
      if (!response.destroyed && request.complete) log.error({ err: error }, 'a simulated provider failed')
      response.destroy()
    })
  })
  server.keepAliveTimeout = 60_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      const bound = address && typeof address === 'object' ? address.port : port
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done())
          server.closeAllConnections()
        })
      resolve({ port: bound, url: `http://127.0.0.1:${bound}`, states, close })
    })
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  states: ProviderStates,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  if (path.startsWith(CONTROL))
    return answerControl({ request, response, path: path.slice(CONTROL.length), states })
  const route = ROUTE.exec(path)
  const kind = route?.[2]
  const state = states.of(route?.[1] ?? DEFAULT_PROVIDER)
  if (kind === 'chat/completions' && request.method === 'POST')
    return answerCompletion({ request, response, shape: 'chat', state })
  if (kind === 'messages' && request.method === 'POST')
    return answerCompletion({ request, response, shape: 'messages', state })
  request.resume()
  const wire = request.headers['anthropic-version'] === undefined ? OPENAI_WIRE : ANTHROPIC_WIRE
  if (kind !== 'models' || request.method !== 'GET')
    return sendError({ response, wire, error: { kind: 'unknown_path' } })
  if (!hasKey(request, state.profile.apiKey)) return sendError({ response, wire, error: { kind: 'auth' } })
  const data = (state.profile.models ?? ['acme/atlas-120b']).map((id) => ({
    id,
    object: 'model',
    created: 1_790_000_000,
    owned_by: state.name,
    // Anthropic's own fields for the same list.
    type: 'model',
    display_name: id,
    created_at: '2026-09-21T00:00:00Z',
  }))
  send(
    response,
    200,
    'application/json',
    JSON.stringify({
      object: 'list',
      data,
      has_more: false,
      first_id: data[0]?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
    }),
  )
}
