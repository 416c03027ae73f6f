import { TOOL_SUBJECTS, type ToolSubject } from '@/lib/analytics/tools/tool-subjects'

/** Whose requests the page shows; null = everybody's. */
export type ToolsFilter = { by: ToolSubject; name: string } | null

type FilterParameters = Record<ToolSubject, string | null>

/** The filter in the URL; where somebody wrote several, the first one. */
export function readFilter(parameters: FilterParameters): ToolsFilter {
  for (const by of TOOL_SUBJECTS) {
    const name = parameters[by]
    if (name !== null && name !== '') return { by, name }
  }
  return null
}

/** The URL's parameters for a filter; the others are cleared. */
export function writeFilter(filter: ToolsFilter): FilterParameters {
  const parameters: FilterParameters = { model: null, author: null, provider: null, app: null }
  if (filter !== null) parameters[filter.by] = filter.name
  return parameters
}

/** The filter as parameters of `app/api` and of Logs, where these know the subject. */
export function filterParameters(
  filter: ToolsFilter,
  known: readonly ToolSubject[] = TOOL_SUBJECTS,
): Record<string, string> {
  return filter !== null && known.includes(filter.by) ? { [filter.by]: filter.name } : {}
}
