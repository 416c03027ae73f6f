'use client'

import { useMutation } from '@tanstack/react-query'
import { testConnection } from './providers-query'

/** One real call to a provider at a time, and what came of the last one. */
export function useConnectionTest(slug: string) {
  return useMutation({ mutationFn: () => testConnection({ slug }) })
}

export type ConnectionTest = ReturnType<typeof useConnectionTest>
