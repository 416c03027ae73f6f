import { z } from 'zod'
import { db } from '../platform/db.server'
import { runEvery } from '../platform/jobs/run-every.server'
import { log } from '../platform/log.server'
import { processSingleton } from '../platform/process-singleton'
import { compileUseCaseRules } from '../records/use-case'
import { CALLER_KINDS } from '../records/vocabulary'
import { type Labels, NO_LABELS } from './label-record'

/** How long a change made by another process may go unnoticed. */
const FRESH_MS = 2000

const declaredRow = z.object({ name: z.string(), kind: z.enum(CALLER_KINDS), is_app: z.boolean() })

/** What operators have said, kept in memory: asking costs nothing. */
export type LabelSource = {
  /** As last read; null until the first read is over. */
  current: () => Labels | null
  /** Resolves when the first read is over, whatever came of it. */
  ready: () => Promise<void>
  close: () => Promise<void>
}

/**
 * Reads use-case rules and declared caller kinds every two seconds, and at once when this process changes them. While
 * Postgres is away the last known ones go on; when none were ever read, records go without.
 */
export function startLabels({ freshMs = FRESH_MS }: { freshMs?: number } = {}): LabelSource {
  let current: Labels | null = null
  let markRead = () => {}
  const first = new Promise<void>((resolve) => {
    markRead = resolve
  })
  const job = runEvery({
    name: 'labels',
    everyMs: freshMs,
    work: async () => {
      try {
        current = await readLabels()
      } catch (error) {
        current ??= NO_LABELS
        log.warn({ err: error }, 'the last known use-case rules and declared caller kinds go on')
      }
      markRead()
      return undefined
    },
  })
  listeners().add(job.runNow)

  return {
    current: () => current,
    ready: () => first,
    close: async () => {
      listeners().delete(job.runNow)
      await job.stop()
    },
  }
}

/** Call after a change of rules or declarations: resolves when requests of this process are labelled by it. */
export async function announceLabelChange(): Promise<void> {
  await Promise.all([...listeners()].map((refresh) => refresh()))
}

function listeners(): Set<() => Promise<void>> {
  return processSingleton('label-listeners', () => new Set<() => Promise<void>>())
}

async function readLabels(): Promise<Labels> {
  const [rules, rows] = await Promise.all([
    db().useCaseRule.findMany({ where: { enabled: true }, orderBy: [{ position: 'asc' }, { id: 'asc' }] }),
    db().$queryRaw`
      SELECT slug AS name, declared_caller_kind::text AS kind, true AS is_app FROM app
      WHERE declared_caller_kind IS NOT NULL
      UNION ALL
      SELECT id::text, declared_caller_kind::text, false FROM api_key WHERE declared_caller_kind IS NOT NULL`,
  ])
  const declared = z.array(declaredRow).parse(rows)
  const apps = declared.filter((row) => row.is_app)
  const keys = declared.filter((row) => !row.is_app)
  return {
    useCaseRules: compileUseCaseRules(rules),
    kindByApp: new Map(apps.map(({ name, kind }) => [name, kind])),
    kindByApiKey: new Map(keys.map(({ name, kind }) => [Number(name), kind])),
  }
}
