import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { bootstrapAccess } from '../access/bootstrap.server'
import { liveHub } from '../live/live-hub.server'
import { db } from '../platform/db.server'
import { type Environment, readEnvironment, setEnvironment } from '../platform/env.server'
import { log } from '../platform/log.server'
import { pageRuns } from '../trials/page-runs.server'
import { buildDashboard } from './build-dashboard.server'
import { startDemoTraffic } from './demo-traffic.server'
import { openDatabase } from './open-database.server'
import { listen, mountDashboard, mountDataPlane } from './start-server.server'

/** Who stops us kills us after ten seconds, as containers are. */
const STOP_WITHIN_MS = 7500
/** How much of that requests that are still open get; long answers are cut off. */
const DRAIN_MS = 2500
/** What the database gets at least. */
const DATABASE_STOP_MS = 2000
const PARENT_CHECK_MS = 500

type Options = { demo: boolean; dev: boolean }

const { values } = parseArgs({
  options: {
    build: { type: 'boolean', default: false },
    demo: { type: 'boolean', default: false },
    dev: { type: 'boolean', default: false },
  },
})

/** The order in which what runs is stopped: who sends and looks on first, what everybody writes to last. */
const STOP_ORDER = [
  'demo traffic',
  'trials',
  'live pages',
  'server',
  'dashboard',
  'data plane',
  'database client',
  'database',
] as const
const stops = new Map<(typeof STOP_ORDER)[number], (leftMs: number) => Promise<void>>()
let isStopping = false

process.on('SIGTERM', () => void stop(0))
process.on('SIGINT', () => void stop(0))
process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))

// Whoever runs this has put the server together; with the dashboard, a start finds everything built.
const running = values.build ? buildDashboard({ onStart: sayBuilding }) : start(values)
running.catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  void stop(1)
})

async function start({ demo, dev }: Options): Promise<void> {
  const startedAtMs = Date.now()
  const environment = readEnvironment()
  if (environment.npm_lifecycle_event) stopWithParent()
  const { HOST: host, SIGHTGLASS_ROLE: role } = environment
  const server = await listen({ host, port: environment.PORT })
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}`
  stops.set('server', () => server.close(DRAIN_MS))

  const build =
    dev || role === 'data-plane' ? Promise.resolve(false) : buildDashboard({ onStart: sayBuilding })
  const opened = openDatabase({
    url: environment.DATABASE_URL,
    dataDir: environment.SIGHTGLASS_DATA_DIR,
  }).then((database) => {
    stops.set('database', (leftMs) => database.stop({ withinMs: Math.max(DATABASE_STOP_MS, leftMs) }))
    return database
  })
  const [database] = await Promise.all([opened, build])
  setEnvironment({
    DATABASE_URL: database.url,
    PORT: String(server.port),
    NODE_ENV: dev ? 'development' : 'production',
  })
  stops.set('database client', () => db().$disconnect())

  const access = await bootstrapAccess({
    adminEmail: environment.SIGHTGLASS_ADMIN_EMAIL ?? null,
    adminPassword: environment.SIGHTGLASS_ADMIN_PASSWORD ?? null,
    apiKey: environment.SIGHTGLASS_API_KEY ?? null,
  })
  const dataPlane = mountDataPlane(role)
  stops.set('data plane', () => dataPlane.close())
  const dashboard = await mountDashboard({ role, host, port: server.port, dev })
  if (dashboard) stops.set('dashboard', () => dashboard.close())
  server.serve({ dataPlane: dataPlane.listener, dashboard: dashboard?.listener ?? null })
  stops.set('live pages', () => liveHub().stop())
  stops.set('trials', () => pageRuns().stopAll('The server was shut down.'))
  if (demo && role !== 'dashboard') {
    const traffic = await startDemoTraffic({ url })
    stops.set('demo traffic', () => traffic.stop())
  }
  sayReady({ url, environment, access, demo, seconds: (Date.now() - startedAtMs) / 1000 })
}

/** npm passes SIGTERM on to the shell between us, which ends without passing it on. */
function stopWithParent(): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid !== parent) void stop(0)
  }, PARENT_CHECK_MS)
  timer.unref()
}

async function stop(exitCode: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  const endsAtMs = performance.now() + STOP_WITHIN_MS
  const forced = setTimeout(() => {
    log.error('stopping took too long; what is left ends with the process')
    process.exit(exitCode)
  }, STOP_WITHIN_MS)
  for (const part of STOP_ORDER) {
    const leftMs = endsAtMs - performance.now()
    const patienceMs = part === 'database' ? leftMs : leftMs - DATABASE_STOP_MS
    // Looked up when its turn comes: a start that is stopped halfway goes on meanwhile.
    const stopping = stops.get(part)?.(leftMs)
    const late = sleep(Math.max(0, patienceMs), undefined, { ref: false })
    await Promise.race([stopping, late]).catch((error: unknown) =>
      log.error({ err: error, part }, 'stopping one part failed'),
    )
  }
  clearTimeout(forced)
  process.exit(exitCode)
}

function sayBuilding(): void {
  console.log('Building the dashboard (only after an install or a change; about half a minute) …')
}

function sayReady({
  url,
  environment,
  access,
  demo,
  seconds,
}: {
  url: string
  environment: Environment
  access: Awaited<ReturnType<typeof bootstrapAccess>>
  demo: boolean
  seconds: number
}): void {
  const database = environment.DATABASE_URL
    ? 'your PostgreSQL'
    : `embedded, in ${environment.SIGHTGLASS_DATA_DIR}`
  const password =
    access.adminPassword ??
    (environment.SIGHTGLASS_ADMIN_PASSWORD ? '(as you set it)' : '(as printed at the first start)')
  const apiKey =
    access.apiKey ?? (environment.SIGHTGLASS_API_KEY ? '(as you set it)' : '(as printed at the first start)')
  console.log(`
  Sightglass is ready at ${url}   (${seconds.toFixed(1)} s)

    Sign in    ${access.adminEmail}   ${password}
    API key    ${apiKey}
    Database   ${database}
${demo ? '    Data       simulated: 90 days are being filled in, then live traffic\n' : ''}`)
}
