import { useSearchParams } from 'next/navigation'
import { listSearch } from './list-search'

/** The list that the page's URL names, for the way to one of its requests and back; empty = all requests. */
export function useListSearch(): string {
  return listSearch(new URLSearchParams(useSearchParams()))
}
