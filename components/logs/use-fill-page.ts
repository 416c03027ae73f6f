import { useEffect, useRef } from 'react'

const ENOUGH_ROWS = 20
/** Further searches that are made without being asked, one after the other. */
const MOST_TRIES = 5

/** The parts of a query by pages that going on needs. */
type PagedQuery = {
  data: { pages: readonly unknown[] } | undefined
  hasNextPage: boolean
  isFetching: boolean
  isError: boolean
  fetchNextPage: () => Promise<unknown>
}

/**
 * Goes on by itself while a search for something rare has found too little to fill the screen, a few times. True while
 * it does.
 */
export function useFillPage({ query, found }: { query: PagedQuery; found: number }): boolean {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query
  const pages = data?.pages.length ?? 0
  const asked = useRef(0)
  const isWanted = hasNextPage && !isError && found < ENOUGH_ROWS && pages <= MOST_TRIES
  useEffect(() => {
    // Each number of pages is asked on once, whatever else renders.
    if (!isWanted || isFetching || asked.current === pages) return
    asked.current = pages
    void fetchNextPage()
  }, [isWanted, isFetching, pages, fetchNextPage])
  useEffect(() => {
    if (pages <= 1) asked.current = 0
  }, [pages])
  return isWanted
}
