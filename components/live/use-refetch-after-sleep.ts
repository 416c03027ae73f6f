'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { liveStore } from './live-store'

/** After a long sleep or silence the stream tells how things stand; what was fetched beside it is fetched again. */
export function useRefetchAfterSleep(): void {
  const client = useQueryClient()
  useEffect(() => liveStore().subscribeToWake(() => void client.invalidateQueries()), [client])
}
