import { z } from 'zod'
import { db } from '@/lib/platform/db.server'
import { log } from '@/lib/platform/log.server'
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

type Cache = { settings: Promise<Settings> | null; readAtMs: number }

/** All settings as of at most two seconds ago; one that was never written has its default. */
export async function readSettings(): Promise<Settings> {
  const cached = cache()
  if (cached.settings && Date.now() - cached.readAtMs < CACHE_MS) return cached.settings
  const settings = fetchSettings()
  Object.assign(cached, { settings, readAtMs: Date.now() })
  settings.catch(() => Object.assign(cached, { settings: null }))
  return settings
}

/** One setting as of at most two seconds ago. */
export async function readSetting<K extends SettingName>(name: K): Promise<Settings[K]> {
  return (await readSettings())[name]
}

/** Stores a setting; this process sees it at once, others within two seconds. */
export async function writeSetting<K extends SettingName>(name: K, value: Settings[K]): Promise<void> {
  await db().appSetting.upsert({ where: { key: name }, create: { key: name, value }, update: { value } })
  Object.assign(cache(), { settings: null })
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

function cache(): Cache {
  return processSingleton('settings', () => ({ settings: null, readAtMs: 0 }))
}
