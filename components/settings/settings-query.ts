import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import { type SettingsPatch, settingsAnswer } from '@/lib/access/schema'

const SETTINGS_URL = '/api/settings'

/** `GET /api/settings`. */
export function settingsQueryOptions() {
  return queryOptions({
    queryKey: ['settings'],
    queryFn: ({ signal }) => fetchJson({ url: SETTINGS_URL, schema: settingsAnswer, signal }),
  })
}

/** `PATCH /api/settings`. */
export function changeSettings(patch: SettingsPatch) {
  return fetchJson({ url: SETTINGS_URL, schema: settingsAnswer, method: 'PATCH', body: patch })
}
