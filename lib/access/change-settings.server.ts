import { writeAudit } from './audit.server'
import type { SettingsAnswer, SettingsPatch } from './schema'
import { readSettings, writeSetting } from './settings.server'

/** Stores the settings that are given and answers with all of them. */
export async function changeSettings({
  patch,
  actor,
}: {
  patch: SettingsPatch
  actor: string
}): Promise<SettingsAnswer> {
  if (patch.publicRankings !== undefined) {
    await writeSetting('publicRankings', patch.publicRankings)
    await writeAudit({ actor, action: 'settings.update', target: 'settings', detail: patch })
  }
  return readSettings()
}
