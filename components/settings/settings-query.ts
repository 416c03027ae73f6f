import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type { SettingsAnswer, SettingsPatch } from '@/lib/access/schema'

const SETTINGS_URL = '/api/settings'

/** `GET /api/settings`. */
export function settingsQueryOptions() {
  return queryOptions({
    queryKey: ['settings'],
    queryFn: ({ signal }) => fetchJson<SettingsAnswer>({ url: SETTINGS_URL, signal }),
  })
}

/** `PATCH /api/settings`. */
export function changeSettings(patch: SettingsPatch) {
  return fetchJson<SettingsAnswer>({ url: SETTINGS_URL, method: 'PATCH', body: patch })
}
