import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ExportFormat } from '@/components/api/export-links'
import { fetchJson } from '@/components/api/fetch-json'
import {
  refetchIntervalMs,
  toWindowParameters,
  type WindowChoice,
  windowSearchParams,
} from '@/components/time-window/window-choice'
import type { AnatomyAnswer } from '@/lib/analytics/agents/anatomy/schema'
import type { CallersAnswer } from '@/lib/analytics/agents/callers/schema'
import type { CallerSubject } from '@/lib/analytics/agents/callers/subjects'
import type { ContextLengthsAnswer } from '@/lib/analytics/agents/context-lengths/schema'
import type { SessionsAnswer } from '@/lib/analytics/agents/sessions/schema'
import type { ShareAnswer } from '@/lib/analytics/agents/share/schema'
import { granularityForWindow } from '@/lib/charts/time-axis'
import { resolveWindow } from '@/lib/time/window'

/** `GET /api/agents/share`, in hours where the window can show them. */
export function shareQueryOptions(choice: WindowChoice) {
  return agentsQueryOptions<ShareAnswer>(shareUrl(choice), choice)
}

/** `GET /api/agents/anatomy`. */
export function anatomyQueryOptions(choice: WindowChoice) {
  return agentsQueryOptions<AnatomyAnswer>(agentsUrl('anatomy', choice), choice)
}

/** `GET /api/agents/callers`. */
export function callersQueryOptions({ choice, by }: { choice: WindowChoice; by: CallerSubject }) {
  return agentsQueryOptions<CallersAnswer>(callersUrl({ choice, by }), choice)
}

/** `GET /api/agents/sessions`. */
export function sessionsQueryOptions(choice: WindowChoice) {
  return agentsQueryOptions<SessionsAnswer>(agentsUrl('sessions', choice), choice)
}

/** `GET /api/agents/context-lengths`. */
export function contextLengthsQueryOptions(choice: WindowChoice) {
  return agentsQueryOptions<ContextLengthsAnswer>(agentsUrl('context-lengths', choice), choice)
}

/** The key under which every answer about agents is kept. */
export const AGENTS_KEY = ['agents'] as const

/** The same numbers as a file. */
export function agentsExportUrl(url: string, format: ExportFormat): string {
  return `${url}&format=${format}`
}

export function shareUrl(choice: WindowChoice): string {
  const nowMs = Date.now()
  const readable = granularityForWindow(resolveWindow(toWindowParameters(choice), nowMs), nowMs)
  return agentsUrl('share', choice, { granularity: readable === 'minute' ? 'hour' : readable })
}

export function callersUrl({ choice, by }: { choice: WindowChoice; by: CallerSubject }): string {
  return agentsUrl('callers', choice, { by })
}

export function agentsUrl(
  panel: 'share' | 'anatomy' | 'callers' | 'sessions' | 'context-lengths',
  choice: WindowChoice,
  parameters: Record<string, string> = {},
): string {
  return `/api/agents/${panel}?${new URLSearchParams({ ...windowSearchParams(choice), ...parameters })}`
}

function agentsQueryOptions<Answer>(url: string, choice: WindowChoice) {
  const interval = refetchIntervalMs(choice)
  return queryOptions({
    queryKey: [...AGENTS_KEY, url],
    queryFn: ({ signal }) => fetchJson<Answer>({ url, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: interval,
    staleTime: interval,
  })
}
