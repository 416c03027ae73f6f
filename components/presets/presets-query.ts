import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type {
  CreatePresetBody,
  DeletePresetAnswer,
  PatchPresetBody,
  Preset,
  PresetAnswer,
  PresetListAnswer,
  PresetVersion,
  PresetVersionListAnswer,
} from '@/lib/presets/schema'

const PRESETS_URL = '/api/v1/presets'
const PAGE_SIZE = 100

/** `GET /api/v1/presets`, archived ones too: all pages, so that searching finds everything. */
export function presetsQueryOptions() {
  return queryOptions({
    queryKey: ['presets', 'list'],
    queryFn: ({ signal }) =>
      fetchAllPages<Preset>((offset) =>
        fetchJson<PresetListAnswer>({
          url: `${PRESETS_URL}?status=all&limit=${PAGE_SIZE}&offset=${offset}`,
          signal,
        }),
      ),
  })
}

/** `GET /api/v1/presets/:slug`. */
export function presetQueryOptions(slug: string) {
  return queryOptions({
    queryKey: ['presets', 'one', slug],
    queryFn: async ({ signal }) => (await fetchJson<PresetAnswer>({ url: presetUrl(slug), signal })).data,
  })
}

/** `GET /api/v1/presets/:slug/versions`: all of them, newest first. */
export function versionsQueryOptions(slug: string) {
  return queryOptions({
    queryKey: ['presets', 'versions', slug],
    queryFn: async ({ signal }) => {
      const oldestFirst = await fetchAllPages<PresetVersion>((offset) =>
        fetchJson<PresetVersionListAnswer>({
          url: `${presetUrl(slug)}/versions?limit=${PAGE_SIZE}&offset=${offset}`,
          signal,
        }),
      )
      return oldestFirst.reverse()
    },
  })
}

/** `POST /api/v1/presets`. */
export async function createPreset(body: CreatePresetBody): Promise<Preset> {
  return (await fetchJson<PresetAnswer>({ url: PRESETS_URL, method: 'POST', body })).data
}

/** `PATCH /api/v1/presets/:slug`. */
export async function patchPreset({
  slug,
  patch,
}: {
  slug: string
  patch: PatchPresetBody
}): Promise<Preset> {
  return (await fetchJson<PresetAnswer>({ url: presetUrl(slug), method: 'PATCH', body: patch })).data
}

/** `DELETE /api/v1/presets/:slug`: of an archived preset, for good. */
export function deletePreset(slug: string): Promise<DeletePresetAnswer> {
  return fetchJson<DeletePresetAnswer>({ url: presetUrl(slug), method: 'DELETE' })
}

function presetUrl(slug: string): string {
  return `${PRESETS_URL}/${encodeURIComponent(slug)}`
}

async function fetchAllPages<Row>(
  fetchPage: (offset: number) => Promise<{ data: Row[]; total_count: number }>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const page = await fetchPage(rows.length)
    rows.push(...page.data)
    if (page.data.length === 0 || rows.length >= page.total_count) return rows
  }
}
