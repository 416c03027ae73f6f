'use client'

import { useQuery } from '@tanstack/react-query'
import { useDebounced } from '@/components/ui/use-debounced'
import type { EndpointSuggestionAnswer } from '@/lib/catalog/schema'
import { endpointSuggestionQueryOptions } from './endpoints-query'

const PAUSE_MS = 300

/** What the price table knows once somebody has typed a whole model name; undefined before and without one. */
export function useEndpointSuggestion({
  model,
  provider,
}: {
  model: string | null
  provider: string
}): EndpointSuggestionAnswer | undefined {
  const settled = useDebounced(model, PAUSE_MS)
  const query = useQuery({
    ...endpointSuggestionQueryOptions({ model: settled ?? '', provider }),
    enabled: settled !== null,
  })
  return settled !== null && settled === model ? query.data : undefined
}
