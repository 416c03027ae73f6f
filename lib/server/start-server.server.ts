import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import next from 'next'
import { createManagementPlane, isDataPlanePath } from '../data-plane/data-plane.server'
import { type RunningDataPlane, startDataPlane } from '../data-plane/start-data-plane.server'
import { HEARTBEAT_MS } from '../live/heartbeat'
import type { Environment } from '../platform/env.server'
import { healthResponse } from '../platform/health.server'
import { log } from '../platform/log.server'

/** Who reads a live stream gets at least a ping in this time. */
const IDLE_STREAM_MS = 4 * HEARTBEAT_MS

/** Longer than load balancers keep an idle connection (60 s): who asks on one that we close meanwhile gets a reset. */
const KEEP_ALIVE_MS = 75_000

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/** Answered here, whatever half this process serves. */
const health = getRequestListener(healthResponse)

export type ListeningServer = {
  /** Port really bound; differs from the wish only when that was 0. */
  port: number
  /** From now on requests are answered; before that they get 503 with Retry-After. */
  serve: (listeners: { dataPlane: Listener; dashboard: Listener | null }) => void
  /** Takes no new connections and resolves when the open requests are answered, or after `graceMs`. */
  close: (graceMs: number) => Promise<void>
}

/**
 * Binds the port before anything slow happens, so that a port in use is told at once.
 * Throws an Error with one clear line when the port is taken or not allowed.
 */
export async function listen({ host, port }: { host: string; port: number }): Promise<ListeningServer> {
  let listener: Listener = answerStarting
  const server = createServer((request, response) => listener(request, response))
  // Large ingest bodies over slow lines take longer than Node's default allows.
  server.requestTimeout = 600_000
  server.keepAliveTimeout = KEEP_ALIVE_MS
  await bind(server, host, port)
  const address = server.address()
  return {
    port: address && typeof address === 'object' ? address.port : port,
    serve: ({ dataPlane, dashboard }) => {
      listener = (request, response) => {
        const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
        if (path === '/api/health' && request.method === 'GET') return health(request, response)
        const target = isDataPlanePath(path) ? dataPlane : dashboard
        return target ? target(request, response) : answerElsewhere(request, response)
      }
    },
    close: (graceMs) => closeServer(server, graceMs),
  }
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainBindError(error, host, port)))
    server.listen(port, host, () => resolve())
  })
}

function explainBindError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`Port ${port} on ${host} is in use. Stop what uses it, or set PORT to another one.`)
    case 'EACCES':
      return new Error(`Port ${port} on ${host} may not be used by this account. Set PORT to one above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(
        `${host} is not an address of this machine. Set HOST to one that is, such as 127.0.0.1.`,
      )
    default:
      return error
  }
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })
}

function answerStarting(_request: IncomingMessage, response: ServerResponse): void {
  answerError(response, 503, 'unavailable', 'Sightglass is starting.')
}

function answerElsewhere(_request: IncomingMessage, response: ServerResponse): void {
  answerError(response, 404, 'not_found', 'This process does not serve that half; see SIGHTGLASS_ROLE.')
}

function answerError(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...(status === 503 ? { 'Retry-After': '1' } : {}),
  })
  response.end(JSON.stringify({ error: { code, message } }))
}

/** What answers under `/api/v1` as a node listener, with its close: the data plane, or a dashboard's management API. */
export function mountDataPlane(
  role: Environment['SIGHTGLASS_ROLE'],
): RunningDataPlane & { listener: Listener } {
  const plane =
    role === 'dashboard' ? { ...createManagementPlane(), close: async () => {} } : startDataPlane()
  return { ...plane, listener: getRequestListener((request) => plane.fetch(request)) }
}

/** Next as a node listener, with its close; null when this process has another role. */
export async function mountDashboard({
  role,
  host,
  port,
  dev,
}: {
  role: Environment['SIGHTGLASS_ROLE']
  host: string
  port: number
  dev: boolean
}): Promise<{ listener: Listener; close: () => Promise<void> } | null> {
  if (role === 'data-plane') return null
  const app = next({ dev, hostname: host, port })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    listener: (request, response) => {
      dropIdleStream(request, response)
      return handle(request, response).catch((error: unknown) =>
        log.error({ err: error }, 'the dashboard failed'),
      )
    },
    close: () => app.close(),
  }
}

/**
 * A live stream on which nothing moves has a client that is gone or hangs, and only its socket knows; or it has had
 * nothing to say because the hub cannot read, and a client that comes back is told so.
 */
function dropIdleStream(request: IncomingMessage, response: ServerResponse): void {
  if (!/^\/api\/live(\?|$)/.test(request.url ?? '')) return
  response.setTimeout(IDLE_STREAM_MS, () => response.destroy())
}
