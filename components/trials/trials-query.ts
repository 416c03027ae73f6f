import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from '@/components/api/fetch-json'
import type { PresetListAnswer } from '@/lib/presets/schema'
import type {
  StartTrialBody,
  Trial,
  TrialAnswer,
  TrialCallAnswer,
  TrialCellsAnswer,
  TrialListAnswer,
} from '@/lib/trials/schema'

const TRIALS_URL = '/api/v1/trials'
const LIST_LIMIT = 50
const LIST_EVERY_MS = 2_000
const RUNNING_EVERY_MS = 500
/** A grid of this many calls is too large to be fetched twice a second. */
const MANY_CALLS = 1_000
const MANY_EVERY_MS = 2_000

/** `GET /api/v1/trials`: read again and again, since commands start trials too. */
export function trialListQueryOptions() {
  return queryOptions({
    queryKey: ['trials', 'list'],
    queryFn: async ({ signal }) =>
      (await fetchJson<TrialListAnswer>({ url: `${TRIALS_URL}?limit=${LIST_LIMIT}`, signal })).data,
    refetchInterval: LIST_EVERY_MS,
  })
}

/** `GET /api/v1/trials/:id`: twice a second while it runs. */
export function trialQueryOptions(id: string) {
  return queryOptions({
    queryKey: ['trials', 'one', id],
    queryFn: async ({ signal }) => (await fetchJson<TrialAnswer>({ url: trialUrl(id), signal })).data,
    refetchInterval: ({ state }) => (isOpen(state.data) ? RUNNING_EVERY_MS : false),
  })
}

/** `GET /api/v1/trials/:id/cells`: as often as the trial itself, but for large ones. */
export function cellsQueryOptions({ id, trial }: { id: string; trial: Trial | undefined }) {
  const everyMs = (trial?.calls ?? 0) > MANY_CALLS ? MANY_EVERY_MS : RUNNING_EVERY_MS
  return queryOptions({
    queryKey: ['trials', 'cells', id],
    queryFn: async ({ signal }) =>
      (await fetchJson<TrialCellsAnswer>({ url: `${trialUrl(id)}/cells`, signal })).data,
    // Until the grid holds as many calls as the trial counted, also after its end.
    refetchInterval: ({ state }) =>
      isOpen(trial) || (state.data?.length ?? 0) < (trial?.summary.made ?? 0) ? everyMs : false,
  })
}

/** `GET /api/v1/trials/:id/calls/:index`: a call never changes. */
export function callQueryOptions({ id, index }: { id: string; index: number }) {
  return queryOptions({
    queryKey: ['trials', 'call', id, index],
    queryFn: async ({ signal }) =>
      (await fetchJson<TrialCallAnswer>({ url: `${trialUrl(id)}/calls/${index}`, signal })).data,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** `GET /api/v1/trials?preset=`: the last run of the same preset that began before this one; null when there is none. */
export function previousTrialQueryOptions({ preset, startedAt }: Pick<Trial, 'preset' | 'startedAt'>) {
  return queryOptions({
    queryKey: ['trials', 'of-preset', preset],
    queryFn: async ({ signal }) => {
      const url = `${TRIALS_URL}?preset=${encodeURIComponent(preset)}&limit=${LIST_LIMIT}`
      return (await fetchJson<TrialListAnswer>({ url, signal })).data
    },
    select: (newestFirst) => newestFirst.find((trial) => trial.startedAt < startedAt) ?? null,
  })
}

/** `GET /api/v1/presets`: what can be tried, last changed first. */
export function activePresetsQueryOptions() {
  return queryOptions({
    queryKey: ['presets', 'active'],
    queryFn: async ({ signal }) =>
      (await fetchJson<PresetListAnswer>({ url: '/api/v1/presets?status=active&limit=100', signal })).data,
  })
}

/** `POST /api/v1/trials`: this server makes the calls. */
export async function startTrial(body: Omit<StartTrialBody, 'origin'>): Promise<Trial> {
  return (
    await fetchJson<TrialAnswer>({ url: TRIALS_URL, method: 'POST', body: { ...body, origin: 'page' } })
  ).data
}

/** `POST /api/v1/trials/:id/stop`. */
export async function stopTrial(id: string): Promise<Trial> {
  return (await fetchJson<TrialAnswer>({ url: `${trialUrl(id)}/stop`, method: 'POST' })).data
}

/** `DELETE /api/v1/trials/:id`. */
export async function deleteTrial(id: string): Promise<Trial> {
  return (await fetchJson<TrialAnswer>({ url: trialUrl(id), method: 'DELETE' })).data
}

/** A lost trial may find its runner again. */
function isOpen(trial: Trial | undefined): boolean {
  return trial?.status === 'running' || trial?.status === 'lost'
}

function trialUrl(id: string): string {
  return `${TRIALS_URL}/${encodeURIComponent(id)}`
}
