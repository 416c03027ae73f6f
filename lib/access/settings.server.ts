import { z } from 'zod'
import { db } from '@/lib/platform/db.server'
import { log } from '@/lib/platform/log.server'
import { answerInTime } from '@/lib/platform/patience.server'
import { processSingleton } from '@/lib/platform/process-singleton'

const SETTINGS = {
  publicRankings: { schema: z.boolean(), fallback: true },
  simulated: { schema: z.boolean(), fallback: false },
} as const

/** Everything that is kept in the database instead of the environment. */
export type Settings = { [K in SettingName]: z.infer<(typeof SETTINGS)[K]['schema']> }
export type SettingName = keyof typeof SETTINGS

/** How long another process' change may go unnoticed. */
const CACHE_MS = 2000

/** How long a page waits for Postgres before the settings are taken as they were. */
const PATIENCE_MS = 500

type Held = { settings: Settings | null; readAtMs: number; reading: Promise<Settings> | null }

/**
 * All settings as of at most two seconds ago; one that was never written has its default. While Postgres is away they
 * are as they were last known; throws what the database throws when nothing is known yet.
 */
export async function readSettings(): Promise<Settings> {
  const state = held()
  const { settings, readAtMs } = state
  if (settings && Date.now() - readAtMs < CACHE_MS) return settings
  const reading = read(state)
  if (settings === null) return reading
  return (await answerInTime(reading, PATIENCE_MS))?.value ?? settings
}

/** One setting as of at most two seconds ago. */
export async function readSetting<K extends SettingName>(name: K): Promise<Settings[K]> {
  return (await readSettings())[name]
}

/** Stores a setting; this process sees it at once, others within two seconds. */
export async function writeSetting<K extends SettingName>(name: K, value: Settings[K]): Promise<void> {
  await db().appSetting.upsert({ where: { key: name }, create: { key: name, value }, update: { value } })
  const state = held()
  // A read that began before this write does not know of it.
  state.reading = null
  if (state.settings) state.settings = { ...state.settings, [name]: value }
}

/** Reads once for all that ask meanwhile. */
function read(state: Held): Promise<Settings> {
  if (state.reading) return state.reading
  const reading = fetchSettings().then(
    (settings) => {
      if (state.reading === reading) Object.assign(state, { settings, readAtMs: Date.now(), reading: null })
      return settings
    },
    (error: unknown) => {
      // Counted as read, so that not every request waits for a database that does not answer.
      if (state.reading === reading) Object.assign(state, { readAtMs: Date.now(), reading: null })
      throw error
    },
  )
  state.reading = reading
  return reading
}

async function fetchSettings(): Promise<Settings> {
  const rows = await db().appSetting.findMany({ where: { key: { in: Object.keys(SETTINGS) } } })
  const stored = new Map(rows.map((row) => [row.key, row.value]))
  return {
    publicRankings: parseSetting('publicRankings', stored),
    simulated: parseSetting('simulated', stored),
  }
}

function parseSetting<K extends SettingName>(name: K, stored: Map<string, unknown>): Settings[K] {
  const { schema, fallback } = SETTINGS[name]
  if (!stored.has(name)) return fallback
  const parsed = schema.safeParse(stored.get(name))
  if (parsed.success) return parsed.data
  log.warn({ setting: name }, 'a stored setting has an unknown form; its default is used')
  return fallback
}

function held(): Held {
  return processSingleton('settings', () => ({ settings: null, readAtMs: 0, reading: null }))
}
