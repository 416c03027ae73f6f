import { db } from './db.server'
import { log } from './log.server'
import { processSingleton } from './process-singleton'

const PATIENCE_MS = 2000

type HealthPart = () => Record<string, unknown>

/** Adds what `read` says to the answer of `/api/health`, under `name`; anybody may see it. */
export function reportHealth(name: string, read: HealthPart): void {
  healthParts().set(name, read)
}

function healthParts(): Map<string, HealthPart> {
  return processSingleton('health-parts', () => new Map<string, HealthPart>())
}

/**
 * `GET /api/health`: 200 with `status: "ok"` when the process is up and Postgres answers, else 503; and what parts of
 * the process report.
 */
export async function healthResponse(): Promise<Response> {
  const uptimeSeconds = Math.round(process.uptime())
  const isUp = await databaseAnswers()
  const parts = Object.fromEntries([...healthParts()].map(([name, read]) => [name, read()]))
  return Response.json(
    { status: isUp ? 'ok' : 'unavailable', database: isUp ? 'ok' : 'unavailable', uptimeSeconds, ...parts },
    { status: isUp ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}

async function databaseAnswers(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS)
  })
  const asked = Promise.resolve()
    .then(() => db().$queryRaw`SELECT 1`)
    .then(
      () => true,
      (error: unknown) => {
        log.warn({ err: error }, 'the health check did not reach Postgres')
        return false
      },
    )
  const answer = await Promise.race([asked, late])
  clearTimeout(timer)
  return answer
}
