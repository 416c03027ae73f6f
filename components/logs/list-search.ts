import { FILTER_FIELDS } from './filter-fields'

const WINDOW_NAMES = ['period', 'from', 'to']
const FILTER_NAMES: readonly string[] = FILTER_FIELDS.map(({ field }) => field)

/**
 * What of a URL says which requests were listed, the window and the filters: a request opened from a list carries it
 * along, so that the way back is a plain link.
 */
export function listSearch(search: URLSearchParams): string {
  const kept = [...search].filter(
    ([name, value]) => value !== '' && (WINDOW_NAMES.includes(name) || FILTER_NAMES.includes(name)),
  )
  return new URLSearchParams(kept).toString()
}

/** Whether such a search narrows requests down by more than the window. */
export function isNarrowed(search: string): boolean {
  return [...new URLSearchParams(search).keys()].some((name) => FILTER_NAMES.includes(name))
}
